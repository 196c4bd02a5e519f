import type { Steps } from '../base/steps.ts';

/**
 * The partition of numbers into groups of at least k that has the least sum of squared distances to the group means. S. Hansen and S.
 * Mukherjee ("A polynomial algorithm for optimal univariate microaggregation", IEEE TKDE 15, 2003): the groups of such a partition
 * are runs of the sorted numbers, none longer than 2k - 1, so it is the shortest path from 0 to n in the graph whose arc (i, j), k ≤
 * j - i < 2k, costs the squares of the run between. Time O(n log n + n k). Memory: 28 bytes a number until it returns.
 *
 * @param values at least k
 * @returns group of each value; groups are numbered from the smallest numbers up
 */
export function* univariateGroups(values: Float64Array, k: number): Steps<Int32Array> {
  const n = values.length;
  if (n < k) throw new RangeError('fewer numbers than a group takes');
  yield;
  const sorted = values.slice().sort();
  yield;
  const order = yield* orderOf(values, sorted);
  const sizes = lastSizes(sorted, k);
  yield;
  const groups = new Int32Array(n);
  let group = -1;
  for (let end = n; end > 0; end -= sizes[end]!, group--) {
    for (let i = end - sizes[end]!; i < end; i++) groups[order[i]!] = group;
  }
  // The last group was numbered -1, the first group + 1.
  return groups.map((number) => number - group - 1);
}

/** The values in their order, equal ones as they came: numbers alone are sorted far faster than by a comparison of ours. */
function* orderOf(values: Float64Array, sorted: Float64Array): Steps<Int32Array> {
  const order = new Int32Array(values.length);
  /** How many of the equal values that begin at a place have theirs. */
  const placed = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    if (i % valuesOfStep === 0) yield;
    let [from, to] = [0, sorted.length - 1];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (sorted[middle]! < values[i]!) from = middle + 1;
      else to = middle;
    }
    order[from + placed[from]!++] = i;
  }
  return order;
}

const valuesOfStep = 1 << 17;

/** sizes[i]: size of the last group in the best partition of the first i numbers. */
function lastSizes(sorted: Float64Array, k: number): Int32Array {
  const n = sorted.length;
  const sizes = new Int32Array(n + 1);
  const costs = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
  costs[0] = 0;
  for (let end = k; end <= n; end++) {
    // Mean and sum of squares grow with the run (B. P. Welford, Technometrics 4, 1962): differences of sums would cancel.
    let mean = 0;
    let squares = 0;
    const longest = Math.min(2 * k - 1, end);
    for (let size = 1; size <= longest; size++) {
      const value = sorted[end - size]!;
      const difference = value - mean;
      mean += difference / size;
      squares += difference * (value - mean);
      if (size < k) continue;
      const cost = costs[end - size]! + squares;
      if (cost < costs[end]!) {
        costs[end] = cost;
        sizes[end] = size;
      }
    }
  }
  return sizes;
}
