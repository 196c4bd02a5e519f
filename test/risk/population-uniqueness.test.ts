import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digamma, logGamma } from '../../src/risk/gamma.ts';
import { estimate, expectedUniques, pitmanUniques } from '../../src/risk/pitman.ts';
import { populationUniqueness } from '../../src/risk/population-uniqueness.ts';
import { sizeFrequencies } from '../../src/risk/size-frequencies.ts';
import { expectedClasses, populationClasses, snbUniques } from '../../src/risk/slide-negative-binomial.ts';
import { zayatzUniques } from '../../src/risk/zayatz.ts';

const frequencies = (sizes: readonly number[]) => sizeFrequencies({ count: sizes.length, size: (c) => sizes[c]! });
/** counts[i] classes of i + 1. */
const ofCounts = (counts: readonly number[]) =>
  frequencies(counts.flatMap((count, i) => Array.from({ length: count }, () => i + 1)));

const samples = fc
  .array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 60 })
  .map((sizes) => frequencies(sizes));

describe('the gamma functions', () => {
  it.each([
    [1, 0],
    [0.5, 0.5723649429247001], // ln √π
    [10, 12.801827480081469], // ln 9!
    [101, 363.73937555556347], // ln 100!
  ])('ln Γ(%f)', (x, value) => expect(logGamma(x)).toBeCloseTo(value, 12));

  // Abramowitz and Stegun 6.3.2 and 6.3.3.
  it.each([
    [1, -0.5772156649015329],
    [0.5, -1.9635100260214235],
    [2, 0.4227843350984671],
  ])('ψ(%f)', (x, value) => expect(digamma(x)).toBeCloseTo(value, 12));
});

describe("Zayatz's estimate", () => {
  /** The probabilities from binomial coefficients, as the paper writes them. */
  const byCoefficients = (sizes: readonly number[], population: number): number => {
    const n = sizes.reduce((sum, size) => sum + size, 0);
    const choose = (a: number, b: number) => {
      let value = 1;
      for (let i = 0; i < b; i++) value *= (a - i) / (i + 1);
      return b > a || b < 0 ? 0 : value;
    };
    const shows = (i: number) => (i * choose(population - i, n - 1)) / choose(population, n);
    const ones = sizes.filter((size) => size === 1).length;
    const all = sizes.reduce((sum, size) => sum + shows(size), 0);
    return ones === 0 ? 0 : (ones * ((ones * shows(1)) / all) * population) / n;
  };

  it('of classes of 1, 1 and 2 of 8 people, by hand', () => {
    // h(1) = 4/8; h(2) = 2 · 4/8 · 4/7 = 4/7; P = 1 / (1 + 4/7) = 7/11; 2 · 7/11 · 8/4 = 28/11.
    expect(zayatzUniques(frequencies([1, 1, 2]), 8)).toBeCloseTo(28 / 11, 12);
  });

  it('is what the hypergeometric probabilities give', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 0, max: 60 }), (found, more) => {
        const population = found.reduce((sum, size) => sum + size, 0) + more;
        expect(zayatzUniques(frequencies(found), population)).toBeCloseTo(byCoefficients(found, population), 8);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('of a whole population are its uniques', () => {
    fc.assert(
      fc.property(samples, (sample) => {
        expect(zayatzUniques(sample, sample.individuals)).toBeCloseTo(sample.sizes[0] === 1 ? sample.counts[0]! : 0, 9);
      }),
      { seed: 2 },
    );
  });
});

