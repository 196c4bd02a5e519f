import type { Distribution } from '../table/classes.ts';
import type { Distance } from './equal-distance.ts';

/**
 * Earth mover's distance over values in a line, neighbours 1 / (m − 1) apart: Σ |cumulative p − cumulative q| / (m − 1).
 * (Li, Li, Venkatasubramanian 2007, §4.1: ordered distance.) `inOrder` are the codes of the m values that occur.
 *
 * Between two values of the class the cumulative p stands still while the cumulative q grows, so the sum over the stretch is a difference
 * of prefix sums on either side of where they cross: O(v log m) for a class of v values.
 */
export function orderedDistance({ counts, total }: Distribution, inOrder: Int32Array): Distance {
  const m = inOrder.length;
  const rank = new Map<number, number>();
  /** Records up to and with the value at a rank, and the sum of those over all ranks before. */
  const upTo = new Float64Array(m);
  const sums = new Float64Array(m + 1);
  let records = 0;
  inOrder.forEach((code, i) => {
    rank.set(code, i);
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

  return ({ codes, counts: own }, n) => {
    if (m < 2) return 0;
    const places = Array.from(codes, (code, i) => ({ at: rank.get(code)!, count: own[i]! })).sort(
      (a, b) => a.at - b.at,
    );
    let sum = 0;
    let from = 0;
    let soFar = 0;
    for (const { at, count } of places) {
      sum += stretch(from, at, soFar, n);
      from = at;
      soFar += count;
    }
    sum += stretch(from, m, soFar, n);
    return sum / (n * total * (m - 1));
  };
}
