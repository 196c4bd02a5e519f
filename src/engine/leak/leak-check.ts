import type { Batch } from '../../formats/batch.ts';
import type { SlotColumn } from '../gather.ts';
import type { Spliced } from '../splice.ts';
import { cellsOf } from './cells.ts';
import { ChanceCount } from './chance.ts';
import { Coincidences } from './coincidences.ts';
import { areDigits, hashEight } from './fingerprint.ts';
import {
  isBorder,
  type Matcher,
  shortestElsewhere,
  shortestInsideWords,
  type Texts,
  textStart,
  type WithoutEscapes,
} from './matcher.ts';
import { defaultMatchers } from './matchers.ts';
import { type HiddenField, OwnValues } from './own-values.ts';
import { type Owners, SourceValues } from './source-values.ts';
import { Words } from './words.ts';

export interface LeakFinding {
  /** The table whose identifiers' value was found, where it is another. */
  readonly table?: string;
  /** The identifier whose value was found; undefined where it is one of another record. */
  readonly identifier: string | undefined;
  /** Field of the output in which it stands; undefined where it spans several, or stands in a key. */
  readonly field: string | undefined;
  /** Records in which it was found. */
  readonly records: number;
  /** 1-based source record of the first; 0: in what stands around the records. */
  readonly firstRow: number;
}

/** Names the field of written record `record` whose text `holds` what is looked for; a made-up one only if no other does. */
export type FieldOf = (record: number, holds: (text: Buffer) => boolean) => string | undefined;

export interface LeakResult {
  readonly findings: readonly LeakFinding[];
  /** Matches of numbers, and in made-up values, that are no more than chance brings about. */
  readonly byChance: number;
  /** Distinct values that were searched for in the records of others. */
  readonly values: number;
  readonly records: number;
}

/**
 * Searches the written output for source values of identifier fields. A value of 4 letters and digits or more is searched for in
 * its own record: as whole words, or anywhere when it has 8 or more and is no number. A value of 8 or more that belongs to one individual alone
 * is searched for, as whole words, in every other record. Numbers coincide: all-digit values (other than those of 8 digits or
 * more in their own record) count only when there are more matches than chance explains. So do values in fields that are made up.
 */
export class LeakCheck {
  readonly #fields: readonly HiddenField[];
  readonly #values = new SourceValues();
  readonly #own: OwnValues;
  readonly #chance: ChanceCount;
  readonly #invented: ReadonlySet<string>;
  readonly #coincidences = new Coincidences();
  readonly #findings = new Map<string, LeakFinding & { readonly lastRow: number }>();
  readonly #withoutEscapes: WithoutEscapes | undefined;
  readonly #matchers: readonly Matcher[];
  #records = 0;
  #located = 0;

  /**
   * `withoutEscapes` undoes a format's escapes in a record that holds a backslash; `invented` are the fields of the output whose
   * values are made up.
   */
  constructor(
    fields: readonly HiddenField[],
    withoutEscapes?: WithoutEscapes,
    invented: ReadonlySet<string> = new Set(),
    matchers = defaultMatchers(),
  ) {
    this.#fields = fields;
    this.#invented = invented;
    this.#own = new OwnValues(fields);
    this.#chance = new ChanceCount(fields.length);
    this.#withoutEscapes = withoutEscapes;
    this.#matchers = matchers;
  }

