/**
 * Cut points into blocks of at most `largest`, which hold points that lie close together: where a block is too large it is halved at
 * the median of the coordinate in which it varies most (J. L. Bentley's k-d tree, CACM 18, 1975). Time O(n log² n).
 *
 * @param points n × width, row after row
 * @returns numbers of the points of each block
 */
export function blocksOfPoints(points: Float64Array, width: number, largest: number): readonly Int32Array[] {
  const all = Int32Array.from({ length: points.length / width }, (_, i) => i);
  const blocks: Int32Array[] = [];
  const waiting: Int32Array[] = [all];
  for (let block = waiting.pop(); block !== undefined; block = waiting.pop()) {
    if (block.length <= largest) blocks.push(block);
    else waiting.push(...halves(points, width, block));
  }
  return blocks;
}

function halves(points: Float64Array, width: number, block: Int32Array): [Int32Array, Int32Array] {
  const d = widest(points, width, block);
  const sorted = Float64Array.from(block, (i) => points[i * width + d]!).sort();
  const half = block.length >> 1;
  const median = sorted[half]!;
  // Points at the median go to the lower half until it is full.
  let room = half - sorted.indexOf(median);
  const lower = new Int32Array(half);
  const upper = new Int32Array(block.length - half);
  let [l, u] = [0, 0];
  for (const i of block) {
    const value = points[i * width + d]!;
    if (value < median || (value === median && room-- > 0)) lower[l++] = i;
    else upper[u++] = i;
  }
  return [lower, upper];
}

/** The coordinate of the largest variance. */
function widest(points: Float64Array, width: number, block: Int32Array): number {
  let best = 0;
  let most = -1;
  for (let d = 0; d < width; d++) {
    let mean = 0;
    let squares = 0;
    for (let n = 0; n < block.length; n++) {
      const value = points[block[n]! * width + d]!;
      const difference = value - mean;
      mean += difference / (n + 1);
      squares += difference * (value - mean);
    }
    if (squares > most) {
      best = d;
      most = squares;
    }
  }
  return best;
}
