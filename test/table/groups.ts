/** How many members each group has. */
export function sizesOf(groups: readonly number[]): number[] {
  const sizes: number[] = [];
  for (const group of groups) sizes[group] = (sizes[group] ?? 0) + 1;
  return Array.from(sizes, (size) => size ?? 0);
}

/** Sum of the squared distances of points, row after row, to the means of their groups. */
export function squaresOf(points: readonly number[], width: number, groups: readonly number[]): number {
  const sizes = sizesOf(groups);
  const means = sizes.map(() => new Array<number>(width).fill(0));
  for (const [i, value] of points.entries()) {
    const group = groups[Math.floor(i / width)]!;
    means[group]![i % width]! += value / sizes[group]!;
  }
  return points.reduce((sum, value, i) => sum + (value - means[groups[Math.floor(i / width)]!]![i % width]!) ** 2, 0);
}
