import type { Batch } from '../../formats/batch.ts';
import type { Replacement } from '../choice.ts';
import type { SlotColumn } from '../gather.ts';
import type { Spliced } from '../splice.ts';
import { ChanceCount } from './chance.ts';
import { areDigits, hashEight } from './fingerprint.ts';
import { documentField, type FieldOf, type LeakFinding } from './leak-check.ts';
import { type Matcher, textStart, type WithoutEscapes } from './matcher.ts';
import { defaultMatchers } from './matchers.ts';
import { type HiddenField, OwnValues } from './own-values.ts';
import type { SourceValues } from './source-values.ts';
import { Words } from './words.ts';

/** The identifiers of another table, sealed. */
export interface OtherTable {
  readonly table: string;
  readonly values: SourceValues;
}

/** The table whose output is searched. */
export interface SearchedTable {
  readonly hidden: readonly HiddenField[];
  /** Slots of fields whose values are made up: they may equal values of another table by chance. */
  readonly invented: readonly number[];
  readonly withoutEscapes: WithoutEscapes | undefined;
}

/** A batch, and what was written of it. */
export interface WrittenBatch {
  readonly batch: Batch;
  readonly columns: readonly SlotColumn[];
  /** Values that were written, one for each cell. */
  readonly values: readonly Replacement[];
  readonly spliced: Spliced;
}

/**
 * Searches the written output of a table for source values of the identifiers of other tables: the name of a patient in the note of
 * a visit. Values of 8 letters and digits or more that belong to one individual of their table alone are searched for as whole
 * words, as in the records of others. Not told here are values that the record itself has in an identifier, which its own
 * table's check tells, and those that stand only within what a transform made up.
 */
export class OtherTables {
  readonly #searched: SearchedTable;
  readonly #tables: readonly (OtherTable & { readonly chance: ChanceCount })[];
  readonly #own: OwnValues;
  readonly #none = new OwnValues([]);
  readonly #matchers: readonly Matcher[];
  readonly #findings = new Map<string, LeakFinding & { readonly lastRow: number }>();
  #located = 0;

  constructor(searched: SearchedTable, tables: readonly OtherTable[], matchers = defaultMatchers()) {
    this.#searched = searched;
    this.#tables = tables.map((other) => ({ ...other, chance: new ChanceCount(0) }));
    this.#own = new OwnValues(searched.hidden);
    this.#matchers = matchers;
  }

  search(written: WrittenBatch, fieldOf: FieldOf): void {
    for (const other of this.#tables) {
      this.#matchers.some((matcher) => this.#searchBy(matcher, other, written, fieldOf));
    }
  }

  /** Search what is written around the records of a document. */
  searchAround(bytes: Buffer): void {
    const whole = { bytes, start: Int32Array.of(0), end: Int32Array.of(bytes.length), count: 1 };
    for (const { table, values, chance } of this.#tables) {
      this.#matchers.some((matcher) => {
        matcher.begin(values.filter);
        const texts = matcher.read(whole, this.#searched.withoutEscapes);
        if (texts === undefined) return false;
        matcher.candidates(texts, values.filter, (_, w, next) => {
          const from = texts.start[w]!;
          const to = texts.start[next]!;
          if (!values.hasOneOwner(texts.bytes, from, to, hashEight(texts.bytes, from))) return;
          if (areDigits(texts.bytes, from, to)) chance.other(0);
          else this.#found(table, 0, documentField);
        });
        return true;
      });
    }
  }

  findings(): readonly LeakFinding[] {
    const findings = [...this.#findings.values()].map(({ lastRow, ...finding }): LeakFinding => finding);
    for (const { table, values, chance } of this.#tables) {
      for (const { matches, firstRow } of chance.judge(values).beyond) {
        findings.push({ table, identifier: undefined, field: undefined, records: matches, firstRow });
      }
    }
    return findings.sort((a, b) => a.firstRow - b.firstRow);
  }

  /** False when the batch is too large for the matcher. */
  #searchBy(
    matcher: Matcher,
    { table, values, chance }: OtherTable & { readonly chance: ChanceCount },
    written: WrittenBatch,
    fieldOf: FieldOf,
  ): boolean {
    const { batch, columns, spliced } = written;
    matcher.begin(values.filter);
    const { bytes: output, start: starts, records: count, source } = spliced;
    const texts = matcher.read(
      { bytes: output, start: starts, end: starts.subarray(1), count },
      this.#searched.withoutEscapes,
    );
    if (texts === undefined || !this.#own.read(matcher, columns)) return false;
    for (let n = 0; n < texts.count; n++) {
      const weight = chance.next();
      if (weight > 0) chance.count(texts, n, weight, this.#none, values);
    }
    let lastWord = -1;
    matcher.candidates(texts, values.filter, (n, w, next) => {
      // The shortest of several is enough.
      if (w === lastWord) return;
      const { bytes, start } = texts;
      const from = start[w]!;
      const to = start[next]!;
      if (!values.hasOneOwner(bytes, from, to, hashEight(bytes, from))) return;
      const record = source[n]!;
      this.#own.turnTo(record);
      if (this.#own.holds(bytes, from, to)) return;
      const value = Buffer.from(bytes.subarray(from, to));
      const text = Buffer.from(bytes.subarray(textStart(texts, n), textStart(texts, n + 1)));
      if (this.#isInvented(written, record, text, value)) return;
      lastWord = w;
      const row = batch.firstRecord + record + 1;
      if (areDigits(bytes, from, to)) chance.other(row);
      else
        this.#found(
          table,
          row,
          this.#located++ < mostLocated ? fieldOf(n, (cell) => wordsOf(cell).includes(value)) : undefined,
        );
    });
    return true;
  }

  /** Does `value` stand in the text of record r only where a transform made it up? */
  #isInvented({ columns, values }: WrittenBatch, r: number, text: Buffer, value: Buffer): boolean {
    let invented = 0;
    for (const slot of this.#searched.invented) {
      const { record, count } = columns[slot]!;
      const { bytes, start, end, kept } = values[slot]!;
      for (let i = 0; i < count; i++) {
        if (record[i] === r && kept?.[i] !== 1)
          invented += occurrences(wordsOf(bytes.subarray(start[i], end[i])), value);
      }
    }
    return invented > 0 && occurrences(text, value) <= invented;
  }

  #found(table: string, row: number, field: string | undefined): void {
    const key = JSON.stringify([table, field]);
    const known = this.#findings.get(key);
    if (known?.lastRow === row) return;
    this.#findings.set(key, {
      table,
      identifier: undefined,
      field,
      firstRow: known?.firstRow ?? row,
      lastRow: row,
      records: (known?.records ?? 0) + 1,
    });
  }
}

/** Naming the field of a match is slow; behind this many matches they are counted only. */
const mostLocated = 2000;

/** The letters and digits of a text, as they are compared. */
function wordsOf(text: Buffer): Buffer {
  const words = new Words();
  words.append(text, 0, text.length);
  return words.bytes.subarray(0, words.length);
}

function occurrences(text: Buffer, value: Buffer): number {
  let count = 0;
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) count++;
  return count;
}
