import type { Steps } from '../base/steps.ts';
import type { Classes, Histogram } from '../table/classes.ts';

/** How diverse a sensitive field is in the class in which it is least so. */
export interface Diversity {
  readonly field: string;
  /** Fewest distinct values in a class. */
  readonly distinct: number;
  /** Smallest exp of the entropy of a class: the l of entropy l-diversity. */
  readonly entropy: number;
  /** Largest distance between the distribution in a class and the one in all records: the t of t-closeness, equal distance. */
  readonly closeness: number;
}

/**
 * Machanavajjhala, Gehrke, Kifer, Venkitasubramaniam, l-Diversity: privacy beyond k-anonymity, ICDE 2006, §3 and definition 4.1;
 * Li, Li, Venkatasubramanian, t-Closeness: privacy beyond k-anonymity and l-diversity, ICDE 2007, §4 (½ Σ |p − q|).
 */
export function* diversityOf(field: string, classes: Classes): Steps<Diversity> {
  const { counts: overall, total } = classes.distribution(field);
  let distinct = Number.POSITIVE_INFINITY;
  let entropy = Number.POSITIVE_INFINITY;
  let closeness = 0;
  for (let c = 0; c < classes.count; c++) {
    if (c % classesOfStep === 0) yield;
    const histogram = classes.histogram(field, c);
    distinct = Math.min(distinct, histogram.codes.length);
    entropy = Math.min(entropy, effectiveValues(histogram));
    closeness = Math.max(
      closeness,
      distance(histogram, (code) => overall[code]! / total),
    );
  }
  if (classes.count === 0) return { field, distinct: 0, entropy: 0, closeness: 0 };
  return { field, distinct, entropy, closeness };
}

const classesOfStep = 1 << 14;

/** exp(−Σ p ln p). Values that are equally frequent give exactly their number. */
function effectiveValues({ counts }: Histogram): number {
  if (counts.every((count) => count === counts[0])) return counts.length;
  const total = counts.reduce((sum, count) => sum + count, 0);
  let entropy = 0;
  for (const count of counts) entropy -= (count / total) * Math.log(count / total);
  return Math.exp(entropy);
}

/** Half the differences is also the sum of what p has beyond q: values that the class lacks need no look. */
function distance({ codes, counts }: Histogram, q: (code: number) => number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let beyond = 0;
  for (let i = 0; i < codes.length; i++) beyond += Math.max(0, counts[i]! / total - q(codes[i]!));
  return beyond;
}
