import { type Failure, fail } from '../base/diagnostic.ts';
import type { Batch, ScanRequest } from './batch.ts';
import { formatPath } from './json-path.ts';
import { badText, keyAt, LARGEST_DEPTH, lineHint, nul, refusal, strictHint, unfinished } from './json-problems.ts';
import type { Location } from './json-selectors.ts';
import type { Problem } from './problem.ts';

/** What is scanned: an object on a line, in which no line break may stand; one within a document; any other value of a document. */
export type Unit = 'line' | 'record' | 'document';

/** The way to what is being scanned, and the failures that name it. */
export class JsonTrail {
  // The stacks: entry d belongs to the container that is d deep, 1 the outermost.
  /** 1 for an object, 0 for an array. */
  readonly objects = new Uint8Array(LARGEST_DEPTH + 1);
  /** Where the member or element begins that is being scanned; entry 0: the value as a whole. */
  readonly members = new Int32Array(LARGEST_DEPTH + 1);
  /** Offset in the block from which on it is no UTF-8. */
  illFormed = Number.POSITIVE_INFINITY;
  /** 0 outside of the records. */
  row = 0;
  /** What bytes are counted from in messages. */
  origin = 0;
  readonly #slots: ScanRequest['slots'];
  readonly #unit: Unit;

  constructor({ slots }: ScanRequest, unit: Unit) {
    this.#slots = slots;
    this.#unit = unit;
  }

  /** Refuse the byte at `p`; returns -1 when it is where the block ends. `levels` of the containers that are open lead to it. */
  stop(batch: Batch, p: number, levels: number, expected: string, hint?: string): -1 {
    if (p >= batch.limit) return -1;
    const byte = batch.bytes[p]!;
    if (byte === 0) throw this.failure(batch, p, levels, nul);
    const message = `${expected} at byte ${p - this.origin + 1} of the ${this.#unit}`;
    const usual = this.#unit === 'line' && byte === 0x0a ? lineHint : strictHint;
    throw this.failure(batch, p, levels, { code: 'DATA-SYNTAX', message, hint: hint ?? usual });
  }

  /** The failure of a record that the input does not end. */
  unfinished(batch: Batch): Failure {
    return this.failure(batch, batch.limit, 0, unfinished);
  }

  badString(batch: Batch, p: number, levels: number): -1 {
    return this.stop(batch, p, levels, batch.bytes[p]! < 0x20 ? 'control character without escape' : 'unknown escape');
  }

  /** Refuse the value whose first token ends at `p`; returns -1 when the block may have cut it. */
  refuse(batch: Batch, p: number, levels: number, location: Location): -1 {
    if (p >= batch.limit) return -1;
    const [slot, rival] = [this.#slots[location.slot], this.#slots[location.rival]];
    throw this.failure(batch, p, levels, refusal(this.#path(batch, levels), slot, rival));
  }

  /** A failure at byte `p`, unless the text goes wrong before it. */
  failure(batch: Batch, p: number, levels: number, problem: Problem): Failure {
    const { code, message, hint } = this.illFormed < p ? badText : problem;
    const row = this.row === 0 ? {} : { row: this.row };
    const named = levels > 0 && this.#unit !== 'document';
    return fail(code, message, { place: named ? { ...row, field: this.#path(batch, levels) } : row, hint });
  }

  /** The way through the outermost `levels` containers. */
  #path(batch: Batch, levels: number): string {
    const keys: (string | number)[] = [];
    for (let d = 1; d <= levels; d++) keys.push(this.objects[d] === 1 ? keyAt(batch.bytes, this.members[d]!) : 0);
    return formatPath(keys);
  }
}
