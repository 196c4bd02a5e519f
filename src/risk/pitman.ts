import { digamma, logGammaRatio } from './gamma.ts';
import { classesOfSize, type SizeFrequencies } from './size-frequencies.ts';

/** Below it the model is taken for its limit α = 0, the sampling formula of Ewens. */
const leastAlpha = 1e-4;

/**
 * Individuals expected to be unique in a population of `population`, by Pitman's sampling formula with α and θ of the largest
 * likelihood. Null where the sample has no such maximum (all in one class), and where the estimate is more than the population.
 *
 * Pitman, Random discrete distributions invariant under size-biased permutation, Adv. Appl. Prob. 28, 1996; Hoshino, Applying
 * Pitman's sampling formula to microdata disclosure risk assessment, J. Official Statistics 17(4), 2001, 499-520. With u classes of
 * sizes c the logarithm of the likelihood is
 *   Σ ln(θ + iα), i = 1 … u - 1;  - Σ ln(θ + i), i = 1 … n - 1;  + Σ_c Σ ln(i - α), i = 1 … c - 1.
 * The estimate is that of the paper, and of Dankar et al., who compare the models: Γ(θ + 1) / Γ(θ + α) N^α, which is what the model expects
 * as N grows. For N not far above θ it exceeds the expectation, which is N Γ(θ + 1) Γ(θ + α + N - 1) / (Γ(θ + α) Γ(θ + N)).
 */
export function pitmanUniques(sample: SizeFrequencies, population: number): number | null {
  const { classes, individuals } = sample;
  if (classesOfSize(sample, 1) === 0) return 0;
  if (classes === individuals) return population;
  if (classes < 2) return null;
  const { alpha, theta } = estimate(sample);
  const uniques = expectedUniques(alpha, theta, population);
  return uniques > population ? null : uniques;
}

/** Classes of one individual that the model expects among a large `population`. */
export function expectedUniques(alpha: number, theta: number, population: number): number {
  return Math.exp(logGammaRatio(theta + alpha, 1 - alpha)) * population ** alpha;
}

/** α in [0, 1) and θ > -α of the largest likelihood of a sample that has several classes, some of more than one. */
export function estimate(sample: SizeFrequencies): { readonly alpha: number; readonly theta: number } {
  // By the envelope theorem the slope of the profile is the partial derivative by α at the best θ.
  const slope = (alpha: number) => slopeOfAlpha(sample, alpha, bestTheta(sample, alpha));
  if (slope(leastAlpha) <= 0) return { alpha: 0, theta: bestTheta(sample, 0) };
  const alpha = root(slope, leastAlpha, 1 - 1e-12);
  return { alpha, theta: bestTheta(sample, alpha) };
}

/** Where the derivative by θ is zero: it falls from +∞ at -α to below zero. */
function bestTheta({ classes, individuals }: SizeFrequencies, alpha: number): number {
  const slope = (log: number) => {
    const theta = Math.exp(log) - alpha;
    return reciprocals(theta, alpha, classes) - (digamma(theta + individuals) - digamma(theta + 1));
  };
  return Math.exp(root(slope, -30, 45)) - alpha;
}

function slopeOfAlpha({ sizes, counts, classes }: SizeFrequencies, alpha: number, theta: number): number {
  // Σ i / (θ + iα) = (u - 1 - θ Σ 1 / (θ + iα)) / α
  let slope = (classes - 1 - theta * reciprocals(theta, alpha, classes)) / alpha;
  const first = digamma(1 - alpha);
  for (const [at, size] of sizes.entries()) slope -= counts[at]! * (digamma(size - alpha) - first);
  return slope;
}

/** Σ 1 / (θ + iα), i = 1 … u - 1. */
function reciprocals(theta: number, alpha: number, u: number): number {
  if (alpha === 0) return (u - 1) / theta;
  return (digamma(theta / alpha + u) - digamma(theta / alpha + 1)) / alpha;
}

/** Where `f`, positive at `low` and negative at `high`, changes its sign. */
function root(f: (x: number) => number, low: number, high: number): number {
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2;
    if (f(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
