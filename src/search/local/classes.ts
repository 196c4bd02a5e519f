import type { Steps } from '../../base/steps.ts';
import type { SearchTable } from '../space.ts';
import type { FieldLabels } from './labels.ts';

/** Classes that are made at once: some 10 ms. */
const classesOfStep = 1 << 12;

/**
 * Classes of tuples under local recoding: in each field the tuples of a class bear the label of the lowest level at which their values
 * meet. Memory: 8 bytes a tuple, and 12 + 5 × fields bytes a class.
 */
export class LocalClasses {
  readonly count: number;
  /** Fields. */
  readonly width: number;
  /** Class of each tuple. */
  readonly classOf: Int32Array;
  /** Records of each class; 0: it was given up. */
  readonly size: Int32Array;
  /** What each record of a class loses. */
  readonly cost: Float64Array;
  /** levels[c × fields + d] */
  readonly levels: Uint8Array;
  readonly #labels: readonly FieldLabels[];
  readonly #table: SearchTable;
  /** A value of each class in each field. */
  readonly #values: Int32Array;
  /** The tuples of a class in a chain, ended by -1. */
  readonly #first: Int32Array;
  readonly #next: Int32Array;

  /** Class c is order[starts[c], starts[c + 1]). */
  static *of(
    table: SearchTable,
    labels: readonly FieldLabels[],
    order: Int32Array,
    starts: readonly number[],
  ): Steps<LocalClasses> {
    const classes = new LocalClasses(table, labels, order.length, starts.length);
    for (let c = 0; c < classes.count; c++) {
      if (c % classesOfStep === 0) yield;
      for (let i = (starts[c + 1] ?? order.length) - 1; i >= starts[c]!; i--) classes.#link(c, order[i]!);
      classes.#measure(c);
    }
    return classes;
  }

  private constructor(table: SearchTable, labels: readonly FieldLabels[], tuples: number, count: number) {
    const width = labels.length;
    this.count = count;
    this.width = width;
    this.#table = table;
    this.#labels = labels;
    this.classOf = new Int32Array(tuples);
    this.size = new Int32Array(this.count);
    this.cost = new Float64Array(this.count);
    this.levels = new Uint8Array(this.count * width).fill(255);
    this.#values = new Int32Array(this.count * width);
    this.#first = new Int32Array(this.count).fill(-1);
    this.#next = new Int32Array(tuples);
  }

  /** A value of class c in field d. */
  value(c: number, d: number): number {
    return this.#values[c * this.#labels.length + d]!;
  }

  /** The level of class c in field d. */
  level(c: number, d: number): number {
    return this.levels[c * this.#labels.length + d]!;
  }

  /** What each record would lose in class c with tuple t; infinite where that is more than `limit`. */
  costWith(c: number, t: number, limit = Number.POSITIVE_INFINITY): number {
    const labels = this.#labels;
    const { values } = this.#table;
    let cost = 0;
    for (let d = 0, at = c * labels.length; d < labels.length; d++, at++) {
      const value = this.#values[at]!;
      const level = Math.max(this.levels[at]!, labels[d]!.common(value, values[d]![t]!));
      cost += labels[d]!.costs[level]![value]!;
      if (cost > limit) return Number.POSITIVE_INFINITY;
    }
    return cost;
  }

  /** What each record of class c would lose without tuple t, which is not its only one. */
  costWithout(c: number, t: number): number {
    const labels = this.#labels;
    const { values } = this.#table;
    const some = this.#first[c] === t ? this.#next[t]! : this.#first[c]!;
    let cost = 0;
    for (let d = 0; d < labels.length; d++) {
      const of = values[d]!;
      const now = this.levels[c * labels.length + d]!;
      let level = labels[d]!.lowest;
      for (let u = some; u >= 0 && level < now; u = this.#next[u]!) {
        if (u !== t) level = Math.max(level, labels[d]!.common(of[some]!, of[u]!));
      }
      cost += labels[d]!.costs[level]![of[some]!]!;
    }
    return cost;
  }

  /** What each record would lose in both classes together; infinite where they have no label in common. */
  costOfBoth(c: number, other: number): number {
    const labels = this.#labels;
    let cost = 0;
    for (let d = 0; d < labels.length; d++) {
      const at = c * labels.length + d;
      cost += labels[d]!.costs[this.#commonLevel(c, other, d)]![this.#values[at]!]!;
    }
    return cost;
  }

  move(t: number, to: number): void {
    const from = this.classOf[t]!;
    if (this.#first[from] === t) this.#first[from] = this.#next[t]!;
    else {
      let before = this.#first[from]!;
      while (this.#next[before] !== t) before = this.#next[before]!;
      this.#next[before] = this.#next[t]!;
    }
    this.size[from]! -= this.#table.counts[t]!;
    this.#measure(from);
    this.cost[to] = this.costWith(to, t);
    for (let d = 0, at = to * this.#labels.length; d < this.#labels.length; d++, at++) {
      const common = this.#labels[d]!.common(this.#values[at]!, this.#table.values[d]![t]!);
      this.levels[at] = Math.max(this.levels[at]!, common);
    }
    this.#link(to, t);
  }

  /** All of class `from` goes to class `to`. */
  join(to: number, from: number): void {
    const width = this.#labels.length;
    const cost = this.costOfBoth(to, from);
    for (let d = 0; d < width; d++) this.levels[to * width + d] = this.#commonLevel(to, from, d);
    for (let t = this.#first[from]!; t >= 0; ) {
      const next = this.#next[t]!;
      this.#link(to, t);
      t = next;
    }
    this.cost[to] = cost;
    this.#first[from] = -1;
    this.size[from] = 0;
    this.cost[from] = 0;
  }

  #commonLevel(c: number, other: number, d: number): number {
    const at = c * this.#labels.length + d;
    const by = other * this.#labels.length + d;
    const common = this.#labels[d]!.common(this.#values[at]!, this.#values[by]!);
    return Math.max(this.levels[at]!, this.levels[by]!, common);
  }

  /** The levels and the loss of class c by its tuples; no level is higher than it was. */
  #measure(c: number): void {
    const labels = this.#labels;
    const { values } = this.#table;
    const first = this.#first[c]!;
    let cost = 0;
    for (let d = 0, at = c * labels.length; first >= 0 && d < labels.length; d++, at++) {
      const of = values[d]!;
      const value = of[first]!;
      const before = this.levels[at]!;
      let level = labels[d]!.lowest;
      for (let t = first; t >= 0 && level < before; t = this.#next[t]!) {
        level = Math.max(level, labels[d]!.common(value, of[t]!));
      }
      this.#values[at] = value;
      this.levels[at] = level;
      cost += labels[d]!.costs[level]![value]!;
    }
    this.cost[c] = cost;
  }

  #link(c: number, t: number): void {
    this.#next[t] = this.#first[c]!;
    this.#first[c] = t;
    this.classOf[t] = c;
    this.size[c]! += this.#table.counts[t]!;
  }
}
