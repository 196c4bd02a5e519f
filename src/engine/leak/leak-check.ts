import type { Batch } from '../../formats/batch.ts';
import { Kind } from '../../table/column.ts';
import type { SlotColumn } from '../gather.ts';
import type { Spliced } from '../splice.ts';
import { ChanceCount } from './chance.ts';
import { type HiddenField, OwnValues, shortestInOwnRecord } from './own-values.ts';
import { areDigits, SourceValues, shortestElsewhere } from './source-values.ts';
import { Words } from './words.ts';

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

/** The words in [from, to) are a value of `identifier`, or of another record. */
type Hit = (identifier: string | undefined, from: number, to: number) => void;

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
  readonly #findings = new Map<string, LeakFinding>();
  readonly #withoutEscapes: ((bytes: Buffer, from: number, to: number) => Buffer) | undefined;
  #records = 0;
  /** 1-based source record that is searched. */
  #row = 0;
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
      for (let i = 0; i < column.count; i++) {
        if (column.kind[i] === Kind.null) continue;
        this.#words.read(column.bytes, column.start[i]!, column.end[i]!);
        this.#values.add(this.#words, ownerOf(column.record[i]!));
      }
    }
  }

  /** Between the passes. */
  seal(): void {
    this.#values.seal();
  }

  /** Pass 2: search the written records of a batch. `fieldOf` names the output field in which `words` stand. */
  search(
    batch: Batch,
    columns: readonly SlotColumn[],
    spliced: Spliced,
    ownerOf: (r: number) => number,
    fieldOf: (record: number, holds: (text: Buffer) => boolean) => string | undefined,
  ): void {
    this.#own.restart();
    for (let n = 0; n < spliced.records; n++) {
      const r = spliced.source[n]!;
      this.#own.read(columns, r);
      this.#readRecord(spliced.bytes, spliced.start[n]!, spliced.start[n + 1]!);
      this.#chance.next(this.#words, this.#own, this.#values);
      this.#records++;
      this.#row = batch.firstRecord + r + 1;
      this.#searchRecord(ownerOf(r), (identifier, from, to) =>
        this.#found(identifier, Buffer.from(this.#words.bytes.subarray(from, to)), (holds) => fieldOf(n, holds)),
      );
    }
  }

  result(): LeakResult {
    const findings = [...this.#findings.values()];
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

  #readRecord(bytes: Buffer, from: number, to: number): void {
    if (this.#withoutEscapes !== undefined) {
      const backslash = bytes.indexOf(0x5c, from);
      if (backslash >= 0 && backslash < to) {
        const plain = this.#withoutEscapes(bytes, from, to);
        this.#words.read(plain, 0, plain.length);
        return;
      }
    }
    this.#words.read(bytes, from, to);
  }

  #searchRecord(owner: number, hit: Hit): void {
    const words = this.#words;
    const own = this.#own;
    const values = this.#values;
    const bytes: Uint8Array = words.bytes;
    const { length, start, count } = words;
    if (own.count > 0) {
      for (let p = 0, last = length - shortestInOwnRecord; p <= last; p++) {
        if (own.mayBegin(bytes, p)) this.#matchOwn(p, hit);
      }
    }
    for (let w = 0; w < count && start[w]! + shortestElsewhere <= length; w++) {
      if (values.mayBegin(bytes, start[w]!)) this.#matchOther(w, owner, hit);
    }
  }

  #matchOwn(p: number, hit: Hit): void {
    const words = this.#words;
    const own = this.#own;
    for (let v = 0; v < own.count; v++) {
      const size = own.sizeOf(v);
      if (p + size > words.length || !own.equals(v, words.bytes, p)) continue;
      // A run of digits turns up inside longer ones by chance.
      const anywhere = size >= shortestElsewhere && !own.isNumber(v);
      if (!anywhere && !(words.isBorder(p) && words.isBorder(p + size))) continue;
      if (own.isNumber(v) && size < shortestElsewhere) this.#chance.own(own.fieldOf(v), this.#row);
      else hit(this.#fields[own.fieldOf(v)]!.name, p, p + size);
    }
  }

  #matchOther(w: number, owner: number, hit: Hit): void {
    const words = this.#words;
    const from = words.start[w]!;
    const to = this.#values.endOfAnother(words, w, owner);
    if (to < 0) return;
    if (areDigits(words.bytes, from, to)) this.#chance.other(this.#row);
    else hit(undefined, from, to);
  }

  #found(
    identifier: string | undefined,
    value: Buffer,
    fieldOf: (holds: (text: Buffer) => boolean) => string | undefined,
  ): void {
    const words = new Words();
    const field =
      this.#findings.size < 100 && this.#located++ < 2000
        ? fieldOf((text) => {
            words.read(text, 0, text.length);
            return words.bytes.subarray(0, words.length).includes(value);
          })
        : undefined;
    const key = JSON.stringify([identifier, field]);
    const known = this.#findings.get(key);
    this.#findings.set(key, {
      identifier,
      field,
      firstRow: known?.firstRow ?? this.#row,
      records: (known?.records ?? 0) + 1,
    });
  }
}
