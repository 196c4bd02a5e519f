import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Alphabet,
  alphabetNames,
  alphabets,
  bitsPerCharacter,
  defaultLength,
  maxLength,
  tokenEncoder,
} from '../../src/crypto/token-alphabets.ts';

function encode(alphabet: Alphabet, length: number, digest: Uint8Array): string {
  const out = Buffer.alloc(length + 2, '.');
  tokenEncoder(alphabet, length)(Buffer.concat([Buffer.of(9), digest]), 1, out, 1);
  return out.toString('latin1', 1, 1 + length) + (out[0] === 0x2e && out.at(-1) === 0x2e ? '' : ' wrote outside');
}

const digests = fc.uint8Array({ minLength: 32, maxLength: 32 });

test.each([
  ['hex', 16, 32, 64],
  ['base32', 32, 26, 51],
  ['base58', 58, 22, 32],
  ['base64url', 64, 22, 42],
  ['digits', 10, 39, 57],
  ['letters', 26, 28, 40],
  ['alphanumeric', 36, 25, 37],
] as const)('%s: %i characters, %i of them for 128 bits, at most %i', (alphabet, size, length, longest) => {
  expect(new Set(alphabets[alphabet]).size).toBe(size);
  expect(alphabets[alphabet]).toHaveLength(size);
  expect(defaultLength(alphabet)).toBe(length);
  expect(length * bitsPerCharacter(alphabet)).toBeGreaterThanOrEqual(128);
  expect((length - 1) * bitsPerCharacter(alphabet)).toBeLessThan(128);
  expect(maxLength(alphabet)).toBe(longest);
});

describe('alphabets of 2^n characters', () => {
  test('hex and base64url are the beginning of what Node writes', () => {
    fc.assert(
      fc.property(digests, fc.integer({ min: 1, max: 42 }), (digest, length) => {
        expect(encode('hex', length, digest)).toBe(Buffer.from(digest).toString('hex').slice(0, length));
        expect(encode('base64url', length, digest)).toBe(Buffer.from(digest).toString('base64url').slice(0, length));
      }),
      { seed: 1 },
    );
    expect(encode('hex', 64, new Uint8Array(32).fill(0xa7))).toBe('a7'.repeat(32));
  });
  test('base32: RFC 4648 §10 in lower case', () => {
    const padded = (text: string) => Buffer.concat([Buffer.from(text)], 32);
    expect(encode('base32', 8, padded('fooba'))).toBe('mzxw6ytb');
    expect(encode('base32', 16, padded('foobar'))).toBe('mzxw6ytboiaaaaaa');
  });
});

describe('other alphabets', () => {
  test.each(alphabetNames.filter((name) => !Number.isInteger(bitsPerCharacter(name))))(
    '%s: the last digits of the digest as a number',
    (alphabet) => {
      const characters = alphabets[alphabet];
      fc.assert(
        fc.property(digests, fc.integer({ min: 1, max: maxLength(alphabet) }), (digest, length) => {
          let number = BigInt(`0x${Buffer.from(digest).toString('hex')}`);
          let expected = '';
          for (let i = 0; i < length; i++, number /= BigInt(characters.length)) {
            expected = characters[Number(number % BigInt(characters.length))] + expected;
          }
          expect(encode(alphabet, length, digest)).toBe(expected);
        }),
        {
          seed: 2,
          examples: [
            [new Uint8Array(32), 30],
            [new Uint8Array(32).fill(255), 32],
            [Buffer.alloc(32).fill(1, 31), 20],
          ],
        },
      );
    },
  );
  test('base58 leaves out 0, O, I and l', () => {
    expect(alphabets.base58).toBe('123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz');
  });
});
