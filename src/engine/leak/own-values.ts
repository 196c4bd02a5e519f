import type { SlotColumn } from '../gather.ts';
import { cellsOf } from './cells.ts';
import { areDigits } from './fingerprint.ts';
import { type Matcher, shortestInOwnRecord, type Texts, textStart } from './matcher.ts';

/** A field whose source values must not stand in the output. */
export interface HiddenField {
  readonly name: string;
  /** Slot of the scan. */
  readonly slot: number;
  /** The output is made up from lists, so that it may equal the value of somebody else by chance. */
  readonly invents: boolean;
}

/** The values of a field in a batch: value v belongs to record[v], in ascending order. */
interface FieldValues {
  readonly texts: Texts;
  readonly record: Int32Array;
}

/** The identifier values of a batch, and of one of its records. */
export class OwnValues {
  readonly #fields: readonly HiddenField[];
  #values: FieldValues[] = [];
  /** Of the record: fields and numbers of its values. */
  #field: number[] = [];
  #value: number[] = [];

  constructor(fields: readonly HiddenField[]) {
    this.#fields = fields;
  }

  /** Read the values of a batch; false when they are too large for the matcher. */
  read(matcher: Matcher, columns: readonly SlotColumn[]): boolean {
    this.#values = [];
    for (const { slot } of this.#fields) {
      const cells = cellsOf(columns[slot]!);
      const texts = matcher.read(cells);
      if (texts === undefined) return false;
      this.#values.push({ texts, record: cells.record });
    }
    return true;
  }

  /** The values of field f in the batch. */
  of(f: number): FieldValues {
    return this.#values[f]!;
  }

  /** Turn to record r of the batch. */
  turnTo(r: number): void {
    this.#field = [];
    this.#value = [];
    this.#values.forEach(({ texts, record }, f) => {
      for (let v = lowerBound(record, texts.count, r); v < texts.count && record[v] === r; v++) {
        if (textStart(texts, v + 1) - textStart(texts, v) < shortestInOwnRecord) continue;
        this.#field.push(f);
        this.#value.push(v);
      }
    });
  }

  /** Values of the record that are long enough to be searched for. */
  get count(): number {
    return this.#value.length;
  }

  sizeOf(i: number): number {
    const { texts } = this.#values[this.#field[i]!]!;
    const v = this.#value[i]!;
    return textStart(texts, v + 1) - textStart(texts, v);
  }

  fieldOf(i: number): number {
    return this.#field[i]!;
  }

  isNumber(i: number): boolean {
    const { texts } = this.#values[this.#field[i]!]!;
    const v = this.#value[i]!;
    return areDigits(texts.bytes, textStart(texts, v), textStart(texts, v + 1));
  }

  /** Is bytes[from, to) a value of the record? */
  holds(bytes: Uint8Array, from: number, to: number): boolean {
    for (let i = 0; i < this.count; i++) {
      const { texts } = this.#values[this.#field[i]!]!;
      const start = textStart(texts, this.#value[i]!);
      if (this.sizeOf(i) !== to - from) continue;
      let same = 0;
      while (same < to - from && texts.bytes[start + same] === bytes[from + same]) same++;
      if (same === to - from) return true;
    }
    return false;
  }
}

/** The first of `count` records that is r or above. */
function lowerBound(record: Int32Array, count: number, r: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (record[middle]! < r) low = middle + 1;
    else high = middle;
  }
  return low;
}
