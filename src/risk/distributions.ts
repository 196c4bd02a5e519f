import type { Steps } from '../base/steps.ts';
import type { Counts, Marginals, Numbers } from './marginals.ts';

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
export function* distributionOf(
  field: string,
  f: number,
  source: Marginals,
  release: Marginals,
  codes = false,
): Steps<FieldDistribution | null> {
  const [counted, countedAfter] = [source.counts(f), release.counts(f)];
  if (counted === null || countedAfter === null) return null;
  yield;
  const numbers = codes ? null : source.numbers(f);
  yield;
  const written = codes ? null : release.numbers(f);
  yield;
  if (numbers !== null && written !== null) {
    const width = binWidth(numbers, written);
    if (width !== undefined) {
      const [before, after] = [binned(numbers, counted.nulls, width), binned(written, countedAfter.nulls, width)];
      return { field, comparable: true, ...shown(before, after) };
    }
  }
  // Numbers that are no longer numbers have bins of their own.
  const own = written === null && numbers !== null ? binWidth(numbers, numbers) : undefined;
  const before = own === undefined ? grouped(counted) : binned(numbers!, counted.nulls, own);
  const after = grouped(countedAfter);
  if (yield* halfShared(before, after)) return { field, comparable: true, ...shown(before, after) };
  return { field, comparable: false, source: shown(before, none).source, release: shown(none, after).release };
}

/** The cells of a file: values, years, bins. */
interface Cells {
  /** How many there are. */
  readonly size: number;
  readonly records: number;
  /** Their labels, one after the other. */
  labels(): Iterable<string>;
  /** Records of a cell; 0 where there is none. */
  of(label: string): number;
  /** Labels of the cells of so many records or more. */
  ofRecords(least: number): string[];
}

function cellsOf(counts: ReadonlyMap<string, number>): Cells {
  return {
    size: counts.size,
    records: [...counts.values()].reduce((sum, count) => sum + count, 0),
    labels: () => counts.keys(),
    of: (label) => counts.get(label) ?? 0,
    ofRecords: (least) => [...counts].flatMap(([label, count]) => (count >= least ? [label] : [])),
  };
}

/** A cell for each value. They may be a million: no text is made that is not asked for. */
function valueCells(counted: Counts): Cells {
  const { counts, nulls, text } = counted;
  return {
    size: counts.length + (nulls === 0 ? 0 : 1),
    records: counts.reduce((sum, count) => sum + count, nulls),
    *labels() {
      for (let n = 0; n < counts.length; n++) yield text(n);
      if (nulls > 0) yield noValue;
    },
    of: (label) => counted.of(label) + (label === noValue ? nulls : 0),
    ofRecords(least) {
      const labels = new Set<string>();
      for (let n = 0; n < counts.length; n++) if (counts[n]! >= least) labels.add(text(n));
      if (nulls >= least) labels.add(noValue);
      return [...labels];
    },
  };
}

const none = cellsOf(new Map());
const noValue = '(no value)';

/** Is every other cell, at least, one of both? */
function* halfShared(before: Cells, after: Cells): Steps<boolean> {
  const most = Math.max(before.size, after.size);
  if (Math.min(before.size, after.size) * 2 < most) return false;
  let [looked, shared] = [0, 0];
  for (const label of before.labels()) {
    if (looked++ % labelsOfStep === 0) yield;
    if (after.of(label) > 0) shared++;
  }
  return shared * 2 >= most;
}

/** Labels that are looked up at once: some 20 ms. */
const labelsOfStep = 1 << 14;

/** Values as labels; dates by their year, or by their decade where there are many. */
function grouped(counted: Counts): Cells {
  const { counts, nulls, text } = counted;
  const years = new Map<string, number>();
  for (let n = 0; n < counts.length; n++) {
    const value = text(n);
    if (!/^\d{4}-\d{2}-\d{2}(?:T|$)/.test(value)) return valueCells(counted);
    add(years, value.slice(0, 4), counts[n]!);
  }
  const nulled = nulls === 0 ? [] : [[noValue, nulls] as const];
  if (years.size + nulled.length <= mostCells) return cellsOf(new Map([...years, ...nulled]));
  const decades = new Map<string, number>();
  for (const [year, count] of years) add(decades, `${year.slice(0, 3)}0s`, count);
  return cellsOf(new Map([...decades, ...nulled]));
}

function add(counts: Map<string, number>, label: string, count: number): void {
  counts.set(label, (counts.get(label) ?? 0) + count);
}

/** 1, 2 or 5 times a power of ten, for at most ten bins or so; undefined where there are few. */
function binWidth({ values: before }: Numbers, { values: after }: Numbers): number | undefined {
  if (Math.max(before.length, after.length) <= mostCells) return undefined;
  const most = Math.max(before.at(-1)!, after.at(-1)!);
  const range = most - Math.min(before[0]!, after[0]!);
  const power = 10 ** Math.floor(Math.log10(range / 10));
  return [1, 2, 5, 10].map((step) => step * power).find((width) => range / width <= 10);
}

function binned({ values, counts }: Numbers, nulls: number, width: number): Cells {
  const digits = Math.max(0, -Math.floor(Math.log10(width)));
  const bins = new Map<number, number>();
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor(values[i]! / width);
    bins.set(bin, (bins.get(bin) ?? 0) + counts[i]!);
  }
  const labelled = [...bins].map(
    ([bin, count]) => [`${(bin * width).toFixed(digits)} to ${((bin + 1) * width).toFixed(digits)}`, count] as const,
  );
  return cellsOf(new Map(nulls === 0 ? labelled : [...labelled, [noValue, nulls]]));
}

/** The cells that are large in one of the files, those that most records have, but for those that are small in the file. */
function shown(before: Cells, after: Cells): Pick<FieldDistribution, 'source' | 'release'> {
  const large = new Set([...before.ofRecords(smallestCell), ...after.ofRecords(smallestCell)]);
  const larger = new Map([...large].map((label) => [label, Math.max(before.of(label), after.of(label))]));
  const labels = [...large].sort((a, b) => larger.get(b)! - larger.get(a)! || byText(a, b)).slice(0, mostCells);
  // What begins with a number goes by it: years, bins, intervals such as `[18,35)`.
  if (labels.every((label) => label === noValue || /^\W?\W?\d/.test(label))) {
    labels.sort((a, b) => firstNumber(a) - firstNumber(b) || byText(a, b));
  }
  const side = ({ records, of }: Cells): Distribution => {
    const cells = labels.flatMap((label) => (of(label) >= smallestCell ? [{ label, records: of(label) }] : []));
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
