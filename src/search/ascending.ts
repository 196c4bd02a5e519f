import { preferred } from './candidates.ts';
import type { Levels, SearchField } from './space.ts';

export interface Candidate {
  readonly levels: Levels;
  readonly floor: number;
}

/**
 * All generalizations by their floor, the least first. Best-first: since a floor does not fall when a level rises, what comes next is
 * what was taken with one level raised. Each is made once, from the one that has one level less in the last field that was raised.
 * Memory grows with what was taken, not with all there are: some 200 bytes for each that waits, and when more than `most` wait, the next
 * is the last.
 */
export function* ascending(
  fields: readonly SearchField[],
  floor: (levels: Levels) => number,
  most = 1_000_000,
): Generator<Candidate & { readonly last: boolean }> {
  const heap = new Heap();
  const lowest = fields.map((field) => field.lowest);
  heap.push({ levels: lowest, floor: floor(lowest), raised: 0 });
  for (let next = heap.pop(); next !== undefined; next = heap.pop()) {
    const last = heap.size > most;
    yield { levels: next.levels, floor: next.floor, last };
    if (last) return;
    for (let d = next.raised; d < fields.length; d++) {
      if (next.levels[d]! === fields[d]!.highest) continue;
      const levels = next.levels.with(d, next.levels[d]! + 1);
      heap.push({ levels, floor: floor(levels), raised: d });
    }
  }
}

interface Node extends Candidate {
  /** The last field whose level was raised. */
  readonly raised: number;
}

/** A binary heap; the least floor is on top. */
class Heap {
  readonly #nodes: Node[] = [];

  get size(): number {
    return this.#nodes.length;
  }

  push(node: Node): void {
    const nodes = this.#nodes;
    let at = nodes.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(node, nodes[parent]!)) break;
      nodes[at] = nodes[parent]!;
      at = parent;
    }
    nodes[at] = node;
  }

  pop(): Node | undefined {
    const nodes = this.#nodes;
    const top = nodes[0];
    const node = nodes.pop();
    if (top === undefined || node === undefined || nodes.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= nodes.length) break;
      if (child + 1 < nodes.length && isBefore(nodes[child + 1]!, nodes[child]!)) child++;
      if (!isBefore(nodes[child]!, node)) break;
      nodes[at] = nodes[child]!;
      at = child;
    }
    nodes[at] = node;
    return top;
  }
}

function isBefore(a: Node, b: Node): boolean {
  return a.floor !== b.floor ? a.floor < b.floor : preferred(a.levels, b.levels) < 0;
}
