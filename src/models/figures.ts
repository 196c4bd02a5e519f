/** Comparing and stating figures that were computed in floating point. */

/**
 * Figures are sums over the values of a class, exact but for rounding: differences below this share are none. A class that meets a
 * bound exactly (l values, equally often) is within it, whatever the order of its sum.
 */
const rounding = 1e-12;

/** a ≤ b */
export function atMost(a: number, b: number): boolean {
  return a <= b + Math.abs(b) * rounding;
}

/** a < b, strictly: what differs by rounding alone is equal. */
export function below(a: number, b: number): boolean {
  return a < b - Math.abs(b) * rounding;
}

/** The figure without what rounding added: 2.9999999999999996 is 3. */
export function stated(figure: number): number {
  return Number(figure.toPrecision(12));
}

/** The largest figure of classes `kept`; 0 of none. */
export function highest(kept: Iterable<number>, of: (c: number) => number): number {
  let figure = 0;
  for (const c of kept) figure = Math.max(figure, of(c));
  return figure;
}

/** The smallest figure of classes `kept`; 0 of none. */
export function lowest(kept: Iterable<number>, of: (c: number) => number): number {
  let figure = Number.POSITIVE_INFINITY;
  for (const c of kept) figure = Math.min(figure, of(c));
  return Number.isFinite(figure) ? figure : 0;
}