describe("Pitman's estimate", () => {
  /** The logarithm of the likelihood, term by term. */
  const likelihood = (sizes: readonly number[], alpha: number, theta: number): number => {
    const n = sizes.reduce((sum, size) => sum + size, 0);
    let sum = 0;
    for (let i = 1; i < sizes.length; i++) sum += Math.log(theta + i * alpha);
    for (let i = 1; i < n; i++) sum -= Math.log(theta + i);
    for (const size of sizes) for (let i = 1; i < size; i++) sum += Math.log(i - alpha);
    return sum;
  };

  it('has parameters that nothing near them beats', () => {
    const sizes = fc.array(fc.constantFrom(1, 1, 1, 2, 2, 3, 5, 9, 20), { minLength: 8, maxLength: 60 });
    fc.assert(
      fc.property(sizes, (found) => {
        fc.pre(new Set(found).size > 1);
        const { alpha, theta } = estimate(frequencies(found));
        const best = likelihood(found, alpha, theta);
        for (const a of [alpha - 0.01, alpha, alpha + 0.01]) {
          for (const t of [theta * 0.97 - 0.001, theta, theta * 1.03 + 0.001]) {
            // At θ of millions the likelihood is flat.
            if (a >= 0 && a < 1 && t > -a) expect(likelihood(found, a, t)).toBeLessThanOrEqual(best + 1e-5);
          }
        }
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it('expects as many uniques as the process that the formula describes, as it goes on', () => {
    // Person m + 1 founds a class with (θ + kα) / (θ + m), and joins a class of i with (i - α) / (θ + m). So with E k and E s of the
    // classes and uniques among m: E s' = E s (1 - (1 - α) / (θ + m)) + (θ + α E k) / (θ + m).
    for (const [alpha, theta] of [
      [0.3, 5],
      [0.8, -0.2],
      [0, 12],
    ] as const) {
      let classes = 1;
      let uniques = 1;
      const population = 1_000_000;
      for (let m = 1; m < population; m++) {
        const founds = (theta + alpha * classes) / (theta + m);
        uniques = uniques * (1 - (1 - alpha) / (theta + m)) + founds;
        classes += founds;
      }
      expect(expectedUniques(alpha, theta, population) / uniques).toBeCloseTo(1, 4);
    }
  });

  it('is that of the paper', () => {
    const paper = (alpha: number, theta: number, n: number) =>
      Math.exp(logGamma(theta + 1) - logGamma(theta + alpha)) * n ** alpha;
    expect(expectedUniques(0.4, 20, 1e9) / paper(0.4, 20, 1e9)).toBeCloseTo(1, 12);
    expect(expectedUniques(0.9, 3, 500) / paper(0.9, 3, 500)).toBeCloseTo(1, 12);
    expect(expectedUniques(0, 12, 1e6)).toBeCloseTo(12, 9);
  });

  it('is not known where it would be more than the population: nearly all of a small sample are unique', () => {
    // A limit for large populations, of a sample whose θ is larger still.
    const found = frequencies([...Array.from({ length: 980 }, () => 1), ...Array.from({ length: 10 }, () => 2)]);
    const { alpha, theta } = estimate(found);
    expect(expectedUniques(alpha, theta, 20_000)).toBeGreaterThan(20_000);
    expect(pitmanUniques(found, 20_000)).toBeNull();
    expect(populationUniqueness(found, 20_000)).toMatchObject({ pitman: null, model: 'zayatz' });
  });

  it('is none without sample uniques, and all where all are', () => {
    expect(pitmanUniques(frequencies([2, 3]), 100)).toBe(0);
    expect(pitmanUniques(frequencies([1, 1, 1]), 100)).toBe(100);
    expect(pitmanUniques(frequencies([1]), 100)).toBe(100);
  });

  it('finds the parameters of a sample that has the expected frequencies', () => {
    // A run of the process with α = 0.5, θ = 50: the classes of each size that a sample of 20,000 is expected to have.
    const sizes = [1];
    let state = 1;
    const draw = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    const members = [0];
    for (let m = 1; m < 20000; m++) {
      // Join the class of a random person, or, with what α takes from each class, found one.
      const founds = (50 + 0.5 * sizes.length) / (50 + m);
      if (draw() < founds) {
        members.push(sizes.length);
        sizes.push(1);
        continue;
      }
      for (;;) {
        const c = members[Math.floor(draw() * m)]!;
        if (draw() * sizes[c]! >= 0.5) {
          sizes[c]!++;
          members.push(c);
          break;
        }
      }
    }
    const { alpha, theta } = estimate(frequencies(sizes));
    // The standard error of α falls like 1 / √uniques (about 1,000): 0.03; four of them.
    expect(Math.abs(alpha - 0.5)).toBeLessThan(0.12);
    expect(Math.abs(Math.log(theta / 50))).toBeLessThan(0.8);
  });
});

describe('the slide negative binomial estimate', () => {
  /** E c1 and E c2 summed over the sizes of the population's classes. */
  const bySums = (classes: number, alpha: number, beta: number, f: number): number[] => {
    let size = beta ** alpha;
    let [one, two] = [0, 0];
    for (let j = 1; j < 3000; j++) {
      one += size * j * f * (1 - f) ** (j - 1);
      two += size * ((j * (j - 1)) / 2) * f * f * (1 - f) ** (j - 2);
      size *= ((alpha + j - 1) / j) * (1 - beta);
    }
    return [classes * one, classes * two];
  };

  it.each([
    [0.4, 0.2, 0.1],
    [2.5, 0.6, 0.5],
    [0.05, 0.02, 0.25],
  ])('expects the classes that the distribution has: α %f, β %f, f %f', (alpha, beta, f) => {
    const [one, two] = expectedClasses(1000, alpha, beta, f);
    const [oneSummed, twoSummed] = bySums(1000, alpha, beta, f);
    expect(one).toBeCloseTo(oneSummed!, 8);
    expect(two).toBeCloseTo(twoSummed!, 8);
  });

  it('gives K β^α for parameters that yield the classes of the sample', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 4, maxLength: 30 }),
        fc.double({ min: 0.02, max: 0.9, noNaN: true }),
        (counts, f) => {
          const sample = ofCounts([counts[0]! + 1, counts[1]! + 1, ...counts.slice(2)]);
          const uniques = snbUniques(sample, sample.individuals / f);
          if (uniques === null) return;
          expect(uniques).toBeGreaterThanOrEqual(0);
          expect(uniques).toBeLessThanOrEqual(populationClasses(sample, f) * (1 + 1e-9));
        },
      ),
      { seed: 4, numRuns: 60 },
    );
  });

  it('finds the uniques of a population of that distribution', () => {
    // 20,000 classes with α = 0.5, β = 0.3, of which three tenths of the people are drawn, all at their expectations.
    const [K, alpha, beta, f] = [20000, 0.5, 0.3, 0.3];
    const shown = Array.from({ length: 60 }, () => 0);
    let size = beta ** alpha;
    for (let j = 1; j < 400; j++) {
      let chance = (1 - f) ** j;
      for (let i = 0; i <= Math.min(j, 60); i++) {
        if (i > 0) shown[i - 1]! += K * size * chance;
        chance *= ((j - i) / (i + 1)) * (f / (1 - f));
      }
      size *= ((alpha + j - 1) / j) * (1 - beta);
    }
    const sample = ofCounts(shown.map(Math.round));
    const estimated = snbUniques(sample, (K * (1 + (alpha * (1 - beta)) / beta)) as number);
    // Shlosser's estimate of K is itself an approximation: within a quarter.
    expect(Math.abs(estimated! / (K * beta ** alpha) - 1)).toBeLessThan(0.25);
  });

  it('is none without sample uniques, not known without pairs, and exact of a whole population', () => {
    expect(snbUniques(frequencies([2, 2, 3]), 100)).toBe(0);
    expect(snbUniques(frequencies([1, 3]), 100)).toBeNull();
    expect(snbUniques(frequencies([1, 1, 2]), 4)).toBe(2);
  });
});

