import type { Steps } from '../../base/steps.ts';
import type { SearchTable } from '../space.ts';
import type { Work } from '../work.ts';
import type { LocalClasses } from './classes.ts';
import { classWorth } from './cut.ts';

/**
 * Move tuples to classes nearby where the records of both classes lose less in sum, as long as `least` records stay behind. Classes are
 * near by their numbers. Time: tuples × 2 `reach`, for each round; it ends when the work is spent.
 */
export function* relocate({ counts }: SearchTable, classes: LocalClasses, least: number, work: Work): Steps<void> {
  for (let round = 0; round < rounds; round++) {
    let moved = 0;
    for (let from = 0; from < counts.length; from += tuplesOfStep) {
      if (work.spent()) return;
      moved += moveEach(from, Math.min(counts.length, from + tuplesOfStep));
      yield;
    }
    if (moved === 0) return;
  }

  /** Returns how many of tuples [from, to) were moved. */
  function moveEach(from: number, to: number): number {
    let moved = 0;
    for (let t = from; t < to && !work.spent(); t++) {
      work.spend(stepsOfTuple);
      const gain = gainWithout(t);
      if (gain <= rounding) continue;
      const into = cheapest(t, gain - rounding);
      if (into < 0) continue;
      classes.move(t, into);
      moved++;
    }
    return moved;
  }

  /** What the others of its class lose less without tuple t, and t itself; 0 where they are too few without it. */
  function gainWithout(t: number): number {
    const c = classes.classOf[t]!;
    const rest = classes.size[c]! - counts[t]!;
    const now = classes.size[c]! * classes.cost[c]!;
    if (rest === 0) return now - classWorth;
    return rest < least ? 0 : now - rest * classes.costWithout(c, t);
  }

  /** The class nearby that loses least by taking tuple t, if less than `limit`; or -1. */
  function cheapest(t: number, limit: number): number {
    const { size, cost } = classes;
    const own = classes.classOf[t]!;
    const count = counts[t]!;
    let best = -1;
    let least = limit;
    for (let c = Math.max(0, own - reach); c <= Math.min(classes.count - 1, own + reach); c++) {
      if (c === own || size[c] === 0) continue;
      const before = size[c]! * cost[c]!;
      const after = size[c]! + count;
      const extra = after * classes.costWith(c, t, (before + least) / after) - before;
      if (extra >= least) continue;
      least = extra;
      best = c;
    }
    return best;
  }
}

/** Classes on either side that a tuple may go to. Three times as many, and more rounds, gain 0.4 % of the loss of Adult, for five times the time. */
const reach = 16;
const rounds = 2;
/** To look for another class for a tuple. */
const stepsOfTuple = 1000;
const tuplesOfStep = 256;
/** Sums in another order: differences below this are none. */
const rounding = 1e-9;
