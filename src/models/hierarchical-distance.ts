import type { Distribution } from '../table/classes.ts';
import type { Distance } from './equal-distance.ts';

/** A tree over values, all leaves as deep as each other. */
export interface Tree {
  /** Levels above the values, at least 1. */
  readonly height: number;
  /** above[code]: the node of level 1 above a value. */
  readonly above: Int32Array;
  /** parent[node]; -1 above the root. */
  readonly parent: Int32Array;
}

/**
 * Earth mover's distance over the leaves of a tree, two leaves level / height of their lowest common ancestor apart: the sum over inner
 * nodes of (level / height) · min(positive excess, negative excess of its children). (Li, Li, Venkatasubramanian 2007, §4.2:
 * hierarchical distance.)
 *
 * What a node's children have too little of is what they have too much of, less the node's own excess; so children without a value of
 * the class need not be visited: O(v · height) for a class of v values.
 */
export function hierarchicalDistance(
  { codes, counts, total }: Distribution,
  { height, above, parent }: Tree,
): Distance {
  const all = new Float64Array(parent.length);
  for (const code of codes) for (let node = above[code]!; node >= 0; node = parent[node]!) all[node]! += counts[code]!;
  const own = new Float64Array(parent.length);
  const positive = new Float64Array(parent.length);
  return (histogram, n) => {
    let nodes = new Set<number>();
    for (let i = 0; i < histogram.codes.length; i++) {
      const code = histogram.codes[i]!;
      const node = above[code]!;
      own[node]! += histogram.counts[i]!;
      positive[node]! += Math.max(0, histogram.counts[i]! * total - counts[code]! * n);
      nodes.add(node);
    }
    let cost = 0;
    for (let level = 1; nodes.size > 0; level++) {
      const next = new Set<number>();
      for (const node of nodes) {
        const excess = own[node]! * total - all[node]! * n;
        cost += level * Math.min(positive[node]!, positive[node]! - excess);
        const up = parent[node]!;
        if (up >= 0) {
          own[up]! += own[node]!;
          positive[up]! += Math.max(0, excess);
          next.add(up);
        }
        own[node] = 0;
        positive[node] = 0;
      }
      nodes = next;
    }
    return cost / (height * n * total);
  };
}
