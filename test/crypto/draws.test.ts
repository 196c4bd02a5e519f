import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createDraws } from '../../src/crypto/draws.ts';

const seed = Buffer.from(Array.from({ length: 40 }, (_, i) => (i * 37 + 11) & 255));

describe('draws from a seed', () => {
  it('are what the definition says, from the seed and then from its hashes', () => {
    const draws = createDraws();
    draws.begin(seed, 3);
    const own = seed.subarray(3, 35);
    const blocks = [
      own,
      ...[1, 2].map((n) =>
        createHash('sha256')
          .update(own)
          .update(Buffer.of(0, 0, 0, n))
          .digest(),
      ),
    ];
    const expected = blocks.flatMap((block) =>
      Array.from({ length: 10 }, (_, i) => Number((BigInt(block.readUIntBE(3 * i, 3)) * 20992n) >> 24n)),
    );
    expect(Array.from({ length: 30 }, () => draws.below(20992))).toEqual(expected);
  });

  it('begin again with the same numbers', () => {
    const draws = createDraws();
    const some = () => Array.from({ length: 25 }, () => draws.below(26));
    draws.begin(seed, 0);
    const first = some();
    draws.begin(seed, 8);
    expect(some()).not.toEqual(first);
    draws.begin(seed, 0);
    expect(some()).toEqual(first);
  });

  it('reach every number, each as often', () => {
    const draws = createDraws();
    draws.begin(seed, 0);
    const [size, drawn] = [10, 100_000];
    const counts = new Array<number>(size).fill(0);
    for (let i = 0; i < drawn; i++) counts[draws.below(size)]!++;
    const mean = drawn / size;
    const chiSquare = counts.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
    // P(χ² ≥ k + 2√(kx) + 2x) ≤ exp(-x) (Laurent and Massart, Annals of Statistics 28, 2000): for k = 9 and x = 20.7 that is 77.7, with 10^-9.
    expect(chiSquare).toBeLessThan(77.7);
    draws.begin(seed, 0);
    expect(new Set(Array.from({ length: 50 }, () => draws.below(1)))).toEqual(new Set([0]));
  });
});
