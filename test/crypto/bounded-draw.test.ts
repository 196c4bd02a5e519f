import { describe, expect, it } from 'vitest';
import { type AddressedRandom, createAddressedRandom } from '../../src/crypto/addressed-random.ts';
import { boundedDraws, drawBytes, shuffle } from '../../src/crypto/bounded-draw.ts';

const key = Buffer.alloc(32, 9);

/** A stream of these 32-bit numbers. */
function streamOf(...numbers: readonly number[]): AddressedRandom {
  const bytes = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, i) => void bytes.writeUInt32LE(number, 4 * i));
  return { bytes, at: (ordinal) => 4 * ordinal };
}

describe('a bounded draw', () => {
  it('draws again what would make the lower results more likely', () => {
    // 2^32 mod 3 = 1: only the highest number is drawn again. 2^32 mod 2^31 + 1 = 2^31 - 1: the upper half but one.
    expect(boundedDraws(streamOf(2 ** 32 - 1, 2 ** 32 - 2))(3)).toBe((2 ** 32 - 2) % 3);
    expect(boundedDraws(streamOf(2 ** 31 + 1, 7))(2 ** 31 + 1)).toBe(7);
    expect(boundedDraws(streamOf(2 ** 31))(2 ** 31 + 1)).toBe(2 ** 31);
    expect(boundedDraws(streamOf(2 ** 32 - 1))(2 ** 32)).toBe(2 ** 32 - 1);
    expect(boundedDraws(streamOf(2 ** 32 - 1))(1)).toBe(0);
  });

  it('gives each result as often', () => {
    const draw = boundedDraws(createAddressedRandom(key, drawBytes));
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) counts[draw(10)]!++;
    // Binomial(100000, 0.1) has a standard deviation of 94.9; all ten lie within 5 of them but with probability 6e-6.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(475);
  });
});

describe('a shuffle', () => {
  it('gives each order as often', () => {
    const draw = boundedDraws(createAddressedRandom(key, drawBytes));
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const values = Int32Array.of(0, 1, 2, 3);
      shuffle(values, 0, 4, draw);
      counts.set(values.join(), (counts.get(values.join()) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    // Binomial(24000, 1/24): standard deviation 31; all 24 lie within 5 of them but with probability 1.4e-5.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(155);
  });

  it('leaves what is outside of its range', () => {
    const values = Int32Array.from({ length: 20 }, (_, i) => i);
    shuffle(values, 5, 15, boundedDraws(createAddressedRandom(key, drawBytes)));
    expect([...values.subarray(0, 5), ...values.subarray(15)]).toEqual([0, 1, 2, 3, 4, 15, 16, 17, 18, 19]);
    expect([...values].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });
});
