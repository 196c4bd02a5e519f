import type { Spliced } from './splice.ts';

/** Written records, one behind the other, in a buffer that grows. Reused from batch to batch. */
export class RecordBuffer implements Spliced {
  bytes: Buffer = Buffer.allocUnsafeSlow(1 << 16);
  length = 0;
  records = 0;
  start: Int32Array = new Int32Array(4096);
  source: Int32Array = new Int32Array(4096);

  /** Empty the buffer and make room for so many records. */
  begin(records: number): void {
    this.length = 0;
    this.records = 0;
    if (this.start.length > records) return;
    this.start = new Int32Array(records * 2);
    this.source = new Int32Array(records * 2);
  }

  /** The next record begins here; it was record `source` of the batch. */
  next(source: number): void {
    this.start[this.records] = this.length;
    this.source[this.records++] = source;
  }

  /** Make sure that `size` more bytes fit; `bytes` may be replaced. */
  reserve(size: number): void {
    if (this.length + size <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, (this.length + size) * 2));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }

  append(bytes: Buffer): void {
    this.reserve(bytes.length);
    for (let i = 0; i < bytes.length; i++) this.bytes[this.length++] = bytes[i]!;
  }

  /** No record follows. */
  end(): this {
    this.start[this.records] = this.length;
    // What reads the records again decodes values behind them.
    this.reserve(this.length + 2);
    return this;
  }
}
