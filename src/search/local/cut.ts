import type { Steps } from '../../base/steps.ts';
import type { SearchTable } from '../space.ts';
import type { Work } from '../work.ts';
import type { FieldLabels } from './labels.ts';

/** What another class is worth, as what one record loses in all of a field: at nearly the same loss, smaller classes tell more. */
export const classWorth = 2;

/**
 * Where an order of tuples is to be cut into classes of at least `least` records so that the records lose least in sum: the first of each
 * class. Of all ways to cut this order the best one, by dynamic programming (Hansen, Mukherjee, A polynomial algorithm for optimal
 * univariate microaggregation, IEEE TKDE 15(4), 2003, here for a loss by labels); for a large `least` tuples are taken in runs of up to a
 * sixteenth of it. Tuples that have no label in common are never in one class, so one of fewer records remains where there are too few.
 * Time: tuples × least × fields, but never more than 48 runs for each; when the work is spent, classes are no longer than they must be.
 */
export function* cut(
  { values, counts }: SearchTable,
  labels: readonly FieldLabels[],
  order: Int32Array,
  least: number,
  work: Work,
): Steps<number[]> {
  const width = labels.length;
  const levels = new Uint8Array(width);
  const runs = yield* runsOf(order);
  const starts: number[] = [];
  for (let from = 0; from < runs.length; ) {
    const to = yield* cellEnd(from);
    for (const run of yield* cutCell(from, to)) starts.push(runs[run]!.from);
    from = to;
  }
  return starts;

  /** Neighbours of the order, up to a sixteenth of `least` records together, all in one cell. */
  function* runsOf(order: Int32Array): Steps<Run[]> {
    const most = least / 16;
    const made: Run[] = [];
    for (let i = 0; i < order.length; i++) {
      if (i % tuplesOfStep === 0) yield;
      const t = order[i]!;
      const run = made.at(-1);
      if (run !== undefined && run.records + counts[t]! <= most && meets(run.tuple, t)) {
        run.records += counts[t]!;
        for (let d = 0; d < width; d++) run.levels[d] = Math.max(run.levels[d]!, level(d, run.tuple, t));
      } else made.push({ from: i, tuple: t, records: counts[t]!, levels: Uint8Array.from(labels, (l) => l.lowest) });
    }
    return made;
  }

  function level(d: number, t: number, other: number): number {
    return labels[d]!.common(values[d]![t]!, values[d]![other]!);
  }

  /** Can they be in one class? */
  function meets(t: number, other: number): boolean {
    for (let d = 0; d < width; d++) if (level(d, t, other) === labels[d]!.none) return false;
    return true;
  }

  function* cellEnd(from: number): Steps<number> {
    let to = from + 1;
    while (to < runs.length && meets(runs[from]!.tuple, runs[to]!.tuple)) if (to++ % tuplesOfStep === 0) yield;
    return to;
  }

  /** The first run of each class of a cell. */
  function* cutCell(from: number, to: number): Steps<number[]> {
    const count = to - from;
    /** best[i]: the loss of the first i runs; before[i]: where their last class begins. */
    const best = new Float64Array(count + 1).fill(Number.POSITIVE_INFINITY);
    const before = new Int32Array(count + 1);
    best[0] = 0;
    for (let begin = 1; begin <= count; begin += runsOfStep) {
      yield;
      cutBefore(begin, Math.min(count + 1, begin + runsOfStep));
    }
    if (best[count] === Number.POSITIVE_INFINITY) return [from];
    const firsts: number[] = [];
    for (let i = count; i > 0; i = before[i]!) firsts.push(from + before[i]!);
    return firsts.reverse();

    /** Find the best last class of the first i runs, for i in [begin, end). */
    function cutBefore(begin: number, end: number): void {
      for (let i = begin; i < end; i++) {
        const last = runs[from + i - 1]!;
        levels.set(last.levels);
        const most = work.spent() ? least : 3 * least;
        let size = 0;
        for (let j = i - 1; j >= 0; j--) {
          const run = runs[from + j]!;
          size += run.records;
          work.spend(width * stepsOfLabel);
          let cost = 0;
          for (let d = 0; d < width; d++) {
            const met = Math.max(levels[d]!, run.levels[d]!, level(d, last.tuple, run.tuple));
            levels[d] = met;
            cost += labels[d]!.costs[met]![values[d]![last.tuple]!]!;
          }
          if (size < least) continue;
          const loss = best[j]! + size * cost - classWorth;
          if (loss < best[i]!) {
            best[i] = loss;
            before[i] = j;
          }
          // A class that is much larger could be cut; unless what is before it makes none.
          if (size >= most && best[i]! < Number.POSITIVE_INFINITY) break;
        }
      }
    }
  }
}

/** To find where two values meet. */
const stepsOfLabel = 10;
const runsOfStep = 256;
const tuplesOfStep = 1 << 15;

interface Run {
  /** Its first place in the order. */
  readonly from: number;
  /** Its first tuple. */
  readonly tuple: number;
  records: number;
  /** Where its tuples meet. */
  readonly levels: Uint8Array;
}
