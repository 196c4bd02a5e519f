import type { SearchField } from '../space.ts';

/** A quasi-identifier as local recoding sees it: where two values meet, and what a record loses there. */
export class FieldLabels {
  /** costs[level][value]: what a record of this value loses at a level. Infinite at `none`. */
  readonly costs: readonly Float64Array[];
  /** The level of values that nowhere meet. */
  readonly none: number;
  readonly lowest: number;
  readonly #labelOf: readonly Int32Array[];
  readonly #size: number;
  /** common[a × size + b], where there are few values. */
  readonly #common: Uint8Array | undefined;

  /** `costs[level]` are by value; of the levels up to `highest` those from `lowest` on may be chosen. */
  constructor(field: SearchField, costs: readonly Float64Array[], weight: number) {
    const { levels, lowest, highest } = field;
    this.lowest = lowest;
    this.none = highest + 1;
    this.#labelOf = levels.slice(0, this.none).map(({ labelOf }) => labelOf);
    this.#size = levels[0]!.labelOf.length;
    this.costs = [
      ...costs.slice(0, this.none).map((of) => of.map((cost) => cost * weight)),
      new Float64Array(this.#size).fill(Number.POSITIVE_INFINITY),
    ];
    this.#common = this.#size <= mostListed ? this.#everyPair() : undefined;
  }

  /** The lowest level at which two values bear one label. */
  common(a: number, b: number): number {
    return this.#common === undefined ? this.#meet(a, b) : this.#common[a * this.#size + b]!;
  }

  /** The label of each value at a level; undefined at `none`, where all are together. */
  labelsAt(level: number): Int32Array | undefined {
    return this.#labelOf[level];
  }

  #meet(a: number, b: number): number {
    let level = this.lowest;
    while (level < this.none && this.#labelOf[level]![a] !== this.#labelOf[level]![b]) level++;
    return level;
  }

  #everyPair(): Uint8Array {
    const size = this.#size;
    const common = new Uint8Array(size * size);
    for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) common[a * size + b] = this.#meet(a, b);
    return common;
  }
}

/** A table of all pairs of so many values takes 1 MiB. */
const mostListed = 1024;
