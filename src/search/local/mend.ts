import type { Steps } from '../../base/steps.ts';
import type { Criterion } from '../../models/definition.ts';
import type { Classes, Distribution, Histogram, PopulationClasses } from '../../table/classes.ts';
import type { LocalClasses } from './classes.ts';

/**
 * Join each class that fails a model to the neighbour with which the records lose least, until none fails or none is left to join. Two
 * classes that satisfy a model do so together, whichever of the models it is, since these are bounds on counts or on convex functions
 * of frequencies; so what is joined to a class never has to be parted again. `before` are the classes as they are, `population`
 * what stands behind them while they are joined, `bind` binds the models to classes.
 */
export function* mend(
  classes: LocalClasses,
  before: Classes,
  population: PopulationClasses | undefined,
  bind: (classes: Classes) => readonly Criterion[],
): Steps<void> {
  const joined = new JoinedClasses(before, population);
  const criteria = bind(joined);
  const previous = Int32Array.from({ length: classes.count }, (_, c) => c - 1);
  const next = Int32Array.from({ length: classes.count }, (_, c) => (c + 1 < classes.count ? c + 1 : -1));
  const unlink = (c: number): void => {
    if (previous[c]! >= 0) next[previous[c]!] = next[c]!;
    if (next[c]! >= 0) previous[next[c]!] = previous[c]!;
  };
  for (let c = 0; c < classes.count; c++) if (classes.size[c] === 0) unlink(c);
  for (let c = 0; c < classes.count; c++) {
    yield;
    if (classes.size[c] === 0) continue;
    for (let at = c; !criteria.every((criterion) => criterion.satisfied(at)); ) {
      const other = nearer(classes, at, previous[at]!, next[at]!);
      if (other < 0) break;
      // The larger one takes the smaller: then none is moved often.
      const [to, from] = classes.size[other]! > classes.size[at]! ? [other, at] : [at, other];
      classes.join(to, from);
      joined.join(to, from);
      unlink(from);
      at = to;
    }
  }
}

/** With which of two classes does class c lose less in sum? -1: with neither can it be joined. */
function nearer(classes: LocalClasses, c: number, one: number, other: number): number {
  const extra = (to: number): number =>
    to < 0
      ? Number.POSITIVE_INFINITY
      : (classes.size[c]! + classes.size[to]!) * classes.costOfBoth(c, to) - classes.size[to]! * classes.cost[to]!;
  const a = extra(one);
  const b = extra(other);
  if (a === Number.POSITIVE_INFINITY && b === Number.POSITIVE_INFINITY) return -1;
  return a <= b ? one : other;
}

/** Classes that are joined one by one. Memory: for each class that was joined and looked at, a count for each of its sensitive values. */
class JoinedClasses implements Classes {
  readonly count: number;
  readonly population?: PopulationClasses;
  readonly #before: Classes;
  readonly #size: Int32Array;
  readonly #records: Int32Array;
  /** The classes that were joined to a class; none where it is as it was. */
  readonly #members = new Map<number, number[]>();
  readonly #histograms = new Map<string, Map<number, Growing>>();

  constructor(before: Classes, population: PopulationClasses | undefined) {
    this.count = before.count;
    if (population !== undefined) this.population = population;
    this.#before = before;
    this.#size = Int32Array.from({ length: before.count }, (_, c) => before.size(c));
    this.#records = Int32Array.from({ length: before.count }, (_, c) => before.records(c));
  }

  /** Bound to their object, as models hold them by themselves. */
  readonly size = (c: number): number => this.#size[c]!;
  readonly records = (c: number): number => this.#records[c]!;

  distribution(field: string): Distribution {
    return this.#before.distribution(field);
  }

  histogram(field: string, c: number): Histogram {
    const members = this.#members.get(c);
    if (members === undefined) return this.#before.histogram(field, c);
    const growing = this.#growing(field, c);
    for (; growing.members < members.length; growing.members++) {
      const { codes, counts } = this.#before.histogram(field, members[growing.members]!);
      for (let i = 0; i < codes.length; i++) {
        growing.counts.set(codes[i]!, (growing.counts.get(codes[i]!) ?? 0) + counts[i]!);
      }
    }
    return { codes: Int32Array.from(growing.counts.keys()), counts: Int32Array.from(growing.counts.values()) };
  }

  join(to: number, from: number): void {
    this.#size[to]! += this.#size[from]!;
    this.#size[from] = 0;
    this.#records[to]! += this.#records[from]!;
    this.#records[from] = 0;
    const members = this.#members.get(to) ?? [to];
    for (const member of this.#members.get(from) ?? [from]) members.push(member);
    this.#members.set(to, members);
    this.#members.delete(from);
    for (const of of this.#histograms.values()) of.delete(from);
  }

  #growing(field: string, c: number): Growing {
    const of = this.#histograms.get(field) ?? new Map<number, Growing>();
    this.#histograms.set(field, of);
    const growing = of.get(c) ?? { counts: new Map(), members: 0 };
    of.set(c, growing);
    return growing;
  }
}

/** Counts by code, of the first so many members. */
interface Growing {
  readonly counts: Map<number, number>;
  members: number;
}
