import type { Steps } from '../base/steps.ts';
import { blocksOfPoints } from './blocks-of-points.ts';
import { mdav } from './mdav.ts';
import { NumberRows } from './number-rows.ts';
import { strataOf } from './strata.ts';
import { univariateGroups } from './univariate-groups.ts';

/** MDAV takes quadratic time: so many points take about 0.25 s, for k = 3 and four variables; more are cut into blocks. */
const largestBlock = 1 << 13;

/** Rows and groups that are done at once: some 20 ms. */
const rowsOfStep = 1 << 17;
const groupsOfStep = 1 << 14;

/** The numbers of one field by row; after `Microdata.aggregate` what takes their place, Infinity where nothing does. */
export class Variable extends NumberRows {
  readonly to: 'mean' | 'median';
  aggregated = 0;
  /** Values in whose place nothing stands. */
  emptied = 0;

  constructor(to: 'mean' | 'median') {
    super();
    this.to = to;
  }
}

/**
 * Fields that are microaggregated together. Rows that have values in the same of them are partitioned into groups of k to 2k - 1: of one
 * field optimally; of several by MDAV over values divided by their standard deviation, and in blocks of a k-d tree where there are
 * more than 8192 rows. In each group a field's values become their mean or median. The values of fewer than k such rows are taken
 * away.
 */
export class Microdata {
  readonly #k: number;
  readonly #variables: Variable[] = [];
  #done = false;
  /** How many groups there are. */
  groups = 0;

  constructor(k: number) {
    this.#k = k;
  }

  /** Add a field. */
  join(to: 'mean' | 'median'): Variable {
    const variable = new Variable(to);
    this.#variables.push(variable);
    return variable;
  }

  /** Put aggregates in the place of all values. Does nothing when it is called again. */
  *aggregate(): Steps<void> {
    if (this.#done) return;
    this.#done = true;
    const { order, ends } = strataOf(Math.max(0, ...this.#variables.map(({ rows }) => rows)), this.#variables);
    let from = 0;
    for (const to of ends) {
      const rows = order.subarray(from, to);
      const present = this.#variables.filter((variable) => variable.has(rows[0]!));
      if (rows.length < this.#k) for (const variable of present) empty(variable, rows);
      else yield* this.#aggregateRows(rows, present);
      from = to;
    }
  }

  *#aggregateRows(rows: Int32Array, variables: readonly Variable[]): Steps<void> {
    if (variables.length === 1) {
      const values = new Float64Array(rows.length);
      for (let n = 0; n < rows.length; n++) values[n] = variables[0]!.at(rows[n]!);
      yield* this.#replace(rows, yield* univariateGroups(values, this.#k), variables);
      return;
    }
    const width = variables.length;
    const points = standardized(rows, variables);
    for (const block of blocksOfPoints(points, width, Math.max(largestBlock, 4 * this.#k))) {
      const own = new Float64Array(block.length * width);
      for (let n = 0; n < block.length; n++) {
        own.set(points.subarray(block[n]! * width, (block[n]! + 1) * width), n * width);
      }
      const groups = mdav(own, width, this.#k);
      yield;
      yield* this.#replace(
        block.map((n) => rows[n]!),
        groups,
        variables,
      );
    }
  }

  /** groups[n] is the group of rows[n]. */
  *#replace(rows: Int32Array, groups: Int32Array, variables: readonly Variable[]): Steps<void> {
    const members: number[][] = [];
    for (let n = 0; n < rows.length; n++) {
      if (n % rowsOfStep === 0) yield;
      const group = groups[n]!;
      members[group] ??= [];
      members[group].push(rows[n]!);
    }
    this.groups += members.length;
    for (const variable of variables) {
      for (const [g, group] of members.entries()) {
        if (g % groupsOfStep === 0) yield;
        const values = Float64Array.from(group, (row) => variable.at(row));
        const aggregate = variable.to === 'mean' ? meanOf(values) : medianOf(values);
        for (const row of group) variable.set(row, aggregate);
      }
      variable.aggregated += rows.length;
    }
  }
}

function empty(variable: Variable, rows: Int32Array): void {
  for (const row of rows) variable.set(row, Number.POSITIVE_INFINITY);
  variable.emptied += rows.length;
}

/** rows × variables, each variable divided by its standard deviation over these rows. Where they are all equal, it says nothing. */
function standardized(rows: Int32Array, variables: readonly Variable[]): Float64Array {
  const width = variables.length;
  const points = new Float64Array(rows.length * width);
  variables.forEach((variable, d) => {
    let mean = 0;
    let squares = 0;
    for (let n = 0; n < rows.length; n++) {
      const difference = variable.at(rows[n]!) - mean;
      mean += difference / (n + 1);
      squares += difference * (variable.at(rows[n]!) - mean);
    }
    const deviation = Math.sqrt(squares / rows.length) || 1;
    for (let n = 0; n < rows.length; n++) points[n * width + d] = (variable.at(rows[n]!) - mean) / deviation;
  });
  return points;
}

/** In a way that keeps the mean of equal numbers that number. */
function meanOf(values: Float64Array): number {
  const [first = 0] = values;
  return first + values.reduce((sum, value) => sum + (value - first), 0) / values.length;
}

/** The middle one, or the mean of the middle two. */
function medianOf(values: Float64Array): number {
  values.sort();
  const half = values.length >> 1;
  return values.length % 2 === 1 ? values[half]! : meanOf(values.subarray(half - 1, half + 1));
}
