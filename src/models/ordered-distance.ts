import type { Distribution, Histogram } from '../table/classes.ts';
import type { Distance } from './equal-distance.ts';

/**
 * Earth mover's distance over values in a line, neighbours 1 / (m − 1) apart: Σ |cumulative p − cumulative q| / (m − 1).
 * (Li, Li, Venkatasubramanian 2007, §4.1: ordered distance.) `inOrder` are the codes of the m values that occur.
 *
 * Between two values of the class the cumulative p stands still while the cumulative q grows, so the sum over the stretch is a difference
 * of prefix sums on either side of where they cross: O(v log m) for a class of v values; or O(m), where that is less.
 */
export function orderedDistance({ counts, total }: Distribution, inOrder: Int32Array): Distance {
  const m = inOrder.length;
  const rank = new Int32Array(counts.length);
  /** Records up to and with the value at a rank, and the sum of those over all ranks before. */
  const upTo = new Float64Array(m);
  const sums = new Float64Array(m + 1);
  let records = 0;
  inOrder.forEach((code, i) => {
    rank[code] = i;
    records += counts[code]!;
    upTo[i] = records;
    sums[i + 1] = sums[i]! + records;
  });

  /** Σ |cumulative p − cumulative q| · n · N over ranks [from, to), where `own` records of the class stand below or there. */
  function stretch(from: number, to: number, own: number, n: number): number {
    let crossing = from;
    for (let high = to; crossing < high; ) {
      const middle = (crossing + high) >>> 1;
      if (upTo[middle]! * n < own * total) crossing = middle + 1;
      else high = middle;
    }
    const belowIt = own * total * (crossing - from) - (sums[crossing]! - sums[from]!) * n;
    const aboveIt = (sums[to]! - sums[crossing]!) * n - own * total * (to - crossing);
    return belowIt + aboveIt;
  }

  function byStretches({ codes, counts: own }: Histogram, n: number): number {
    const places = Array.from(codes, (code, i) => ({ at: rank[code]!, count: own[i]! })).sort((a, b) => a.at - b.at);
    let sum = 0;
    let from = 0;
    let soFar = 0;
    for (const { at, count } of places) {
      sum += stretch(from, at, soFar, n);
      from = at;
      soFar += count;
    }
    return sum + stretch(from, m, soFar, n);
  }

  const atRank = new Int32Array(m);
  function byRanks({ codes, counts: own }: Histogram, n: number): number {
    for (let i = 0; i < codes.length; i++) atRank[rank[codes[i]!]!] = own[i]!;
    let sum = 0;
    let soFar = 0;
    for (let i = 0; i < m; i++) {
      soFar += atRank[i]!;
      sum += Math.abs(soFar * total - upTo[i]! * n);
    }
    atRank.fill(0);
    return sum;
  }

  return (histogram, n) => {
    if (m < 2) return 0;
    const isDense = histogram.codes.length * stepsOfStretch > m;
    return (isDense ? byRanks : byStretches)(histogram, n) / (n * total * (m - 1));
  };
}

/** A stretch takes as long as so many ranks. */
const stepsOfStretch = 16;
