import { createHmacBatch, type HmacBatch } from '../crypto/hmac.ts';
import { type Column, Kind } from '../table/column.ts';
import type { Spliced } from './splice.ts';

/** What became of the records that have a value. */
export type KeyState = 'written' | 'left out' | 'unknown';

/**
 * The values of a field that another table refers to, as they are written: which of them stand in records that are written, and
 * which only in records that are left out.
 *
 * Remembered are fingerprints of 63 bits: HMAC-SHA256 under a key of this run, so that nobody can choose values that collide. One of
 * c distinct values that is not among p is taken for one of them with probability c × p / 2^63: 10^-7 for a million each.
 * Memory: 8 bytes a place of a hash table that is filled between 3/8 and 3/4, so 11 to 22 bytes for each distinct value.
 */
export class WrittenKeys {
  readonly #hmac: HmacBatch;
  #digests = Buffer.alloc(0);
  /** A place: low half; high half, whose last bit is 1 for a value that is written. Both 0: empty. */
  #table = new Int32Array(2 << 10);
  #size = 0;

  /** `secret`: 32 random bytes. */
  constructor(secret: Uint8Array) {
    this.#hmac = createHmacBatch(secret);
  }

  /** Distinct values. */
  get size(): number {
    return this.#size;
  }

  /** Remember a batch: `values[i]` belongs to record record[i] of the `records` of the batch, some of which are written. */
  add(values: Column, record: Int32Array, records: number, spliced: Pick<Spliced, 'source' | 'records'>): void {
    const written = new Uint8Array(records);
    for (let n = 0; n < spliced.records; n++) written[spliced.source[n]!] = 1;
    const digests = this.#digestsOf(values);
    for (let i = 0; i < values.count; i++) {
      if (values.kind[i] === Kind.null) continue;
      if ((this.#size + 1) * 8 > this.#table.length * 3) this.#grow();
      const low = lowHalf(digests, i);
      const high = highHalf(digests, i);
      const at = this.#find(low, high);
      if (this.#table[at] === 0) {
        this.#size++;
        this.#table[at] = low;
        this.#table[at + 1] = high;
      }
      this.#table[at + 1]! |= written[record[i]!]!;
    }
  }

  /** What became of value i of `values`; to be called for each value that is not null. */
  states(values: Column): (i: number) => KeyState {
    const digests = this.#digestsOf(values);
    return (i) => {
      const at = this.#find(lowHalf(digests, i), highHalf(digests, i));
      if (this.#table[at] === 0) return 'unknown';
      return (this.#table[at + 1]! & 1) === 1 ? 'written' : 'left out';
    };
  }

  #digestsOf({ bytes, start, end, count }: Column): Buffer {
    if (this.#digests.length < 32 * count) this.#digests = Buffer.alloc(64 * count);
    this.#hmac.digestAll(bytes, start, end, count, this.#digests);
    return this.#digests;
  }

  /** Where the fingerprint stands, or the empty place where it would. */
  #find(low: number, high: number): number {
    const table = this.#table;
    const mask = table.length - 2;
    let at = high & ~1 & mask;
    while (table[at] !== 0 && (table[at] !== low || (table[at + 1]! | 1) !== (high | 1))) at = (at + 2) & mask;
    return at;
  }

  #grow(): void {
    const old = this.#table;
    this.#table = new Int32Array(old.length * 2);
    for (let from = 0; from < old.length; from += 2) {
      if (old[from] === 0) continue;
      const at = this.#find(old[from]!, old[from + 1]!);
      this.#table[at] = old[from]!;
      this.#table[at + 1] = old[from + 1]!;
    }
  }
}

/** Never 0. */
function lowHalf(digests: Buffer, i: number): number {
  return digests.readInt32LE(32 * i) || 1;
}

/** The last bit is 0. */
function highHalf(digests: Buffer, i: number): number {
  return digests.readInt32LE(32 * i + 4) & ~1;
}
