/** Means and co-moments of two fields. */
export interface Moments {
  /** Records that have both numbers count; NaN is none. */
  add(xs: Float64Array, ys: Float64Array): void;
  /** Pearson's; null where one of them is constant. */
  correlation(): number | null;
}

/** In one pass: Welford, Note on a method for calculating corrected sums of squares, Technometrics 4, 1962. */
export function createMoments(): Moments {
  let n = 0;
  let [meanX, meanY, xx, yy, xy] = [0, 0, 0, 0, 0];
  return {
    add(xs, ys) {
      for (let r = 0; r < xs.length; r++) {
        const [x, y] = [xs[r]!, ys[r]!];
        if (Number.isNaN(x) || Number.isNaN(y)) continue;
        n++;
        const dx = x - meanX;
        const dy = y - meanY;
        meanX += dx / n;
        meanY += dy / n;
        xx += dx * (x - meanX);
        yy += dy * (y - meanY);
        xy += dx * (y - meanY);
      }
    },
    correlation: () => (xx > 0 && yy > 0 ? Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy))) : null),
  };
}