  /** Pass 1: remember the source values of a batch. */
  collect(columns: readonly SlotColumn[], owners: Owners): void {
    for (const field of this.#fields) {
      if (field.invents) continue;
      const cells = cellsOf(columns[field.slot]!);
      this.#matchers.some((matcher) => {
        matcher.begin();
        const texts = matcher.read(cells);
        if (texts !== undefined) this.#values.add(matcher.fingerprints(texts), cells.record, owners);
        return texts !== undefined;
      });
    }
  }

  /** Between the passes. */
  seal(): void {
    this.#values.seal();
  }

  /** The source values that are searched for in the records of others. */
  get values(): SourceValues {
    return this.#values;
  }

  /** Pass 2: search the written records of a batch. `fieldOf` names the output field in which `words` stand. */
  search(batch: Batch, columns: readonly SlotColumn[], spliced: Spliced, fieldOf: FieldOf): void {
    this.#matchers.some((matcher) => {
      matcher.begin(this.#values.filter);
      const { bytes, start, records: count } = spliced;
      const texts = matcher.read({ bytes, start, end: start.subarray(1), count }, this.#withoutEscapes);
      if (texts === undefined || !this.#own.read(matcher, columns)) return false;
      const written: Written = { texts, source: spliced.source, before: batch.firstRecord, fieldOf };
      this.#countComparisons(written);
      this.#fields.forEach((_, f) => {
        this.#searchOwn(matcher, written, f, batch.records);
      });
      this.#searchOthers(matcher, written);
      return true;
    });
    this.#records += spliced.records;
  }

  /** Pass 2: search what is written around the records of a document for values of all records. */
  searchAround(bytes: Buffer): void {
    this.#matchers.some((matcher) => {
      matcher.begin(this.#values.filter);
      const whole = { bytes, start: Int32Array.of(0), end: Int32Array.of(bytes.length), count: 1 };
      const texts = matcher.read(whole, this.#withoutEscapes);
      if (texts === undefined) return false;
      // It belongs to no record, so that no value is its own.
      this.#searchOthers(matcher, { texts, source: Int32Array.of(-1), before: 0, fieldOf: () => documentField });
      return true;
    });
  }

  result(): LeakResult {
    const findings = [...this.#findings.values()].map(({ lastRow, ...finding }): LeakFinding => finding);
    const { beyond, within } = this.#chance.judge(this.#values);
    const madeUp = this.#coincidences.judge(this.#records);
    findings.push(...madeUp.beyond);
    for (const excess of beyond) {
      findings.push({
        identifier: excess.field < 0 ? undefined : this.#fields[excess.field]!.name,
        field: undefined,
        records: excess.matches,
        firstRow: excess.firstRow,
      });
    }
    findings.sort((a, b) => a.firstRow - b.firstRow);
    return { findings, byChance: within + madeUp.within, values: this.#values.size, records: this.#records };
  }

  #countComparisons({ texts, source }: Written): void {
    for (let n = 0; n < texts.count; n++) {
      const weight = this.#chance.next();
      if (weight === 0) continue;
      this.#own.turnTo(source[n]!);
      this.#chance.count(texts, n, weight, this.#own, this.#values);
    }
  }

  /** Search each written record for its own values of field f. */
  #searchOwn(matcher: Matcher, written: Written, f: number, records: number): void {
    const { texts, source, before } = written;
    const { texts: values, record } = this.#own.of(f);
    const textOf = new Int32Array(records).fill(-1);
    for (let n = 0; n < texts.count; n++) textOf[source[n]!] = n;
    const among = new Int32Array(values.count);
    for (let v = 0; v < values.count; v++) among[v] = textOf[record[v]!]!;
    matcher.occurrences(values, among, texts, (v, n, from) => {
      const size = textStart(values, v + 1) - textStart(values, v);
      const to = from + size;
      const isNumber = areDigits(texts.bytes, from, to);
      const anywhere = !isNumber && size >= shortestInsideWords;
      if (!anywhere && !(isBorder(texts, n, from) && isBorder(texts, n, to))) return;
      if (isNumber && size < shortestElsewhere) this.#chance.own(f, before + source[n]! + 1);
      else this.#found(written, n, this.#fields[f]!.name, from, to);
    });
  }

  /** Search each written record for values of others. */
  #searchOthers(matcher: Matcher, written: Written): void {
    const { texts, source, before } = written;
    let lastWord = -1;
    matcher.candidates(texts, this.#values.filter, (n, w, next) => {
      // The shortest of several is enough.
      if (w === lastWord) return;
      const { bytes, start } = texts;
      const from = start[w]!;
      const to = start[next]!;
      if (!this.#values.hasOneOwner(bytes, from, to, hashEight(bytes, from))) return;
      this.#own.turnTo(source[n]!);
      if (this.#own.holds(bytes, from, to)) return;
      lastWord = w;
      if (areDigits(bytes, from, to)) this.#chance.other(before + source[n]! + 1);
      else this.#found(written, n, undefined, from, to);
    });
  }

  /** bytes[from, to) of the texts, within record n of the written ones, is a value of `identifier`, or of another record. */
  #found(
    { texts, source, before, fieldOf }: Written,
    n: number,
    identifier: string | undefined,
    from: number,
    to: number,
  ) {
    const row = before + source[n]! + 1;
    const value = Buffer.from(texts.bytes.subarray(from, to));
    const words = new Words();
    const field =
      this.#located++ < mostLocated
        ? fieldOf(n, (text) => {
            words.clear();
            words.append(text, 0, text.length);
            return words.bytes.subarray(0, words.length).includes(value);
          })
        : undefined;
    if (field !== undefined && this.#invented.has(field)) {
      this.#located--;
      this.#coincidences.add(identifier, field, row);
      return;
    }
    const key = JSON.stringify([identifier, field]);
    const known = this.#findings.get(key);
    if (known?.lastRow === row) return;
    this.#findings.set(key, {
      identifier,
      field,
      firstRow: known?.firstRow ?? row,
      lastRow: row,
      records: (known?.records ?? 0) + 1,
    });
  }
}

/** The path of a whole document. */
export const documentField = '$';

/** Naming the field of a match is slow; behind this many findings they are counted only. */
const mostLocated = 2000;

/** The written records of a batch. */
interface Written {
  readonly texts: Texts;
  /** Record of the batch that each was. */
  readonly source: Int32Array;
  /** Source records before the batch. */
  readonly before: number;
  readonly fieldOf: FieldOf;
}
