import { unit53 } from './addressed-random.ts';

/** A whole number, symmetric about zero, from the `noiseBytes` random bytes at `at`. */
export type DiscreteNoise = (bytes: Uint8Array, at: number) => number;

export const noiseBytes = 16;

/** Up to this scale the 52 random bits of a uniform number reach every whole number; see `discreteLaplace`. */
export const maxNoiseScale = 2 ** 32;

/**
 * The discrete Laplace distribution, P(X = k) ∝ q^|k| with q = exp(-1 / scale): the two-sided geometric mechanism's
 * noise (Ghosh, Roughgarden, Sundararajan, "Universally utility-maximizing privacy mechanisms", STOC 2009;
 * Canonne, Kamath, Steinke, "The discrete Gaussian for differential privacy", NeurIPS 2020).
 * Variance 2q / (1 - q)².
 *
 * By inversion of the magnitude. Summing q^|k| over all k gives P(X = 0) = (1 - q) / (1 + q), and for k ≥ 1 the tail
 *
 *     P(|X| ≥ k) = 2 q^k / (1 + q).
 *
 * For U uniform in (0, 1) let |X| be the number of k ≥ 1 with U < 2 q^k / (1 + q). Taking logarithms (ln q = -1 /
 * scale < 0) that is k < L with L = -scale × (ln U + ln((1 + q) / 2)), and the whole numbers in [1, L) are ⌈L⌉ - 1.
 * The sign is an independent bit.
 *
 * U has 52 bits, so L moves in steps of scale × 2^-52 / U: below one for all U > 2^-20 when scale ≤ 2^32. The tail
 * ends at |X| ≈ 36.7 × scale, where P(|X| ≥ k) is 2^-53.
 *
 * @param scale in whole numbers: 0 < scale ≤ 2^32
 */
export function discreteLaplace(scale: number): DiscreteNoise {
  // ln((1 + q) / 2) = ln(1 + (q - 1) / 2), without cancellation when q is close to 1.
  const offset = Math.log1p(Math.expm1(-1 / scale) / 2);
  return (bytes, at) => {
    const magnitude = Math.ceil(-scale * (Math.log(unit53(bytes, at)) + offset)) - 1;
    return bytes[at + 7]! & 1 ? magnitude : -magnitude;
  };
}

/**
 * The normal distribution of standard deviation `deviation`, rounded to whole numbers; the rounding adds 1/12 to the
 * variance where the deviation is 1 or more. By the transform of Box and Muller ("A note on the generation of random
 * normal deviates", Annals of Mathematical Statistics 29, 1958): √(-2 ln U) cos 2πV is standard normal for
 * independent uniform U and V. It ends at 8.57 deviations.
 *
 * @param deviation in whole numbers: 0 < deviation ≤ 2^32
 */
export function roundedNormal(deviation: number): DiscreteNoise {
  return (bytes, at) => {
    const radius = deviation * Math.sqrt(-2 * Math.log(unit53(bytes, at)));
    return Math.round(radius * Math.cos(2 * Math.PI * unit53(bytes, at + 8)));
  };
}
