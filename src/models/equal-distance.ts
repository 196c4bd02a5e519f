import type { Distribution, Histogram } from '../table/classes.ts';

/** How far the values of a class of `records` records are from all, in [0, 1]. */
export type Distance = (histogram: Histogram, records: number) => number;

/**
 * Earth mover's distance where any two values are 1 apart: ½ Σ |p − q|, the sum of what the class has too much of.
 * (Li, Li, Venkatasubramanian 2007, §4.2: equal distance.) Linear in the values of the class.
 */
export function equalDistance({ counts, total }: Distribution): Distance {
  return ({ codes, counts: own }, records) => {
    let excess = 0;
    for (let i = 0; i < codes.length; i++) excess += Math.max(0, own[i]! * total - counts[codes[i]!]! * records);
    return excess / (records * total);
  };
}
