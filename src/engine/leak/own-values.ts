import { Kind } from '../../table/column.ts';
import type { SlotColumn } from '../gather.ts';
import { areDigits } from './source-values.ts';
import { hashFour, Words } from './words.ts';

/** Shortest value that is searched for in its own record, in bytes of letters and digits. */
export const shortestInOwnRecord = 4;
/** From this length on a value that is no number is found inside longer words too. */
export const shortestInsideWords = 8;

/** A field whose source values must not stand in the output. */
export interface HiddenField {
  readonly name: string;
  /** Slot of the scan. */
  readonly slot: number;
  /** The output is made up from lists, so that it may equal the value of somebody else by chance. */
  readonly invents: boolean;
}

/** Visit the text of each string and number in the object or array that is value i. */
export function eachLeaf(
  column: SlotColumn,
  i: number,
  visit: (bytes: Buffer, from: number, to: number) => void,
): void {
  const { bytes, start, end } = column;
  const open: unknown[] = [JSON.parse(bytes.toString('utf8', start[i], end[i]))];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'object' && value !== null) open.push(...Object.values(value));
    else if (typeof value === 'string' || typeof value === 'number') {
      const text = Buffer.from(String(value));
      visit(text, 0, text.length);
    }
  }
}

const probeShift = 20;
const probes = 1 << (32 - probeShift);

/**
 * The identifier values of one record, and where to look closer. A text in which a long value stands holds, at one of the
 * offsets 0, 4, 8 …, four bytes that begin at one of the first four bytes of the value; so one look-up for each four bytes finds
 * all candidates (Wu and Manber, A fast algorithm for multi-pattern searching, 1994, with blocks of four).
 */
export class OwnValues {
  readonly #fields: readonly HiddenField[];
  readonly #cursor: Int32Array;
  /** All values of the record; value v is words.bytes[#start[v], #start[v + 1]). */
  readonly #words = new Words();
  #start = new Int32Array(64);
  #field = new Int32Array(64);
  #number = new Uint8Array(64);
  /** Stamp of the last record that has a value with four bytes of this hash: at its beginning, or at one of its first four bytes. */
  readonly #beginning = new Int32Array(probes);
  readonly #inside = new Int32Array(probes);
  #stamp = 0;
  count = 0;
  /** Some value of the record may stand inside a word. */
  hasLong = false;

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
    this.count = 0;
    this.hasLong = false;
    this.#stamp++;
    this.#words.clear();
    for (let f = 0; f < this.#fields.length; f++) {
      const column = columns[this.#fields[f]!.slot]!;
      let i = this.#cursor[f]!;
      while (i < column.count && column.record[i]! < r) i++;
      for (; i < column.count && column.record[i] === r; i++) {
        const kind = column.kind[i];
        if (kind === Kind.container) eachLeaf(column, i, (bytes, from, to) => this.#add(f, bytes, from, to));
        else if (kind !== Kind.null) this.#add(f, column.bytes, column.start[i]!, column.end[i]!);
      }
      this.#cursor[f] = i;
    }
  }

  /** May a value begin with four bytes of this hash? */
  mayBegin(four: number): boolean {
    return this.#beginning[four >>> probeShift] === this.#stamp;
  }

  /** May four bytes of this hash begin at one of the first four bytes of a long value? */
  mayHold(four: number): boolean {
    return this.#inside[four >>> probeShift] === this.#stamp;
  }

  sizeOf(v: number): number {
    return this.#start[v + 1]! - this.#start[v]!;
  }

  fieldOf(v: number): number {
    return this.#field[v]!;
  }

  isNumber(v: number): boolean {
    return this.#number[v] === 1;
  }

  /** A value that is found inside longer words too. A run of digits would turn up there by chance. */
  isLong(v: number): boolean {
    return this.#number[v] === 0 && this.sizeOf(v) >= shortestInsideWords;
  }

  equals(v: number, bytes: Uint8Array, p: number): boolean {
    const own: Uint8Array = this.#words.bytes;
    for (let i = this.#start[v]!, last = this.#start[v + 1]!, q = p; i < last; i++, q++) {
      if (own[i] !== bytes[q]) return false;
    }
    return true;
  }

  /** Is bytes[from, to) a value of the record? */
  holds(bytes: Uint8Array, from: number, to: number): boolean {
    for (let v = 0; v < this.count; v++) if (this.sizeOf(v) === to - from && this.equals(v, bytes, from)) return true;
    return false;
  }

  #add(field: number, bytes: Buffer, from: number, to: number): void {
    const words = this.#words;
    const start = words.length;
    words.append(bytes, from, to);
    const size = words.length - start;
    if (size < shortestInOwnRecord) {
      words.length = start;
      return;
    }
    const v = this.count++;
    if (v + 1 >= this.#start.length) this.#grow();
    this.#start[v] = start;
    this.#start[v + 1] = words.length;
    this.#field[v] = field;
    this.#number[v] = areDigits(words.bytes, start, words.length) ? 1 : 0;
    this.#beginning[hashFour(words.bytes, start) >>> probeShift] = this.#stamp;
    if (!this.isLong(v)) return;
    this.hasLong = true;
    for (let i = start; i < start + 4; i++) this.#inside[hashFour(words.bytes, i) >>> probeShift] = this.#stamp;
  }

  #grow(): void {
    const size = this.#start.length * 2;
    const grow = <A extends Int32Array | Uint8Array>(from: A, to: A): A => {
      to.set(from);
      return to;
    };
    this.#start = grow(this.#start, new Int32Array(size));
    this.#field = grow(this.#field, new Int32Array(size));
    this.#number = grow(this.#number, new Uint8Array(size));
  }
}
