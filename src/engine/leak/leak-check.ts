import type { Batch } from '../../formats/batch.ts';
import { Kind } from '../../table/column.ts';
import type { SlotColumn } from '../gather.ts';
import type { Spliced } from '../splice.ts';
import { ChanceCount } from './chance.ts';
import { eachLeaf, type HiddenField, OwnValues, shortestInOwnRecord } from './own-values.ts';
import { areDigits, SourceValues, shortestElsewhere } from './source-values.ts';
import { hashFour, Words } from './words.ts';

export interface LeakFinding {
  /** The identifier whose value was found; undefined where it is one of another record. */
  readonly identifier: string | undefined;
  /** Field of the output in which it stands; undefined where it spans several, or stands in a key. */
  readonly field: string | undefined;
  /** Records in which it was found. */
  readonly records: number;
  /** 1-based source record of the first. */
  readonly firstRow: number;
}

/** Names the field of written record `record` whose text `holds` what is looked for. */
type FieldOf = (record: number, holds: (text: Buffer) => boolean) => string | undefined;

export interface LeakResult {
  readonly findings: readonly LeakFinding[];
  /** Matches of numbers that are no more than chance brings about. */
  readonly byChance: number;
  /** Distinct values that were searched for in the records of others. */
  readonly values: number;
  readonly records: number;
}

/**
 * Searches the written output for source values of identifier fields. A value of 4 letters and digits or more is searched for in
 * its own record: as whole words, or anywhere when it has 8 or more and is no number. A value of 8 or more that belongs to one individual alone
 * is searched for, as whole words, in every other record. Numbers coincide: all-digit values (other than those of 8 digits or
 * more in their own record) count only when there are more matches than chance explains.
 */
export class LeakCheck {
  readonly #fields: readonly HiddenField[];
  readonly #values = new SourceValues();
  readonly #words = new Words();
  readonly #own: OwnValues;
  readonly #chance: ChanceCount;
  readonly #findings = new Map<string, LeakFinding & { readonly lastRow: number }>();
  readonly #withoutEscapes: ((bytes: Buffer, from: number, to: number) => Buffer) | undefined;
  #records = 0;
  /** The record that is searched: 1-based in the source, and its number among those written. */
  #row = 0;
  #record = 0;
  #fieldOf: FieldOf = () => undefined;
  readonly #isOwn = (from: number, to: number): boolean => this.#own.holds(this.#words.bytes, from, to);
  #located = 0;

  /** `withoutEscapes` undoes a format's escapes in a record that holds a backslash. */
  constructor(fields: readonly HiddenField[], withoutEscapes?: (bytes: Buffer, from: number, to: number) => Buffer) {
    this.#fields = fields;
    this.#own = new OwnValues(fields);
    this.#chance = new ChanceCount(fields.length);
    this.#withoutEscapes = withoutEscapes;
  }

  /** Pass 1: remember the source values of a batch. */
  collect(columns: readonly SlotColumn[], ownerOf: (r: number) => number): void {
    for (const field of this.#fields) {
      if (field.invents) continue;
      const column = columns[field.slot]!;
      const add = (i: number, bytes: Buffer, from: number, to: number): void => {
        this.#words.clear();
        this.#words.append(bytes, from, to);
        this.#values.add(this.#words, ownerOf(column.record[i]!));
      };
      for (let i = 0; i < column.count; i++) {
        const kind = column.kind[i];
        if (kind === Kind.container) eachLeaf(column, i, (bytes, from, to) => add(i, bytes, from, to));
        else if (kind !== Kind.null) add(i, column.bytes, column.start[i]!, column.end[i]!);
      }
    }
  }

  /** Between the passes. */
  seal(): void {
    this.#values.seal();
  }

  /** Pass 2: search the written records of a batch. `fieldOf` names the output field in which `words` stand. */
  search(batch: Batch, columns: readonly SlotColumn[], spliced: Spliced, fieldOf: FieldOf): void {
    this.#own.restart();
    this.#words.clear();
    for (let n = 0; n < spliced.records; n++) {
      const r = spliced.source[n]!;
      const first = this.#words.count;
      this.#appendRecord(spliced.bytes, spliced.start[n]!, spliced.start[n + 1]!);
      this.#own.read(columns, r);
      this.#row = batch.firstRecord + r + 1;
      this.#record = n;
      this.#fieldOf = fieldOf;
      this.#chance.next(this.#words, first, this.#own, this.#values);
      this.#searchRecord(first);
    }
    this.#records += spliced.records;
  }

