import { Kind } from '../../table/column.ts';
import type { SlotColumn } from '../gather.ts';
import { areDigits } from './source-values.ts';
import { Words } from './words.ts';

/** Shortest value that is searched for in its own record, in bytes of letters and digits. */
export const shortestInOwnRecord = 4;

/** A field whose source values must not stand in the output. */
export interface HiddenField {
  readonly name: string;
  /** Slot of the scan. */
  readonly slot: number;
  /** The output is made up from lists, so that it may equal the value of somebody else by chance. */
  readonly invents: boolean;
}

/** The identifier values of one record. */
export class OwnValues {
  readonly #fields: readonly HiddenField[];
  readonly #cursor: Int32Array;
  readonly #words = new Words();
  readonly #begins = new Uint8Array(1 << 16);
  #bytes: Buffer = Buffer.allocUnsafeSlow(1024);
  #starts = new Int32Array(64);
  #field = new Int32Array(64);
  #number = new Uint8Array(64);
  count = 0;

  constructor(fields: readonly HiddenField[]) {
    this.#fields = fields;
    this.#cursor = new Int32Array(fields.length);
  }

  /** A new batch begins. */
  restart(): void {
    this.#cursor.fill(0);
  }

  /** Read the values of record r; records come in order. */
  read(columns: readonly SlotColumn[], r: number): void {
    for (let v = 0; v < this.count; v++) this.#begins[this.#pair(this.#bytes, this.#starts[v]!)] = 0;
    this.count = 0;
    for (let f = 0; f < this.#fields.length; f++) {
      const column = columns[this.#fields[f]!.slot]!;
      let i = this.#cursor[f]!;
      while (i < column.count && column.record[i]! < r) i++;
      for (; i < column.count && column.record[i] === r; i++) {
        if (column.kind[i] !== Kind.null) this.#add(f, column.bytes, column.start[i]!, column.end[i]!);
      }
      this.#cursor[f] = i;
    }
  }

  mayBegin(bytes: Uint8Array, p: number): boolean {
    return this.#begins[bytes[p]! | (bytes[p + 1]! << 8)] === 1;
  }

  sizeOf(v: number): number {
    return this.#starts[v + 1]! - this.#starts[v]!;
  }

  fieldOf(v: number): number {
    return this.#field[v]!;
  }

  isNumber(v: number): boolean {
    return this.#number[v] === 1;
  }

  equals(v: number, bytes: Uint8Array, p: number): boolean {
    const start = this.#starts[v]!;
    const size = this.sizeOf(v);
    for (let i = 0; i < size; i++) if (this.#bytes[start + i] !== bytes[p + i]) return false;
    return true;
  }

  #add(field: number, bytes: Buffer, from: number, to: number): void {
    const words = this.#words;
    words.read(bytes, from, to);
    const size = words.length;
    if (size < shortestInOwnRecord) return;
    const v = this.count++;
    if (v + 1 >= this.#starts.length) this.#growValues();
    const start = v === 0 ? 0 : this.#starts[v]!;
    if (start + size > this.#bytes.length) {
      const grown = Buffer.allocUnsafeSlow((start + size) * 2);
      this.#bytes.copy(grown, 0, 0, start);
      this.#bytes = grown;
    }
    for (let i = 0; i < size; i++) this.#bytes[start + i] = words.bytes[i]!;
    this.#starts[v + 1] = start + size;
    this.#field[v] = field;
    this.#number[v] = areDigits(words.bytes, 0, size) ? 1 : 0;
    this.#begins[this.#pair(this.#bytes, start)] = 1;
  }

  #pair(bytes: Buffer, at: number): number {
    return bytes[at]! | (bytes[at + 1]! << 8);
  }

  #growValues(): void {
    const grow = <A extends Int32Array | Uint8Array>(from: A, to: A): A => {
      to.set(from);
      return to;
    };
    const size = this.#starts.length * 2;
    this.#starts = grow(this.#starts, new Int32Array(size));
    this.#field = grow(this.#field, new Int32Array(size));
    this.#number = grow(this.#number, new Uint8Array(size));
  }
}
