import { type Recognizer, recognizesName } from '../detect/definition.ts';
import type { SlotColumn } from '../engine/gather.ts';
import { typeCheckOf } from '../engine/value-types.ts';
import type { FieldRule } from '../policy/policy.ts';
import { Kind } from '../table/column.ts';
import { Dictionary } from '../table/dictionary.ts';

/** How often something was seen, and in which records first, from 1. */
export interface Sightings {
  readonly count: number;
  readonly rows: readonly number[];
}

/** What is known of the values of a field, without any of them. */
export interface FieldProfile {
  /** Column name, or the selector of a JSON field. */
  readonly name: string;
  readonly rule: FieldRule;
  /** Values that are not null. */
  readonly values: number;
  readonly nulls: Sightings;
  /** Distinct values, up to `mostDistinct`. */
  readonly distinct: number;
  /** Distinct values that recognizers have searched, up to `mostSearched`; 0 where none was asked to. */
  readonly searched: number;
  /** Most decimal digits in a value; undefined where not every distinct value was looked at. */
  readonly mostDigits: number | undefined;
  /** Share of the distinct values with five words or more. */
  readonly wordy: number;
  /** Of the values that read as numbers; the standard deviation is that of the population. */
  readonly numbers: { readonly count: number; readonly mean: number; readonly deviation: number };
  /** Values that are not of the field's type. */
  readonly wrongType: Sightings;
  /** Values of the type that the first transform cannot read. */
  readonly unreadable: Sightings;
  /** By recognizer: values that hold what it finds. */
  readonly recognized: ReadonlyMap<string, Sightings>;
}

export interface TableProfile {
  readonly file: string;
  readonly records: number;
  readonly fields: readonly FieldProfile[];
}

export const mostDistinct = 1_000_000;
/** A telephone number takes 20 µs to be looked for. */
export const mostSearched = 50_000;
const shownRows = 5;

export interface ProfileOptions {
  /** Can the first transform read the value? Undefined: not known. */
  readonly reads: ((text: string) => boolean) | undefined;
  readonly recognizers: readonly Recognizer[];
}

/** Collects what `FieldProfile` says. Memory: the distinct values, and two bytes for each. */
export function createFieldProfiler(name: string, rule: FieldRule, { reads, recognizers }: ProfileOptions) {
  const typeCheck = typeCheckOf(rule.type);
  const known = new Dictionary();
  /** By code: can it be read, and which recognizers find something in it. */
  const readable: boolean[] = [];
  const foundIn: (readonly string[])[] = [];
  const nulls = counter();
  const wrongType = counter();
  const unreadable = counter();
  const recognized = new Map<string, Counter>();
  const spread = { count: 0, mean: 0, squares: 0 };
  let values = 0;
  let wordy = 0;
  let mostDigits = 0;
  let searched = 0;

  /** What is told of each distinct value once. Values beyond the limit are looked at each time, by themselves. */
  function learn(text: string): void {
    readable.push(reads?.(text) ?? true);
    if (text.split(/\s+/, 5).length === 5) wordy++;
    mostDigits = Math.max(mostDigits, text.match(/\p{Nd}/gu)?.length ?? 0);
    const search = recognizers.length > 0 && searched < mostSearched;
    if (search) searched++;
    foundIn.push(search ? recognizers.flatMap((r) => (holds(r, text, name) ? [r.name] : [])) : []);
  }

  return {
    /** Values of a batch; `firstRecord` counts the records before it. */
    add(cells: SlotColumn, firstRecord: number): void {
      for (let i = 0; i < cells.count; i++) {
        const row = firstRecord + cells.record[i]! + 1;
        if (cells.kind[i] === Kind.null) {
          nulls.add(row);
          continue;
        }
        values++;
        const [from, to] = [cells.start[i]!, cells.end[i]!];
        if (cells.kind[i] === Kind.invalid || (typeCheck !== undefined && !typeCheck(cells.bytes, from, to))) {
          wrongType.add(row);
          continue;
        }
        const code = known.size < mostDistinct ? known.code(cells.bytes, from, to) : known.find(cells.bytes, from, to);
        if (code === readable.length) learn(known.text(code));
        if (code >= 0 && !readable[code]) unreadable.add(row);
        for (const recognizer of code < 0 ? [] : foundIn[code]!) {
          const seen = recognized.get(recognizer) ?? counter();
          recognized.set(recognizer, seen);
          seen.add(row);
        }
        addNumber(spread, Number(cells.bytes.toString('latin1', from, Math.min(to, from + 32))), from === to);
      }
    },
    profile(): FieldProfile {
      const { count, mean, squares } = spread;
      return {
        name,
        rule,
        values,
        nulls,
        distinct: known.size,
        searched,
        mostDigits: known.size < mostDistinct && wrongType.count === 0 ? mostDigits : undefined,
        wordy: readable.length === 0 ? 0 : wordy / readable.length,
        numbers: { count, mean, deviation: count === 0 ? 0 : Math.sqrt(squares / count) },
        wrongType,
        unreadable,
        recognized,
      };
    },
  };
}

/** Every number of enough digits is a telephone number somewhere: those count where the name of the field says so, or with signs. */
function holds(recognizer: Recognizer, text: string, field: string): boolean {
  const matches = recognizer.find(text, { countries: undefined });
  if (matches.length === 0) return false;
  return !/^[\d.]+$/.test(text) || recognizesName(recognizer, field);
}

interface Counter extends Sightings {
  add(row: number): void;
}

function counter(): Counter {
  const rows: number[] = [];
  let count = 0;
  return {
    rows,
    get count() {
      return count;
    },
    add(row) {
      count++;
      if (rows.length < shownRows && rows.at(-1) !== row) rows.push(row);
    },
  };
}

/** Welford, "Note on a method for calculating corrected sums of squares and products", Technometrics 4(3), 1962. */
function addNumber(spread: { count: number; mean: number; squares: number }, value: number, empty: boolean): void {
  if (empty || !Number.isFinite(value)) return;
  spread.count++;
  const delta = value - spread.mean;
  spread.mean += delta / spread.count;
  spread.squares += delta * (value - spread.mean);
}
