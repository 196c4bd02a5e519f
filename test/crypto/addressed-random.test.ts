import { createCipheriv, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAddressedRandom, deriveStreamKey, unit53 } from '../../src/crypto/addressed-random.ts';

const key = Buffer.from('thirty-two bytes of a stream key');

function bitsAt(
  random: { at(ordinal: number): number; readonly bytes: Buffer },
  ordinal: number,
  size: number,
): string {
  const at = random.at(ordinal);
  return random.bytes.toString('hex', at, at + size);
}

describe('addressed random bits', () => {
  test('are the AES-256-CTR keystream from counter zero', () => {
    const stream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(300_000));
    const random = createAddressedRandom(key, 16);
    for (let i = 0; i < 300_000 / 16; i++)
      expect(bitsAt(random, i, 16)).toBe(stream.toString('hex', 16 * i, 16 * i + 16));
  });

  test('start far into the stream without the bytes before them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), fc.constantFrom(1, 2, 8, 32, 4096), (ordinal, size) => {
        const counter = Buffer.alloc(16);
        const offset = BigInt(ordinal) * BigInt(size);
        counter.writeBigUInt64BE(offset / 16n, 8);
        const skip = Number(offset % 16n);
        const stream = createCipheriv('aes-256-ctr', key, counter).update(Buffer.alloc(skip + size));
        expect(bitsAt(createAddressedRandom(key, size), ordinal, size)).toBe(stream.toString('hex', skip));
      }),
      { seed: 3, numRuns: 100 },
    );
  });

  test('are the same in any order', () => {
    const ordinals = fc.array(fc.integer({ min: 0, max: 50_000 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(ordinals, fc.integer({ min: 1, max: 200 }), (order, size) => {
        const [one, other] = [createAddressedRandom(key, size), createAddressedRandom(key, size)];
        const forwards = order.map((ordinal) => bitsAt(one, ordinal, size));
        const backwards = order.toReversed().map((ordinal) => bitsAt(other, ordinal, size));
        expect(backwards.toReversed()).toEqual(forwards);
      }),
      { seed: 4, numRuns: 50 },
    );
  });

  test.each([33, 100, 40_000, 65536])('%i bytes a value: values lie side by side and within the window', (size) => {
    const random = createAddressedRandom(key, size);
    let windows = 0;
    let free = 0;
    for (let i = 0, window: Buffer | undefined; windows < 3; i++) {
      const at = random.at(i);
      if (random.bytes !== window) [window, windows, free] = [random.bytes, windows + 1, 0];
      expect(at).toBeGreaterThanOrEqual(free);
      free = at + size;
      expect(free).toBeLessThanOrEqual(window.length);
    }
  });

  test('refuse sizes and addresses out of range', () => {
    for (const size of [0, -1, 1.5, 65537]) expect(() => createAddressedRandom(key, size)).toThrow(RangeError);
    for (const ordinal of [-1, 2 ** 48, Number.NaN])
      expect(() => createAddressedRandom(key, 8).at(ordinal)).toThrow(RangeError);
  });
});

describe('stream keys', () => {
  test('are HKDF-SHA256 with length-prefixed names', () => {
    const info = Buffer.concat([
      Buffer.from('anon/v1/random/'),
      Buffer.of(0, 0, 0, 6),
      Buffer.from('größ'),
      Buffer.of(0, 0, 0, 5),
      Buffer.from('noise'),
    ]);
    expect(deriveStreamKey(key, 'größ', 'noise')).toEqual(Buffer.from(hkdfSync('sha256', key, '', info, 32)));
  });
  test('never run two pairs of names together', () => {
    const name = fc.string({ maxLength: 6 });
    fc.assert(
      fc.property(name, name, name, name, (a, b, c, d) => {
        const same = a === c && b === d;
        expect(deriveStreamKey(key, a, b).equals(deriveStreamKey(key, c, d))).toBe(same);
      }),
      {
        seed: 5,
        numRuns: 200,
        examples: [
          ['ab', 'c', 'a', 'bc'],
          ['a', '/b', 'a/', 'b'],
          ['', 'a', 'a', ''],
        ],
      },
    );
  });
});

describe('unit53', () => {
  test('reads the first 52 bits, and lies strictly between 0 and 1', () => {
    expect(unit53(Buffer.alloc(7), 0)).toBe(2 ** -53);
    expect(unit53(Buffer.alloc(7, 0xff), 0)).toBe(1 - 2 ** -53);
    expect(unit53(Buffer.from('ff80000000000000', 'hex'), 1)).toBe(0.5 + 2 ** -53);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 56n - 1n }), (bits) => {
        const bytes = Buffer.from(bits.toString(16).padStart(14, '0'), 'hex');
        expect(unit53(bytes, 0)).toBe((2 * Number(bits >> 4n) + 1) * 2 ** -53);
      }),
      { seed: 6 },
    );
  });

  test('has the moments of the uniform distribution', () => {
    const random = createAddressedRandom(key, 8);
    const n = 200_000;
    let sum = 0;
    let squares = 0;
    let products = 0;
    let before = 0.5;
    for (let i = 0; i < n; i++) {
      const at = random.at(i);
      const u = unit53(random.bytes, at) - 0.5;
      sum += u;
      squares += u * u;
      products += u * before;
      before = u;
    }
    // Standard errors: the variance of u is 1/12, of u² 1/80 - 1/144 = 1/180, of the product of two neighbours 1/144. Five of them.
    expect(Math.abs(sum / n)).toBeLessThan(5 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(squares / n - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / n));
    expect(Math.abs(products / n)).toBeLessThan(5 * Math.sqrt(1 / 144 / n));
  });
});
