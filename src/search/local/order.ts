import type { Steps } from '../../base/steps.ts';
import type { SearchTable } from '../space.ts';
import type { Work } from '../work.ts';
import type { FieldLabels } from './labels.ts';

/**
 * The tuples of a table in an order in which those that are alike stand together: from the top down, a set is parted by the field whose
 * next level spares most for each part, discounting parts of fewer than `least` records (top-down partitioning as in LeFevre, DeWitt,
 * Ramakrishnan, Mondrian, ICDE 2006, over hierarchies in place of medians). The smallest part comes first, so that what is too small for
 * a class of its own has others of the kind beside it. Time: the tuples times the levels of all fields, at most; when the work is
 * spent, only what nowhere meets is parted further.
 */
export function* topDownOrder(
  { values, counts }: SearchTable,
  labels: readonly FieldLabels[],
  least: number,
  work: Work,
): Steps<Int32Array> {
  const order = Int32Array.from({ length: counts.length }, (_, t) => t);
  const scratch = new Int32Array(counts.length);
  const parts = new Parts(labels);

  /** What is still to be parted, the next one last; `above` are levels at which the tuples of order[from, to) bear one label. */
  const open: { readonly from: number; readonly to: number; readonly above: Uint8Array }[] = [];

  function part({ from, to, above }: (typeof open)[number]): void {
    const levels = above.slice();
    if (work.spent() && levels.every((level, d) => level < labels[d]!.none)) return;
    work.spend((to - from) * labels.length * stepsOfPart);
    let best = -1;
    let most = Number.NEGATIVE_INFINITY;
    for (let d = 0; d < labels.length; d++) {
      levels[d] = descend(d, levels[d]!, from, to);
      if (levels[d] === labels[d]!.lowest) continue;
      const gain = gainOf(d, levels[d]!, from, to);
      if (gain <= most) continue;
      most = gain;
      best = d;
    }
    if (best < 0) return;
    levels[best]!--;
    const bounds = sort(best, levels[best]!, from, to);
    for (let i = bounds.length - 1; i > 0; i--) {
      if (bounds[i]! - bounds[i - 1]! > 1) open.push({ from: bounds[i - 1]!, to: bounds[i]!, above: levels });
    }
  }

  /** The level below which not all bear one label. */
  function descend(d: number, from: number, begin: number, end: number): number {
    const of = values[d]!;
    let level = from;
    for (; level > labels[d]!.lowest; level--) {
      const labelOf = labels[d]!.labelsAt(level - 1)!;
      const first = labelOf[of[order[begin]!]!];
      for (let i = begin + 1; i < end; i++) if (labelOf[of[order[i]!]!] !== first) return level;
    }
    return level;
  }

  function gainOf(d: number, level: number, from: number, to: number): number {
    const { costs, none } = labels[d]!;
    // What nowhere meets is parted first.
    if (level === none) return Number.POSITIVE_INFINITY;
    const labelOf = labels[d]!.labelsAt(level - 1)!;
    const of = values[d]!;
    const before = costs[level]!;
    const after = costs[level - 1]!;
    let spared = 0;
    let records = 0;
    for (let i = from; i < to; i++) {
      const t = order[i]!;
      const value = of[t]!;
      const count = counts[t]!;
      spared += count * (before[value]! - after[value]!);
      records += count;
      parts.add(labelOf[value]!, count);
    }
    let small = 0;
    const { found } = parts;
    for (const label of found) if (parts.sums[label]! < least) small += parts.sums[label]!;
    const gain = (spared * (1 - small / records)) / found.length;
    parts.clear();
    return gain;
  }

  /** Put order[from, to) in the order of their labels, the rarest first. Returns where each label begins, and the end. */
  function sort(d: number, level: number, from: number, to: number): number[] {
    const labelOf = labels[d]!.labelsAt(level)!;
    const of = values[d]!;
    for (let i = from; i < to; i++) parts.add(labelOf[of[order[i]!]!]!, 1);
    const { found, sums } = parts;
    found.sort((a, b) => sums[a]! - sums[b]! || a - b);
    const bounds = [from];
    for (const label of found) {
      bounds.push(bounds.at(-1)! + sums[label]!);
      sums[label] = bounds.at(-2)!;
    }
    for (let i = from; i < to; i++) scratch[sums[labelOf[of[order[i]!]!]!]!++] = order[i]!;
    parts.clear();
    order.set(scratch.subarray(from, to), from);
    return bounds;
  }

  if (order.length > 1) open.push({ from: 0, to: order.length, above: Uint8Array.from(labels, ({ none }) => none) });
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    part(next);
    yield;
  }
  return order;
}

/** To look at a tuple in a field. */
const stepsOfPart = 8;

/** Sums by label, of the labels that were found. */
class Parts {
  readonly sums: Int32Array;
  found: number[] = [];

  constructor(labels: readonly FieldLabels[]) {
    let most = 0;
    for (const { costs } of labels) most = Math.max(most, costs[0]!.length);
    this.sums = new Int32Array(most);
  }

  add(label: number, count: number): void {
    if (this.sums[label] === 0) this.found.push(label);
    this.sums[label]! += count;
  }

  clear(): void {
    for (const label of this.found) this.sums[label] = 0;
    this.found = [];
  }
}
