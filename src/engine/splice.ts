import type { Batch, Encoder, Opened } from '../formats/batch.ts';
import { copyBytes, viewOf } from '../table/bytes.ts';
import { type Column, Kind } from '../table/column.ts';
import type { Replacement } from './choice.ts';
import type { SlotColumn } from './gather.ts';

/** What happens to the cells of a slot. */
export type Action = 'keep' | 'drop' | 'change';

/** The records of a batch that are written, one behind the other. Reused from batch to batch. */
export interface Spliced {
  bytes: Buffer;
  length: number;
  records: number;
  /** Written record n is bytes[start[n], start[n + 1]), and was record source[n] of the batch. */
  start: Int32Array;
  source: Int32Array;
}

export interface SpliceRequest {
  readonly actions: readonly Action[];
  /** Removes a cell with one separator. */
  readonly removal: Opened['removal'];
  /** Where a record begins that is written first. */
  readonly separatorEnd: Opened['separatorEnd'];
  readonly encoder: Encoder;
  /** What a null is written as. */
  readonly nullText: Buffer;
  /** One column is written. */
  readonly only: boolean;
  /** Nulls of these slots stay as they are written. */
  readonly keepNulls: readonly boolean[];
}

/** Writes the records of a batch. `written[r]` is 0 for a record that is left out; undefined writes all. */
export type Splice = (
  batch: Batch,
  columns: readonly SlotColumn[],
  results: readonly Replacement[],
  written: Uint8Array | undefined,
) => Spliced;

/** Copies records, putting results in place of cells: every byte that no result replaces is copied as it stands. */
export function createSplicer(request: SpliceRequest): Splice {
  const { actions, removal, encoder, nullText, only, keepNulls } = request;
  // Until a record has been written.
  let leading = request.separatorEnd;
  const out: Spliced = {
    // It grows with the first block: of many small files each has one.
    bytes: Buffer.allocUnsafeSlow(1 << 16),
    length: 0,
    records: 0,
    start: new Int32Array(4096),
    source: new Int32Array(4096),
  };
  const next = new Int32Array(actions.length);
  const codes = Uint8Array.from(actions, (action) => ({ keep, drop, change })[action]);
  const views: DataView[] = [];
  const plain = new Uint8Array(actions.length);

  return function splice(batch, columns, results, written) {
    const { bytes, recordStart, firstCell, slot, outerStart, outerEnd } = batch;
    const source = viewOf(bytes);
    next.fill(0);
    for (let s = 0; s < actions.length; s++) {
      if (codes[s]! < change) continue;
      const result = results[s]!;
      codes[s] = result.kept === undefined ? change : choose;
      views[s] = viewOf(result.bytes);
      plain[s] = isPlain(encoder, result) ? 1 : 0;
    }
    if (out.start.length <= batch.records) {
      out.start = new Int32Array(batch.records * 2);
      out.source = new Int32Array(batch.records * 2);
    }
    out.records = 0;
    let target = out.bytes;
    let view = viewOf(target);
    let at = 0;
    for (let r = 0; r < batch.records; r++) {
      const last = firstCell[r + 1]!;
      if (written !== undefined && written[r] === 0) {
        for (let c = firstCell[r]!; c < last; c++) next[slot[c]!]!++;
        continue;
      }
      out.start[out.records] = at;
      out.source[out.records++] = r;
      let from = recordStart[r]!;
      if (leading !== undefined) {
        from = leading(bytes, from);
        leading = undefined;
      }
      let removed = -1;
      for (let c = firstCell[r]!; c < last; c++) {
        const s = slot[c]!;
        const i = next[s]!++;
        const action = codes[s]!;
        if (action === keep) continue;
        let begin = outerStart[c]!;
        let behind = outerEnd[c]!;
        if (begin < from) continue; // inside a container that was removed or replaced
        let size = 0;
        const result = results[s]!;
        if (action === drop) {
          [begin, behind] = removal(batch, c, removed);
          removed = behind;
        } else {
          // A null stays as it is written; but an only column that is empty would leave a blank line.
          if (keepNulls[s] && columns[s]!.kind[i] === Kind.null && (!only || behind > begin)) continue;
          if (action === choose && result.kept![i] === 1 && (!only || behind > begin)) continue;
          size = encoder.bound(result.kind[i] === Kind.null ? nullText.length : result.end[i]! - result.start[i]!);
        }
        if (at + (begin - from) + size > target.length) {
          target = grow(at + (begin - from) + size, at);
          view = viewOf(target);
        }
        at = copyBytes(source, from, begin, view, at);
        from = behind;
        if (action === drop) continue;
        const quoted = bytes[begin] === quote;
        const kind = result.kind[i]!;
        if (kind === Kind.null) at = encoder.encode(target, at, kind, nullText, 0, nullText.length, quoted);
        else if (plain[s] === 1 && !quoted) at = copyBytes(views[s]!, result.start[i]!, result.end[i]!, view, at);
        else at = encoder.encode(target, at, kind, result.bytes, result.start[i]!, result.end[i]!, quoted);
      }
      const end = recordStart[r + 1]!;
      if (at + (end - from) > target.length) {
        target = grow(at + end - from, at);
        view = viewOf(target);
      }
      at = copyBytes(source, from, end, view, at);
    }
    out.start[out.records] = at;
    out.length = at;
    // What reads the records again decodes values behind them.
    if (out.bytes.length < 2 * at + 2) grow(2 * at + 2, at);
    return out;
  };

  function grow(size: number, used: number): Buffer {
    const grown = Buffer.allocUnsafeSlow(Math.max(out.bytes.length * 2, size * 2));
    out.bytes.copy(grown, 0, 0, used);
    out.bytes = grown;
    return grown;
  }
}

const keep = 0;
const drop = 1;
const change = 2;
/** Some of the results are the cells as they stand. */
const choose = 3;
const quote = 0x22;

/** Are the values one behind the other, and can all of them be written as they stand? */
function isPlain(encoder: Encoder, { bytes, start, end, count }: Column): boolean {
  if (count === 0) return false;
  let size = 0;
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (let i = 0; i < count; i++) {
    size += end[i]! - start[i]!;
    if (start[i]! < from) from = start[i]!;
    if (end[i]! > to) to = end[i]!;
  }
  return to - from <= 2 * size && encoder.isPlain(bytes, from, to);
}
