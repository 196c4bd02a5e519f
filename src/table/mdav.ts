/**
 * Maximum distance to average vector: groups of k to 2k - 1 points that lie close together. J. Domingo-Ferrer and V. Torra ("Ordinal,
 * continuous and heterogeneous k-anonymity through microaggregation", Data Mining and Knowledge Discovery 11, 2005), algorithm
 * MDAV-generic, with Euclidean distances; first J. Domingo-Ferrer and J. M. Mateo-Sanz, IEEE TKDE 14, 2002. Of several points at one
 * distance the first is taken. Time: about 3 n² / 4k distances. Memory: 8 × (width + 1) + 8 bytes a point until it returns.
 *
 * @param points n × width, row after row; n at least k
 * @returns group of each point, from 0 in the order in which the groups were formed
 */
export function mdav(points: Float64Array, width: number, k: number): Int32Array {
  const rest = new Rest(points, width);
  if (rest.count < k) throw new RangeError('fewer points than a group takes');
  const groups = new Int32Array(rest.count);
  let group = 0;
  while (rest.count >= 3 * k) {
    rest.measureFrom(rest.centroid());
    const extreme = rest.farthest();
    rest.measureFrom(extreme);
    rest.takeNearest(k, groups, group++);
    const opposite = rest.farthest();
    rest.measureFrom(opposite);
    rest.takeNearest(k, groups, group++);
  }
  if (rest.count >= 2 * k) {
    rest.measureFrom(rest.centroid());
    rest.measureFrom(rest.farthest());
    rest.takeNearest(k, groups, group++);
  }
  rest.takeNearest(rest.count, groups, group);
  return groups;
}

/** The points that are in no group yet. */
class Rest {
  readonly #width: number;
  readonly #points: Float64Array;
  readonly #numbers: Int32Array;
  /** Squared distance of each from what was measured from last. */
  readonly #distances: Float64Array;
  readonly #sums: Float64Array;
  count: number;

  constructor(points: Float64Array, width: number) {
    this.#width = width;
    this.count = points.length / width;
    this.#points = points.slice();
    this.#numbers = Int32Array.from({ length: this.count }, (_, i) => i);
    this.#distances = new Float64Array(this.count);
    this.#sums = new Float64Array(width);
    for (let i = 0; i < points.length; i++) this.#sums[i % width]! += points[i]!;
  }

  centroid(): Float64Array {
    return this.#sums.map((sum) => sum / this.count);
  }

  measureFrom(point: Float64Array): void {
    const width = this.#width;
    const points = this.#points;
    const distances = this.#distances;
    const { count } = this;
    for (let i = 0, at = 0; i < count; i++) {
      let sum = 0;
      for (let d = 0; d < width; d++, at++) {
        const difference = points[at]! - point[d]!;
        sum += difference * difference;
      }
      distances[i] = sum;
    }
  }

  /** The point that is farthest from what was measured from. */
  farthest(): Float64Array {
    const distances = this.#distances;
    const numbers = this.#numbers;
    const { count } = this;
    let best = 0;
    let most = distances[0]!;
    for (let i = 1; i < count; i++) {
      const distance = distances[i]!;
      if (distance < most || (distance === most && numbers[i]! > numbers[best]!)) continue;
      best = i;
      most = distance;
    }
    return this.#points.slice(best * this.#width, (best + 1) * this.#width);
  }

  /** Put the `k` points nearest to what was measured from into a group. */
  takeNearest(k: number, groups: Int32Array, group: number): void {
    const nearest = this.#nearest(k).sort();
    // From the last on, so that what takes a place is none of them.
    for (let n = k - 1; n >= 0; n--) {
      groups[this.#numbers[nearest[n]!]!] = group;
      this.#remove(nearest[n]!);
    }
  }

  /** Positions of the nearest: a heap with the farthest of them on top. */
  #nearest(k: number): Int32Array {
    const heap = new Int32Array(k);
    for (let i = 0; i < k; i++) this.#rise(heap, i);
    const distances = this.#distances;
    const { count } = this;
    let most = distances[heap[0]!]!;
    for (let i = k; i < count; i++) {
      if (distances[i]! > most || !this.#isFarther(heap[0]!, i)) continue;
      this.#sink(heap, i);
      most = distances[heap[0]!]!;
    }
    return heap;
  }

  #isFarther(a: number, b: number): boolean {
    const difference = this.#distances[a]! - this.#distances[b]!;
    return difference > 0 || (difference === 0 && this.#numbers[a]! > this.#numbers[b]!);
  }

  /** Add position `i`, the next one, to a heap of `i` positions. */
  #rise(heap: Int32Array, i: number): void {
    let place = i;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.#isFarther(i, heap[parent]!)) break;
      heap[place] = heap[parent]!;
      place = parent;
    }
    heap[place] = i;
  }

  /** Replace the top by position `i`. */
  #sink(heap: Int32Array, i: number): void {
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#isFarther(heap[child + 1]!, heap[child]!)) child++;
      if (!this.#isFarther(heap[child]!, i)) break;
      heap[place] = heap[child]!;
      place = child;
    }
    heap[place] = i;
  }

  #remove(i: number): void {
    const width = this.#width;
    const last = --this.count;
    for (let d = 0; d < width; d++) this.#sums[d]! -= this.#points[i * width + d]!;
    this.#points.copyWithin(i * width, last * width, (last + 1) * width);
    this.#numbers[i] = this.#numbers[last]!;
    this.#distances[i] = this.#distances[last]!;
  }
}
