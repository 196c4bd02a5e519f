import { fail } from '../base/diagnostic.ts';
import { longer } from '../base/longer.ts';
import { type Column, type ColumnBuffer, Kind } from './column.ts';

/** Offsets are 32-bit. */
const mostBytes = 2 ** 32 - 1;

/**
 * Values of a field kept by a row of their own, rows ascending; a row may have none. Memory: 5 bytes a row and the bytes of the values
 * (up to twice of both while it grows).
 */
export class ValueStore {
  #bytes: Buffer = Buffer.alloc(0);
  #length = 0;
  /** Value of row r is bytes[starts[r], starts[r + 1]). */
  #starts = new Uint32Array(1025);
  #kinds = new Uint8Array(1024).fill(absent);
  /** Behind the last row. */
  #rows = 0;

  get rows(): number {
    return this.#rows;
  }

  has(row: number): boolean {
    return row < this.#rows && this.#kinds[row] !== absent;
  }

  /** Throws DATA-SIZE when the values together are larger than 4 GiB. */
  add(row: number, column: Column, i: number): void {
    if (row < this.#rows) throw new Error('rows are not in order');
    const size = column.end[i]! - column.start[i]!;
    if (this.#length + size > mostBytes) throw tooLarge();
    if (this.#length + size > this.#bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.min(mostBytes, Math.max(65536, (this.#length + size) * 2)));
      this.#bytes.copy(grown, 0, 0, this.#length);
      this.#bytes = grown;
    }
    if (row >= this.#kinds.length) this.#growRows(row + 1);
    this.#starts.fill(this.#length, this.#rows, row + 1);
    column.bytes.copy(this.#bytes, this.#length, column.start[i]!, column.end[i]!);
    this.#length += size;
    this.#kinds[row] = column.kind[i]!;
    this.#rows = row + 1;
    this.#starts[this.#rows] = this.#length;
  }

  /** The next value of `output` is that of `row`, which has one. */
  copyTo(output: ColumnBuffer, row: number): void {
    const kind = this.#kinds[row] as Kind;
    if (kind === Kind.null) output.null();
    else output.copy(kind, this.#bytes, this.#starts[row]!, this.#starts[row + 1]!);
  }

  #growRows(rows: number): void {
    this.#starts = longer(this.#starts, rows * 2 + 1);
    this.#kinds = longer(this.#kinds, rows * 2).fill(absent, this.#kinds.length);
  }
}

const absent = 255;

function tooLarge(): Error {
  return fail('DATA-SIZE', 'the values of a field that is rearranged as a whole are larger than 4 GiB together', {
    hint: 'drop or shorten the field, or split the input',
  });
}
