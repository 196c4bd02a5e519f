import { describe, expect, test } from 'vitest';
import { createAddressedRandom } from '../../src/crypto/addressed-random.ts';
import { type DiscreteNoise, discreteLaplace, noiseBytes, roundedNormal } from '../../src/crypto/discrete-noise.ts';

const n = 250_000;

function draws(noise: DiscreteNoise, seed: string): Int32Array {
  const random = createAddressedRandom(Buffer.alloc(32, seed), noiseBytes);
  return Int32Array.from({ length: n }, (_, i) => {
    const at = random.at(i);
    return noise(random.bytes, at);
  });
}

function meanOf(values: Int32Array, power: number): number {
  let sum = 0;
  for (const value of values) sum += value ** power;
  return sum / values.length;
}

function shareOf(values: Int32Array, holds: (value: number) => boolean): number {
  let count = 0;
  for (const value of values) if (holds(value)) count++;
  return count / values.length;
}

/** Five standard errors of a share: a true p is missed once in 1.7 million. */
function fiveErrors(p: number): number {
  return 5 * Math.sqrt((p * (1 - p)) / n);
}

describe.each([0.3, 1, 2, 25, 1000])('discrete Laplace of scale %f', (scale) => {
  const q = Math.exp(-1 / scale);
  const values = draws(discreteLaplace(scale), `laplace ${scale}`);
  const variance = (2 * q) / (1 - q) ** 2;

  test('mean and variance', () => {
    // E X² = 2q / (1 - q)², E X⁴ = 2q (1 + 10q + q²) / (1 - q)⁴: from Σ k^m q^k and P(X = k) = (1 - q) / (1 + q) q^|k|.
    const fourth = (2 * q * (1 + 10 * q + q * q)) / (1 - q) ** 4;
    expect(Math.abs(meanOf(values, 1))).toBeLessThan(5 * Math.sqrt(variance / n));
    expect(Math.abs(meanOf(values, 2) - variance)).toBeLessThan(5 * Math.sqrt((fourth - variance ** 2) / n));
  });
  test('zero, and the geometric tail on either side', () => {
    const zero = (1 - q) / (1 + q);
    expect(Math.abs(shareOf(values, (x) => x === 0) - zero)).toBeLessThan(fiveErrors(zero));
    for (const k of [1, 2, 3, Math.ceil(scale), Math.ceil(3 * scale)]) {
      const tail = q ** k / (1 + q);
      expect(Math.abs(shareOf(values, (x) => x >= k) - tail)).toBeLessThan(fiveErrors(tail));
      expect(Math.abs(shareOf(values, (x) => x <= -k) - tail)).toBeLessThan(fiveErrors(tail));
    }
  });
});

describe.each([0.4, 1, 30])('rounded normal of deviation %f', (deviation) => {
  const values = draws(roundedNormal(deviation), `normal ${deviation}`);

  test('mean and variance', () => {
    // Var = Σ k² P(X = k) of the rounded distribution, and E X⁴ alike, from the probabilities below.
    let variance = 0;
    let fourth = 0;
    for (let k = 1; k < 10 * deviation + 2; k++) {
      const p = 2 * (above(k - 0.5, deviation) - above(k + 0.5, deviation));
      variance += k ** 2 * p;
      fourth += k ** 4 * p;
    }
    if (deviation >= 1) expect(variance).toBeCloseTo(deviation ** 2 + 1 / 12, 4);
    expect(Math.abs(meanOf(values, 1))).toBeLessThan(5 * Math.sqrt(variance / n));
    expect(Math.abs(meanOf(values, 2) - variance)).toBeLessThan(5 * Math.sqrt((fourth - variance ** 2) / n));
  });
  test('tails of one, two and three deviations on either side', () => {
    for (const z of [1, 2, 3]) {
      const k = Math.ceil(z * deviation);
      const tail = above(k - 0.5, deviation);
      expect(Math.abs(shareOf(values, (x) => x >= k) - tail)).toBeLessThan(fiveErrors(tail));
      expect(Math.abs(shareOf(values, (x) => x <= -k) - tail)).toBeLessThan(fiveErrors(tail));
    }
  });
});

/** P(deviation × Z > x) for standard normal Z, by Simpson's rule over twelve deviations. */
function above(x: number, deviation: number): number {
  const from = x / deviation;
  const steps = 2000;
  const width = 12 / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp(-((from + i * width) ** 2) / 2);
  }
  return (sum * width) / 3 / Math.sqrt(2 * Math.PI);
}

describe('ends of the range', () => {
  const least = Buffer.alloc(noiseBytes);
  const most = Buffer.alloc(noiseBytes, 0xff);
  test('are finite whole numbers below 2^38 at the largest scale', () => {
    for (const noise of [discreteLaplace(2 ** 32), roundedNormal(2 ** 32)]) {
      for (const bytes of [least, most]) {
        expect(Number.isInteger(noise(bytes, 0))).toBe(true);
        expect(Math.abs(noise(bytes, 0))).toBeLessThan(2 ** 38);
      }
    }
  });
  test('are zero where the scale is far below one', () => {
    for (const noise of [discreteLaplace(1e-6), roundedNormal(1e-6)]) {
      for (const bytes of [least, most]) expect(Math.abs(noise(bytes, 0))).toBe(0);
    }
  });
});