describe("Dankar's rule", () => {
  const sample = ofCounts([400, 150, 60, 30, 20, 10, 5]);

  it('takes Pitman up to a sampling fraction of 0.1', () => {
    const rule = populationUniqueness(sample, sample.individuals * 10);
    expect(rule).toMatchObject({ model: 'pitman', uniques: rule.pitman, samplingFraction: 0.1 });
    expect(rule.share).toBeCloseTo(rule.uniques / (sample.individuals * 10), 12);
  });

  it('takes the smaller of Zayatz and SNB above it', () => {
    const rule = populationUniqueness(sample, sample.individuals * 5);
    expect(rule.snb).not.toBeNull();
    expect(rule.uniques).toBe(Math.min(rule.zayatz!, rule.snb!));
    expect(rule.model).toBe(rule.snb! < rule.zayatz! ? 'snb' : 'zayatz');
  });

  it('never goes beyond the population, whatever the classes', () => {
    fc.assert(
      fc.property(samples, fc.double({ min: 0.001, max: 1, noNaN: true }), (found, f) => {
        const population = found.individuals / f;
        const { uniques, zayatz, pitman, snb } = populationUniqueness(found, population);
        for (const value of [uniques, zayatz, pitman, snb]) {
          if (value === null) continue;
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(population * (1 + 1e-9));
        }
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it('of nobody is none', () => {
    expect(populationUniqueness(frequencies([]), 10)).toMatchObject({ uniques: 0, share: 0 });
  });
});
