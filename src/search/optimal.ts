import type { Steps } from '../base/steps.ts';
import { ascending } from './ascending.ts';
import { createBounds } from './bounds.ts';
import { isWithin, preferred, promising } from './candidates.ts';
import { createGrouper, type Grouping } from './grouping.ts';
import type { Measure } from './measures/definition.ts';
import { createRollUp } from './roll-up.ts';
import type { Levels, SearchTable } from './space.ts';

/** The privacy models of a search. */
export interface Judge {
  /** All records of a class of fewer records fail. */
  readonly least: number;
  /** When classes are joined of which one passes, the whole passes: then more generalization never suppresses more. */
  readonly monotone: boolean;
  /** Classes that fail. */
  failing(grouping: Grouping): readonly number[];
  /** What it took so far beside looking at classes once, in labels of tuples that are read. */
  work?(): number;
  /** In place of `failing`, where some records of a class may fail and others not. */
  apart?(grouping: Grouping): Apart;
}

/** A grouping whose classes are parted into records that fail and others. */
export interface Apart {
  readonly grouping: Grouping;
  readonly failing: readonly number[];
  /** Those of them whose records fail at all levels that are nowhere higher. */
  readonly sure: readonly number[];
  /** Classes that are written. */
  readonly classes: number;
}

export interface SearchRequest {
  readonly table: SearchTable;
  readonly measure: Measure;
  readonly judge: Judge;
  /** Records that may be suppressed. */
  readonly allowed: number;
  /** Labels of tuples that may be read, all generalizations together: the same on every machine, unlike time. */
  readonly budget: number;
  /** More candidates than this are not listed but taken by their floor, the least first. */
  readonly mostCandidates?: number;
}

export interface SearchResult {
  readonly levels: Levels;
  readonly score: number;
  readonly suppressedRecords: number;
  /** Classes that are written. */
  readonly classes: number;
  /** No generalization scores less. */
  readonly proven: boolean;
  /** No generalization that is allowed scores less than this. */
  readonly bound: number;
  /** Generalizations whose classes were counted. */
  readonly evaluated: number;
}

/**
 * The generalization with the least score among those that suppress no more than allowed; undefined when none is found.
 *
 * A descent from the top finds a good one; where there are very many candidates, exchanges of levels between fields a better one, for half
 * of the budget at most. Candidates are then all whose floor, the score without suppression, is no higher. They are
 * taken from the most general down: what is suppressed at one is suppressed at all that are finer, which bounds their scores from below,
 * as do the classes of two and of three fields alone. What remains is counted, by rolling up what was counted before. Where half of the
 * budget does not suffice for that, or there are very many, they are taken by their floor: of what is left open, the least is a bound.
 * (Bounds by projections extend El Emam et al., OLA, JAMIA 2009, and Kohlmayer et al., Flash, PASSAT 2012.)
 */
