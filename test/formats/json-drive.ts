import { Failure } from '../../src/base/diagnostic.ts';
import {
  type Batch,
  createBatch,
  type Format,
  type InputOptions,
  type Opened,
  type ScanRequest,
  type Slot,
} from '../../src/formats/batch.ts';
import { ndjson } from '../../src/formats/ndjson.ts';

export interface DrivenCell {
  readonly slot: number;
  readonly kind: number;
  readonly text: string;
  /** The bytes that a new value replaces. */
  readonly outer: string;
  /** From the member's begin to the value's end. */
  readonly member: string;
}

export interface DrivenRecord {
  readonly text: string;
  readonly cells: readonly DrivenCell[];
}

export interface Options extends Partial<InputOptions> {
  /** Default: ndjson. */
  readonly format?: Format;
  /** Sizes of the reads, used in turn; default: all at once. */
  readonly reads?: readonly number[];
  /** Called for each batch, before it is reused. */
  readonly each?: (batch: Batch, opened: Opened) => void;
}

/** Selectors, with `!` before those that take containers and `-` before those that are not wanted. */
export function request(selectors: readonly string[], more: Partial<ScanRequest> = {}): ScanRequest {
  const slots: Slot[] = selectors.map((text) => {
    const [, marks = '', selector = ''] = /^([!-]*)(.*)$/s.exec(text)!;
    return { selector, wanted: !marks.includes('-'), whole: marks.includes('!') };
  });
  return { slots, unlisted: 'reject', nullValues: [], ...more };
}

/** Run the scanner as the engine does: what is left of a block goes to the front of the next. */
export function drive(input: string | Buffer, asked: ScanRequest, options: Options = {}) {
  const bytes = Buffer.from(input);
  const { reads = [bytes.length + 1], format = ndjson } = options;
  const opened = format.open(bytes, true, { maxRecordBytes: 1 << 20, ...options })!;
  const head = opened.inputHead.length;
  const scanner = opened.scanner(asked);
  const batch = smallBatch();
  const records: DrivenRecord[] = [];
  let at = head;
  let left = bytes.subarray(0, head);
  for (let turn = 0; ; turn++) {
    const read = bytes.subarray(at, at + reads[turn % reads.length]!);
    at += read.length;
    const block = Buffer.concat([left, read]);
    const final = at === bytes.length;
    batch.bytes = Buffer.alloc(2 * block.length, 0x5a);
    block.copy(batch.bytes);
    batch.from = turn === 0 ? head : 0;
    batch.limit = block.length;
    scanner.scan(batch, final);
    for (let r = 0; r < batch.records; r++) records.push(recordAt(batch, r));
    options.each?.(batch, opened);
    left = block.subarray(batch.to);
    if (final) return { records, found: [...scanner.found], tail: scanner.tail?.().toString() };
  }
}

/** A batch with so little room that it has to grow. */
function smallBatch(): Batch {
  const cells = () => new Int32Array(2);
  return {
    ...large,
    recordStart: cells(),
    firstCell: cells(),
    slot: new Uint16Array(2),
    kind: new Uint8Array(2),
    outerStart: cells(),
    outerEnd: cells(),
    start: cells(),
    end: cells(),
    memberStart: cells(),
  };
}
const large = createBatch(0);

/** All cells as `[selector's slot, text]`. */
export function cellsOf(input: string | Buffer, asked: ScanRequest, options: Options = {}): [number, string][] {
  return drive(input, asked, options).records.flatMap(({ cells }) =>
    cells.map(({ slot, text }): [number, string] => [slot, text]),
  );
}

/** The first diagnostic of the failure that `run` ends in. */
export function failureOf(run: () => unknown) {
  try {
    run();
  } catch (error) {
    if (error instanceof Failure) return error.diagnostics[0]!;
    throw error;
  }
  throw new Error('it did not fail');
}

function recordAt(batch: Batch, r: number): DrivenRecord {
  const text = (from: number, to: number) => batch.bytes.toString('utf8', from, to);
  const cells: DrivenCell[] = [];
  for (let c = batch.firstCell[r]!; c < batch.firstCell[r + 1]!; c++) {
    cells.push({
      slot: batch.slot[c]!,
      kind: batch.kind[c]!,
      text: text(batch.start[c]!, batch.end[c]!),
      outer: text(batch.outerStart[c]!, batch.outerEnd[c]!),
      member: text(batch.memberStart[c]!, batch.outerEnd[c]!),
    });
  }
  return { text: text(batch.recordStart[r]!, batch.recordStart[r + 1]!), cells };
}
