import { classesOfSize, type SizeFrequencies } from './size-frequencies.ts';

/**
 * Individuals expected to be unique in a population of `population`, by the slide negative binomial model (SNB): the sizes of its K
 * classes are 1 + a negative binomial number with parameters α and β, and each individual is drawn with probability f. Null where
 * no parameters give the classes of one and of two individuals that the sample has.
 *
 * Chen and Keller-McNulty, Estimation of identification disclosure risk in microdata, J. Official Statistics 14(1), 1998, 79-95.
 * The generating function of a size is G(s) = s (β / (1 - (1 - β) s))^α, that of its part in the sample G(1 - f + f s); with
 * d = (1 - f)(1 - β) its first two derivatives at 0 give
 *   E c1 = K f (β / (1 - d))^α (1 + α d / (1 - d)),
 *   E c2 = K f² α (1 - β) β^α (2 - (1 - α) d) / (2 (1 - d)^(α + 2)),
 * and the population uniques are K β^α.
 */
export function snbUniques(sample: SizeFrequencies, population: number): number | null {
  const one = classesOfSize(sample, 1);
  const two = classesOfSize(sample, 2);
  if (one === 0) return 0;
  const f = sample.individuals / population;
  if (f >= 1) return one;
  if (two === 0) return null;
  const classes = populationClasses(sample, f);
  const misses = (alpha: number, beta: number): Vector => {
    const [c1, c2] = expectedClasses(classes, alpha, beta, f);
    return [Math.log(c1 / one), Math.log(c2 / two)];
  };
  // Where several parameters fit, those whose classes hold as many individuals as the population does.
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const start of starts) {
    const found = solve(misses, start);
    if (found === undefined) continue;
    const [alpha, beta] = found;
    const off = Math.abs(Math.log((classes * (1 + (alpha * (1 - beta)) / beta)) / population));
    if (off < least - 1e-9) [least, best] = [off, Math.min(population, classes * beta ** alpha)];
  }
  return best;
}

/** Classes of one and of two individuals expected in a sample of share `f` of `classes` classes. */
export function expectedClasses(classes: number, alpha: number, beta: number, f: number): Vector {
  const d = (1 - f) * (1 - beta);
  const rest = f + beta - f * beta;
  const power = Math.exp(alpha * Math.log(beta / rest));
  const c1 = classes * f * power * (1 + (alpha * d) / rest);
  const c2 = (classes * f * f * alpha * (1 - beta) * power * (2 - (1 - alpha) * d)) / (2 * rest * rest);
  return [c1, c2];
}

/**
 * Classes of the population, by Shlosser's estimator as modified in Haas and Stokes, Estimating the number of classes in a finite
 * population, JASA 93(444), 1998, 1475-1487 (D_Sh3).
 */
export function populationClasses({ sizes, counts, classes }: SizeFrequencies, f: number): number {
  let drawn = 0;
  let both = 0;
  let missed = 0;
  let once = 0;
  for (const [at, i] of sizes.entries()) {
    const count = counts[at]!;
    const none = (1 - f) ** i;
    drawn += count * i * f * f * (1 - f * f) ** (i - 1);
    both += count * none * ((1 + f) ** i - 1);
    missed += count * none;
    once += count * i * f * (1 - f) ** (i - 1);
  }
  const ones = sizes[0] === 1 ? counts[0]! : 0;
  return ones === 0 ? classes : classes + ones * (drawn / both) * (missed / once) ** 2;
}

type Vector = readonly [number, number];

/** ln α and logit β where the search begins. */
const starts: readonly Vector[] = [-6, -3, -1, 0, 1, 3].flatMap((a) => [-8, -5, -2, 0, 2].map((b) => [a, b] as const));

/** Newton's method over ln α and logit β, halving steps that lead away. α and β, or undefined where it finds none. */
function solve(misses: (alpha: number, beta: number) => Vector, start: Vector): Vector | undefined {
  const at = ([a, b]: Vector): Vector => misses(Math.exp(a), 1 / (1 + Math.exp(-b)));
  let x = start;
  let y = at(x);
  for (let step = 0; step < 100 && norm(y) > 1e-10; step++) {
    const h = 1e-6;
    const ya = at([x[0] + h, x[1]]);
    const yb = at([x[0], x[1] + h]);
    const [p, q, r, s] = [(ya[0] - y[0]) / h, (yb[0] - y[0]) / h, (ya[1] - y[1]) / h, (yb[1] - y[1]) / h];
    const determinant = p * s - q * r;
    const move: Vector = [(q * y[1] - s * y[0]) / determinant, (r * y[0] - p * y[1]) / determinant];
    let next: Vector | undefined;
    for (let share = Math.min(1, 4 / Math.hypot(...move)); share > 1e-4 && next === undefined; share /= 2) {
      const candidate: Vector = [x[0] + share * move[0], x[1] + share * move[1]];
      if (norm(at(candidate)) < norm(y)) next = candidate;
    }
    if (next === undefined) break;
    x = next;
    y = at(x);
  }
  // Far out the probabilities are below what a double can tell from 0 or 1: no estimate is better than that.
  if (!(norm(y) < 1e-6) || Math.abs(x[0]) > 25 || Math.abs(x[1]) > 25) return undefined;
  return [Math.exp(x[0]), 1 / (1 + Math.exp(-x[1]))];
}

function norm([a, b]: Vector): number {
  return Math.hypot(a, b);
}