  result(): LeakResult {
    const findings = [...this.#findings.values()].map(({ lastRow, ...finding }): LeakFinding => finding);
    const { beyond, within } = this.#chance.judge(this.#values);
    for (const excess of beyond) {
      findings.push({
        identifier: excess.field < 0 ? undefined : this.#fields[excess.field]!.name,
        field: undefined,
        records: excess.matches,
        firstRow: excess.firstRow,
      });
    }
    return { findings, byChance: within, values: this.#values.size, records: this.#records };
  }

  #appendRecord(bytes: Buffer, from: number, to: number): void {
    if (this.#withoutEscapes !== undefined && bytes.subarray(from, to).includes(0x5c)) {
      const plain = this.#withoutEscapes(bytes, from, to);
      this.#words.append(plain, 0, plain.length);
    } else this.#words.append(bytes, from, to);
  }

  /** Search the record's words, from word `first` to the last. */
  #searchRecord(first: number): void {
    const own = this.#own;
    const values = this.#values;
    const { start, count, length } = this.#words;
    const bytes: Uint8Array = this.#words.bytes;
    const last = length - shortestInOwnRecord;
    const lastElsewhere = length - shortestElsewhere;
    for (let w = first; w < count && start[w]! <= last; w++) {
      const four = hashFour(bytes, start[w]!);
      if (own.mayBegin(four)) this.#matchOwnWords(first, w);
      if (values.mayBegin(four) && start[w]! <= lastElsewhere) this.#matchOthers(w);
    }
    if (!own.hasLong) return;
    for (let p = start[first]!; p <= last; p += 4) {
      if (own.mayHold(hashFour(bytes, p))) this.#matchOwnInside(first, p);
    }
  }

  /** Values that are whole words and begin with word `w`. */
  #matchOwnWords(first: number, w: number): void {
    const words = this.#words;
    const own = this.#own;
    const p = words.start[w]!;
    for (let v = 0; v < own.count; v++) {
      const to = p + own.sizeOf(v);
      if (own.isLong(v) || to > words.length || !own.equals(v, words.bytes, p)) continue;
      if (!words.isBorder(to, first, words.count)) continue;
      if (own.isNumber(v) && own.sizeOf(v) < shortestElsewhere) this.#chance.own(own.fieldOf(v), this.#row);
      else this.#found(this.#fields[own.fieldOf(v)]!.name, p, to);
    }
  }

  /** Long values of which one of the first four bytes stands at `p`. */
  #matchOwnInside(first: number, p: number): void {
    const words = this.#words;
    const own = this.#own;
    for (let v = 0; v < own.count; v++) {
      if (!own.isLong(v)) continue;
      for (let from = p; from > p - 4 && from >= words.start[first]!; from--) {
        const to = from + own.sizeOf(v);
        if (to <= words.length && own.equals(v, words.bytes, from))
          this.#found(this.#fields[own.fieldOf(v)]!.name, from, to);
      }
    }
  }

  /** Values of other records that begin with word `w`. */
  #matchOthers(w: number): void {
    const words = this.#words;
    const to = this.#values.endOfAnother(words, w, words.count, this.#isOwn);
    if (to < 0) return;
    if (areDigits(words.bytes, words.start[w]!, to)) this.#chance.other(this.#row);
    else this.#found(undefined, words.start[w]!, to);
  }

  /** bytes[from, to) of the words is a value of `identifier`, or of another record. */
  #found(identifier: string | undefined, from: number, to: number): void {
    const value = Buffer.from(this.#words.bytes.subarray(from, to));
    const words = new Words();
    const field =
      this.#located++ < mostLocated
        ? this.#fieldOf(this.#record, (text) => {
            words.clear();
            words.append(text, 0, text.length);
            return words.bytes.subarray(0, words.length).includes(value);
          })
        : undefined;
    const key = JSON.stringify([identifier, field]);
    const known = this.#findings.get(key);
    if (known?.lastRow === this.#row) return;
    this.#findings.set(key, {
      identifier,
      field,
      firstRow: known?.firstRow ?? this.#row,
      lastRow: this.#row,
      records: (known?.records ?? 0) + 1,
    });
  }
}

/** Naming the field of a match is slow; behind this many matches they are counted only. */
const mostLocated = 2000;
