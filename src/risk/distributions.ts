import { type Counts as Counted, type Marginals, textsOf } from './marginals.ts';

/**
 * Fewest records in a cell that is shown: the Centers for Medicare & Medicaid Services let out none of 1 to 10 (CMS Cell Size
 * Suppression Policy, 2020).
 */
export const smallestCell = 11;

/** Cells that are shown, at most. */
const mostCells = 12;

/** How the values of a field are distributed in a source and its release, small cells hidden. */
export interface FieldDistribution {
  readonly field: string;
  /** The cells of both are the same: numbers in bins, or values. */
  readonly comparable: boolean;
  readonly source: Distribution;
  readonly release: Distribution;
}

export interface Distribution {
  readonly records: number;
  /** Each of `smallestCell` records or more; none where no value has so many. */
  readonly cells: readonly { readonly label: string; readonly records: number }[];
  /** Records in cells that are not shown. */
  readonly hidden: number;
}

/** Distributions of field f of both files, its numbers in bins unless they are `codes`; null where one has more distinct values than are counted. */
export function distributionOf(
  field: string,
  f: number,
  source: Marginals,
  release: Marginals,
  codes = false,
): FieldDistribution | null {
  const [counted, countedAfter] = [source.counts(f), release.counts(f)];
  if (counted === null || countedAfter === null) return null;
  const values = mapOf(counted);
  const [numbers, written] = codes ? [null, null] : [numbersOf(source, f), numbersOf(release, f)];
  const bins = (file: Marginals, width: number) => binned(numbersOf(file, f)!, file.counts(f)!.nulls, width);
  if (numbers !== null && written !== null) {
    const width = binWidth(numbers, written);
    if (width !== undefined) return { field, comparable: true, ...shown(bins(source, width), bins(release, width)) };
  }
  // Numbers that are no longer numbers have bins of their own.
  const own = written === null && numbers !== null ? binWidth(numbers, numbers) : undefined;
  const before = own === undefined ? grouped(values) : bins(source, own);
  const after = grouped(mapOf(countedAfter));
  const shared = [...before.keys()].filter((value) => after.has(value)).length;
  if (shared * 2 >= Math.max(before.size, after.size)) return { field, comparable: true, ...shown(before, after) };
  const none: Counts = new Map();
  return { field, comparable: false, source: shown(before, none).source, release: shown(none, after).release };
}

/** Values behind `=`; '' for none. */
type Counts = ReadonlyMap<string, number>;

function mapOf(counted: Counted): Counts {
  const values = textsOf(counted).map((text, n): [string, number] => [`=${text}`, counted.counts[n]!]);
  return new Map(counted.nulls === 0 ? values : [...values, ['', counted.nulls]]);
}

const noValue = '(no value)';

/** Values as labels; dates by their year, or by their decade where there are many. */
function grouped(values: Counts): Counts {
  const entries = [...values].map(([key, count]) => [key === '' ? noValue : key.slice(1), count] as const);
  if (!entries.every(([value]) => value === noValue || /^\d{4}-\d{2}-\d{2}(?:T|$)/.test(value)))
    return new Map(entries);
  const years = sums(entries.map(([value, count]) => [value === noValue ? value : value.slice(0, 4), count]));
  if (years.size <= mostCells) return years;
  return sums([...years].map(([year, count]) => [year === noValue ? year : `${year.slice(0, 3)}0s`, count]));
}

type Numbers = readonly (readonly [value: number, count: number])[];

function numbersOf(file: Marginals, f: number): Numbers | null {
  const numbers = file.numbers(f);
  return numbers && Array.from(numbers.values, (value, i) => [value, numbers.counts[i]!] as const);
}

/** 1, 2 or 5 times a power of ten, for at most ten bins or so; undefined where there are few. */
function binWidth(before: Numbers, after: Numbers): number | undefined {
  if (Math.max(before.length, after.length) <= mostCells) return undefined;
  const most = Math.max(before.at(-1)![0], after.at(-1)![0]);
  const range = most - Math.min(before[0]![0], after[0]![0]);
  const power = 10 ** Math.floor(Math.log10(range / 10));
  return [1, 2, 5, 10].map((step) => step * power).find((width) => range / width <= 10);
}

function binned(numbers: Numbers, nulls: number, width: number): Counts {
  const digits = Math.max(0, -Math.floor(Math.log10(width)));
  const bins = numbers.map(([value, count]): [string, number] => {
    const bin = Math.floor(value / width);
    return [`${(bin * width).toFixed(digits)} to ${((bin + 1) * width).toFixed(digits)}`, count];
  });
  return sums(nulls === 0 ? bins : [...bins, [noValue, nulls]]);
}

function sums(entries: readonly (readonly [label: string, count: number])[]): Counts {
  const counts = new Map<string, number>();
  for (const [label, count] of entries) counts.set(label, (counts.get(label) ?? 0) + count);
  return counts;
}

/** The cells that are large in one of the files, those that most records have, but for those that are small in the file. */
function shown(before: Counts, after: Counts): Pick<FieldDistribution, 'source' | 'release'> {
  const larger = (label: string) => Math.max(before.get(label) ?? 0, after.get(label) ?? 0);
  const large = [...new Set([...before.keys(), ...after.keys()])].filter((label) => larger(label) >= smallestCell);
  const labels = large.sort((a, b) => larger(b) - larger(a) || byText(a, b)).slice(0, mostCells);
  // What begins with a number goes by it: years, bins, intervals such as `[18,35)`.
  if (labels.every((label) => label === noValue || /^\W?\W?\d/.test(label))) {
    labels.sort((a, b) => firstNumber(a) - firstNumber(b) || byText(a, b));
  }
  const side = (counts: Counts): Distribution => {
    const records = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const cells = labels.flatMap((label) => {
      const count = counts.get(label) ?? 0;
      return count >= smallestCell ? [{ label, records: count }] : [];
    });
    return { records, cells, hidden: records - cells.reduce((sum, cell) => sum + cell.records, 0) };
  };
  return { source: side(before), release: side(after) };
}

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}

/** Missing values come last. */
function firstNumber(label: string): number {
  const number = /-?\d+(?:\.\d+)?/.exec(label)?.[0];
  return number === undefined ? Number.MAX_VALUE : Number(number);
}
