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
 * as do the classes of two and of three fields alone. What remains is counted, by rolling up what was counted before.
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
  const bounds = createBounds(table, grouper, judge.least, allowed, spent);
  let best: Omit<SearchResult, 'proven' | 'bound' | 'evaluated'> | undefined;
  /** Nothing above can be better than the best. */
  let worth = Number.POSITIVE_INFINITY;
  let evaluated = 0;
  const nothing = new Float64Array(fields.length);

  /** Count the classes. */
  function evaluate(levels: Levels): void {
    const grouped = rollUp.group(levels);
    evaluated++;
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
    if (suppressedRecords > allowed) return;
    const score = measure.score({ grouping, labels: grouper.labels, suppressed: failing, suppressedRecords });
    if (best === undefined || isBetter({ levels, score }, best)) {
      worth = score + Math.abs(score) * rounding;
      best = { levels, score, suppressedRecords, classes };
    }
  }

  /** Classes that fail as wholes. */
  function whole(grouping: Grouping): Apart {
    const failing = judge.failing(grouping);
    // Small classes are parts of nothing but smaller ones; whether others fail when they are split, only a monotone model says.
    const sure = judge.monotone ? failing : failing.filter((c) => grouping.size[c]! < judge.least);
    return { grouping, failing, sure, classes: grouping.count - failing.length };
  }

  /** By how much leaving out these classes raises the sum of shares of each field. */
  function extraOf({ levels, size, example }: Grouping, classes: readonly number[]): Float64Array {
    return Float64Array.from(fields, (field, d) => {
      const { share } = field.levels[levels[d]!]!;
      const labels = grouper.labels(d, levels[d]!);
      let sum = 0;
      for (const c of classes) sum += size[c]! * (1 - share[labels[example[c]!]!]!);
      return sum;
    });
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

  /** Could the candidate be better than the best? */
  function* isOpen(levels: Levels): Steps<boolean> {
    const least = yield* bounds.least(levels);
    return least !== undefined && measure.bound(levels, least) <= worth;
  }

  /** The least floor of what was left open when the budget was spent; infinity when nothing was. */
  function* sweep(candidates: readonly Levels[]): Steps<number> {
    let counted = 0;
    for (const [i, levels] of candidates.entries()) {
      if (spent()) return Math.min(...chunks(candidates.slice(i)).map((part) => Math.min(...part.map(measure.floor))));
      if (measure.floor(levels) > worth || !(yield* isOpen(levels))) continue;
      if (counted++ === refineAfter) bounds.refine();
      evaluate(levels);
      yield;
    }
    return Number.POSITIVE_INFINITY;
  }

  function* climb(): Steps<number> {
    let counted = 0;
    for (const { levels, floor, last } of ascending(fields, measure.floor)) {
      if (floor > worth) break;
      if (last || spent()) return floor;
      looked += fields.length * candidateCost;
      if (!(yield* isOpen(levels))) continue;
      if (counted++ === refineAfter) bounds.refine();
      evaluate(levels);
      yield;
    }
    return Number.POSITIVE_INFINITY;
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
  const open = yield* candidates === undefined ? climb() : sweep(candidates);
  if (best === undefined) return undefined;
  return { ...best, proven: open >= best.score, bound: Math.min(open, best.score), evaluated };
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

function chunks<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / 1000) }, (_, i) => items.slice(1000 * i, 1000 * (i + 1)));
}

/** Bounds are sums in another order than scores: differences below this share are none. */
const rounding = 1e-12;
/** What models ask of a class takes as long as to read so many labels. */
const classCost = 8;
/** To put a candidate in its place and take it out again, for each field. */
const candidateCost = 40;
/** What a descent groups in advance is so many levels further down in each field. */
const stepsAhead = 2;
/** Counting in subsets of three fields pays once so many candidates have passed those before. */
const refineAfter = 24;
