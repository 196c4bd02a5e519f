import { classesOfSize, type SizeFrequencies } from './size-frequencies.ts';

/**
 * Individuals expected to be unique in a population of `population`, of which the sample was drawn without replacement. Classes of
 * the population are taken to have the sizes that occur in the sample, as often; the probability that a sample unique is a
 * population unique follows by Bayes' rule from the hypergeometric probabilities that a class of i shows one member.
 * Zayatz, Estimation of the number of unique population elements using a sample, Proc. ASA Survey Research Methods, 1991, 369-373.
 */
export function zayatzUniques(sample: SizeFrequencies, population: number): number {
  const uniques = classesOfSize(sample, 1);
  if (uniques === 0) return 0;
  const n = sample.individuals;
  // Of a class of i in the population, one in the sample: h(i) = i n/N · Π (N - n - j + 1) / (N - j) for j = 1 … i - 1.
  let product = n / population;
  let i = 1;
  let shown = 0;
  for (const [at, size] of sample.sizes.entries()) {
    for (; i < size && product > 0; i++) product *= Math.max(0, population - n - i + 1) / (population - i);
    shown += sample.counts[at]! * size * product;
  }
  const unique = (uniques * (n / population)) / shown;
  return (uniques * unique * population) / n;
}