export function* findOptimal(request: SearchRequest): Steps<SearchResult | undefined> {
  const { table, measure, judge, allowed, budget, mostCandidates = 1_000_000 } = request;
  const { fields } = table;
  const grouper = createGrouper(table);
  const rollUp = createRollUp(grouper, fields);
  let looked = 0;
  const work = (): number => grouper.work() + bounds.work() + (judge.work?.() ?? 0) + looked;
  const spent = (): boolean => work() > budget;
  const bounds = createBounds(table, grouper, judge.least, allowed, measure, spent);
  let best: Omit<SearchResult, 'proven' | 'bound' | 'evaluated'> | undefined;
  /** Nothing above can be better than the best. */
  let worth = Number.POSITIVE_INFINITY;
  /** Levels whose classes were counted, and whether too much is suppressed wherever no level is higher. */
  const judged = new Map<string, boolean>();
  const nothing = new Float64Array(fields.length);

  /** Count the classes, once. Is too much suppressed here and wherever no level is higher? */
  function evaluate(levels: Levels): boolean {
    const name = levels.join();
    const known = judged.get(name);
    if (known !== undefined) return known;
    const isHopeless = count(levels);
    judged.set(name, isHopeless);
    return isHopeless;
  }

  function count(levels: Levels): boolean {
    const grouped = rollUp.group(levels);
    looked += grouped.count * classCost;
    const { grouping, failing, sure, classes } = judge.apart?.(grouped) ?? whole(grouped);
    const suppressedRecords = recordsOf(grouping, failing);
    const records = recordsOf(grouping, sure);
    // Models bound counts, or convex functions of frequencies: where all classes satisfy them, so do those that they are joined into.
    const hopeless = records > allowed || (allowed === 0 && suppressedRecords > 0);
    bounds.learn(
      levels,
      hopeless ? { records: allowed + 1, extra: nothing } : { records, extra: extraOf(grouping, sure) },
    );
    if (suppressedRecords > allowed) return hopeless;
    const score = measure.score({ grouping, labels: grouper.labels, suppressed: failing, suppressedRecords });
    if (best === undefined || isBetter({ levels, score }, best)) {
      worth = score + Math.abs(score) * rounding;
      best = { levels, score, suppressedRecords, classes };
    }
    return hopeless;
  }

  /** Classes that fail as wholes. */
  function whole(grouping: Grouping): Apart {
    const failing = judge.failing(grouping);
    // Small classes are parts of nothing but smaller ones; whether others fail when they are split, only a monotone model says.
    const sure = judge.monotone ? failing : failing.filter((c) => grouping.size[c]! < judge.least);
    return { grouping, failing, sure, classes: grouping.count - failing.length };
  }

  /** By how much leaving out these classes raises what each field loses. */
  function extraOf(grouping: Grouping, classes: readonly number[]): Float64Array {
    const { raise } = measure;
    if (raise === undefined) return nothing;
    return Float64Array.from(grouping.levels, (level, d) => raise(d, grouping, classes, grouper.labels(d, level)));
  }

  /** Go to the neighbour that scores least as long as one scores less, or until so much work is done. */
  function* improve(begin: Levels, neighbours: (levels: Levels) => readonly Levels[], most: number): Steps<void> {
    let levels = begin;
    let prepared = levels;
    for (let better = true; better; ) {
      better = false;
      const before = levels;
      for (const candidate of neighbours(before)) {
        if (work() > most) return;
        if (measure.floor(candidate) > worth || !(yield* isOpen(candidate))) continue;
        if (!isWithin(prepared, candidate)) {
          prepared = fields.map(({ lowest }, d) => Math.max(lowest, before[d]! - stepsAhead));
          rollUp.prepare(prepared);
        }
        evaluate(candidate);
        yield;
        if (best === undefined || best.levels !== candidate) continue;
        levels = candidate;
        better = true;
      }
    }
  }

  /** One level less in a field. */
  function lowered(levels: Levels): Levels[] {
    return fields.flatMap(({ lowest }, d) => (levels[d]! > lowest ? [levels.with(d, levels[d]! - 1)] : []));
  }

  /** One level more in a field for one less in another. */
  function exchanged(levels: Levels): Levels[] {
    return fields.flatMap(({ highest }, d) =>
      levels[d]! < highest ? lowered(levels.with(d, levels[d]! + 1)).filter((to) => to[d]! > levels[d]!) : [],
    );
  }

  /** Look at three fields at a time, where counting in each of these subsets once takes a small part of the budget. */
  function refine(): void {
    if (table.counts.length * fields.length ** 3 * subsetCost <= budget / 10) bounds.refine();
  }

  /** Could the candidate be better than the best? */
  function* isOpen(levels: Levels): Steps<boolean> {
    const least = yield* bounds.least(levels);
    return least !== undefined && (measure.bound ?? measure.floor)(levels, least) <= worth;
  }

  /** The most general first. False when half of the budget is spent before all are looked at. */
  function* sweep(candidates: readonly Levels[]): Steps<boolean> {
    let counted = 0;
    for (const levels of candidates) {
      if (work() > budget / 2) return false;
      if (bounds.excludes(levels) || measure.floor(levels) > worth || !(yield* isOpen(levels))) continue;
      if (counted++ === refineAfter) refine();
      evaluate(levels);
      yield;
    }
    return true;
  }

  /** All by their floor, the least first. Returns the least floor of what was left open when the budget was spent; infinity when nothing was. */
  function* climb(): Steps<number> {
    let more = knownLooks;
    let counted = 0;
    for (const { levels, floor, last } of ascending(fields, measure.floor)) {
      if (floor > worth) break;
      if (last) return floor;
      looked += fields.length * candidateCost;
      if (judged.has(levels.join())) continue;
      if (!(yield* isOpen(levels))) {
        // What is known closes more of them, for nothing.
        if (spent() && more-- === 0) return floor;
        continue;
      }
      if (counted++ === refineAfter) refine();
      if (spent() || !(yield* settle(levels))) return floor;
    }
    return Number.POSITIVE_INFINITY;
  }

  /**
   * Count the classes of `begin`, or find that too much is suppressed there: on the way up on which the floor grows least, by halving (as
   * Kohlmayer et al., Flash, PASSAT 2012), the last generalization that suppresses too much. Whatever is below it does so, too, and that is
   * far more than what is below `begin`. False when the budget is spent before.
   */
  function* settle(begin: Levels): Steps<boolean> {
    const way = wayUp(begin);
    looked += way.length * fields.length * candidateCost;
    let [low, high] = [-1, way.length];
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      const levels = way[middle]!;
      const isHopeless = (yield* bounds.least(levels)) === undefined || evaluate(levels);
      if (isHopeless) low = middle;
      else high = middle;
      yield;
      if (spent() && low < 0 && high > 0) return false;
    }
    return true;
  }

  /** Levels one by one higher, those by which the floor grows least, while they may be better than the best. */
  function wayUp(begin: Levels): Levels[] {
    const way: Levels[] = [];
    for (let levels: Levels | undefined = begin; levels !== undefined; ) {
      way.push(levels);
      const before: Levels = levels;
      levels = undefined;
      let least = worth;
      for (let d = 0; d < fields.length; d++) {
        if (before[d] === fields[d]!.highest) continue;
        const next = before.with(d, before[d]! + 1);
        const floor = measure.floor(next);
        if (floor > least) continue;
        least = floor;
        levels = next;
      }
    }
    return way;
  }

  bounds.refine();
  bounds.refine();
  const top = fields.map(({ highest }) => highest);
  evaluate(top);
  yield* improve(top, lowered, budget);
  const candidates = promising(fields, measure.floor, worth, mostCandidates);
  // Too many to look at each: what is found first matters more.
  if (candidates === undefined && best !== undefined) {
    yield* improve(best.levels, (levels) => [...lowered(levels), ...exchanged(levels)], budget / 2);
  }
  const isDone = candidates !== undefined && (yield* sweep(candidates));
  const open = isDone ? Number.POSITIVE_INFINITY : yield* climb();
  if (best === undefined) return undefined;
  return { ...best, proven: open >= best.score, bound: Math.min(open, best.score), evaluated: judged.size };
}

interface Scored {
  readonly levels: Levels;
  readonly score: number;
}

/** Scores that differ by rounding alone are equal: their factors were multiplied in another order. */
function isBetter(one: Scored, other: Scored): boolean {
  const difference = one.score - other.score;
  const none = Math.abs(other.score) * rounding;
  return Math.abs(difference) <= none ? preferred(one.levels, other.levels) < 0 : difference < 0;
}

function recordsOf({ size }: Grouping, classes: readonly number[]): number {
  let records = 0;
  for (const c of classes) records += size[c]!;
  return records;
}

/** Bounds are sums in another order than scores: differences below this share are none. */
const rounding = 1e-12;
/** What models ask of a class takes as long as to read so many labels. */
const classCost = 8;
/** To put a candidate in its place and take it out again, for each field. */
const candidateCost = 40;
/** What a descent groups in advance is so many levels further down in each field. */
const stepsAhead = 2;
/** To count in all subsets of three fields, by tuple and the third power of the fields: 15 labels for each of a sixth of these. */
const subsetCost = 2.5;
/** So many candidates are still compared with what is known when the budget is spent. */
const knownLooks = 20_000;
/** Counting in subsets of three fields pays once so many candidates have passed those before. */
const refineAfter = 24;
