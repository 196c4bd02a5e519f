import type { Grouping } from '../grouping.ts';
import { type Labels, type Level, type SearchTable, totalWeight } from '../space.ts';
import type { LocalMeasure, Measure, MeasureDefinition } from './definition.ts';

/**
 * Each field loses the share of its domain that a value's label stands for, scaled so that 0 is nothing generalized and 1 all; a
 * suppressed record loses all of every field.
 */
const source = 'Iyengar, Transforming data to satisfy privacy constraints, KDD 2002, §3 (LM)';

export const loss: MeasureDefinition = {
  name: 'loss',
  summary: 'Share of each domain that values are generalized to, by the geometric mean over the fields.',
  source,
  bind: (table) => lossBy(table, geometric(table)),
  bindLocal: (table) => localLossBy(table, geometric(table)),
};

export const arithmeticLoss: MeasureDefinition = {
  name: 'arithmetic-loss',
  summary: 'Share of each domain that values are generalized to, by the arithmetic mean over the fields.',
  source,
  bind: (table) => lossBy(table, arithmetic(table)),
  bindLocal: (table) => localLossBy(table, arithmetic(table)),
};

/** How the losses of the fields become one; it grows with each of them. */
interface Mean {
  one(value: number, weight: number): number;
  join(before: number, one: number): number;
  readonly begin: number;
  end(all: number): number;
}

function geometric(table: SearchTable): Mean {
  const total = totalWeight(table);
  return {
    one: (value, weight) => (value + 1) ** (weight / total),
    join: (product, factor) => product * factor,
    begin: 1,
    end: (product) => product - 1,
  };
}

function arithmetic(table: SearchTable): Mean {
  const total = totalWeight(table);
  return {
    one: (value, weight) => (value * weight) / total,
    join: (sum, term) => sum + term,
    begin: 0,
    end: (sum) => sum,
  };
}

/** Loss of a field when the shares of all records sum up to `sum`. */
function lossOf(records: number, domain: number, sum: number): number {
  const least = records / domain;
  return records === least ? 0 : Math.max(0, (sum - least) / (records - least));
}

/** The share of the label of each value. By hand: `Float64Array.from` takes many times as long for a million of them. */
function sharesOf({ labelOf, share }: Level): Float64Array {
  const shares = new Float64Array(labelOf.length);
  for (let value = 0; value < shares.length; value++) shares[value] = share[labelOf[value]!]!;
  return shares;
}

function localLossBy({ fields, records }: SearchTable, mean: Mean): LocalMeasure {
  return {
    costs: fields.map(({ levels }) => levels.map(sharesOf)),
    score(sums, suppressed) {
      let all = mean.begin;
      fields.forEach(({ domain, weight }, d) => {
        all = mean.join(all, mean.one(lossOf(records, domain, sums[d]! + suppressed), weight));
      });
      return mean.end(all);
    },
  };
}

function lossBy(table: SearchTable, mean: Mean): Measure {
  const { fields, records, values, counts } = table;
  const sums = fields.map(({ levels }, d) => {
    const recordsOf = new Float64Array(levels[0]!.labelOf.length);
    for (let t = 0; t < counts.length; t++) recordsOf[values[d]![t]!]! += counts[t]!;
    return levels.map(({ labelOf, share }) => {
      let sum = 0;
      for (let value = 0; value < recordsOf.length; value++) sum += recordsOf[value]! * share[labelOf[value]!]!;
      return sum;
    });
  });
  const part = (d: number, sum: number): number => mean.one(lossOf(records, fields[d]!.domain, sum), fields[d]!.weight);
  const parts = sums.map((levels, d) => levels.map((sum) => part(d, sum)));

  function withExtra(levels: readonly number[], extra: Float64Array): number {
    let all = mean.begin;
    for (let d = 0; d < levels.length; d++) {
      const level = levels[d]!;
      all = mean.join(all, extra[d] === 0 ? parts[d]![level]! : part(d, sums[d]![level]! + extra[d]!));
    }
    return mean.end(all);
  }

  /** Of the sum of the shares of its labels. */
  function raise(
    d: number,
    { levels, size, example }: Grouping,
    suppressed: readonly number[],
    labels: Labels,
  ): number {
    const { share } = fields[d]!.levels[levels[d]!]!;
    let sum = 0;
    for (const c of suppressed) sum += size[c]! * (1 - share[labels[example[c]!]!]!);
    return sum;
  }

  return {
    floor(levels) {
      let all = mean.begin;
      for (let d = 0; d < levels.length; d++) all = mean.join(all, parts[d]![levels[d]!]!);
      return mean.end(all);
    },
    bound: (levels, { extra }) => withExtra(levels, extra),
    score({ grouping, labels, suppressed }) {
      const { levels } = grouping;
      const extra = Float64Array.from(levels, (level, d) => raise(d, grouping, suppressed, labels(d, level)));
      return withExtra(levels, extra);
    },
    raise,
  };
}
