import { longer } from '../base/longer.ts';

/**
 * Values as slices of bytes. A `Column` holds the values of one field for a run of records; it is what transforms read and
 * write. No string or object is made per value.
 */

/** What a value is, in every format. */
export const Kind = {
  /** Text: UTF-8 bytes in [start, end). In CSV every value that is not null. */
  text: 0,
  /** A JSON number: its digits as written. */
  number: 1,
  /** JSON `true` or `false`. */
  boolean: 2,
  /** No value: JSON `null`, or text that the policy lists under `null-values`. */
  null: 3,
  /** A JSON object or array, as written. */
  container: 4,
  /** Written by a transform only: the value cannot be read. */
  invalid: 5,
  /** Written by a transform only: the value goes on to the next transform as it stands. */
  next: 6,
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

export interface Column {
  readonly bytes: Buffer;
  /** Value i is bytes[start[i], end[i]). */
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly kind: Uint8Array;
  readonly count: number;
  /**
   * Address of value i among all values of its field in the input, for random draws: `base + index[i]`. It does not depend on
   * how the input is split into batches.
   */
  readonly base: number;
  readonly index: Int32Array;
}

/** A column that is being written, value after value, into bytes that grow. Reused from batch to batch. */
export class ColumnBuffer implements Column {
  bytes: Buffer;
  /** Where the next byte goes. */
  length = 0;
  start: Int32Array;
  end: Int32Array;
  kind: Uint8Array;
  count = 0;
  base = 0;
  index: Int32Array;

  constructor(values = 1024, bytes = 65536) {
    this.bytes = Buffer.allocUnsafeSlow(bytes);
    this.start = new Int32Array(values);
    this.end = new Int32Array(values);
    this.kind = new Uint8Array(values);
    this.index = new Int32Array(values);
  }

  /** Empty the column and make room for `values` values; `base` and `index` are taken from `from`. */
  reset(from: Column): void {
    this.length = 0;
    this.count = 0;
    this.base = from.base;
    this.index = from.index;
    this.ensureValues(from.count);
  }

  /** Make room for `count` values in all; those written stay. */
  ensureValues(count: number): void {
    if (this.start.length >= count) return;
    this.start = longer(this.start, count * 2);
    this.end = longer(this.end, count * 2);
    this.kind = longer(this.kind, count * 2);
  }

  /** Make sure that `bytes` more bytes fit. Call before writing to `this.bytes` at `this.length`; `this.bytes` may be replaced. */
  reserve(bytes: number): void {
    if (this.length + bytes <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.length + bytes));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }

  /** The next value is the bytes written since `from` (up to `this.length`). */
  close(kind: Kind, from: number): void {
    const i = this.count++;
    this.start[i] = from;
    this.end[i] = this.length;
    this.kind[i] = kind;
  }

  /** The next value is a copy of bytes[from, to). */
  copy(kind: Kind, bytes: Buffer, from: number, to: number): void {
    const size = to - from;
    this.reserve(size);
    const target = this.bytes;
    const at = this.length;
    if (size > 48) bytes.copy(target, at, from, to);
    else for (let i = 0; i < size; i++) target[at + i] = bytes[from + i]!;
    this.length = at + size;
    this.close(kind, at);
  }

  text(kind: Kind, value: string): void {
    const at = this.length;
    this.reserve(value.length * 3);
    this.length = at + this.bytes.write(value, at, 'utf8');
    this.close(kind, at);
  }

  null(): void {
    this.close(Kind.null, this.length);
  }

  invalid(): void {
    this.close(Kind.invalid, this.length);
  }

  next(): void {
    this.close(Kind.next, this.length);
  }

  /** In the place of value i, a copy of bytes[from, to). */
  put(i: number, kind: Kind, bytes: Buffer, from: number, to: number): void {
    const { count } = this;
    this.count = i;
    this.copy(kind, bytes, from, to);
    this.count = count;
  }
}

/** Value i as a string. */
export function textAt(column: Column, i: number): string {
  return column.bytes.toString('utf8', column.start[i], column.end[i]);
}
