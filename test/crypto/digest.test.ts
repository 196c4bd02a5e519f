import { hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSha256, hkdfSha256, sha256, sha256Hex } from '../../src/crypto/digest.ts';

const seed = 20261121;

test('FIPS 180-2, B.1: SHA-256 of abc', () => {
  const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(sha256Hex(Buffer.from('abc'))).toBe(expected);
  expect(sha256(Buffer.from('abc')).toString('hex')).toBe(expected);
});

test('pieces give the digest of the whole', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 100 })), (pieces) => {
      const [first, second] = [createSha256(), createSha256()];
      for (const piece of pieces) {
        first.update(piece);
        second.update(piece);
      }
      const whole = Buffer.concat(pieces);
      expect(first.hex()).toBe(sha256Hex(whole));
      expect(second.digest()).toEqual(sha256(whole));
    }),
    { seed },
  );
});

test('RFC 5869, A.3: empty salt and info', () => {
  const expected = '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8';
  expect(hkdfSha256(Buffer.alloc(22, 0x0b), '', 42).toString('hex')).toBe(expected);
});

test('HKDF is that of node', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 100 }),
      fc.string({ unit: 'grapheme', maxLength: 100 }),
      fc.integer({ min: 1, max: 300 }),
      (key, info, length) => {
        expect(hkdfSha256(key, info, length)).toEqual(Buffer.from(hkdfSync('sha256', key, '', info, length)));
      },
    ),
    { seed },
  );
});

test('HKDF takes an info of any length, and no more output than it has', () => {
  expect(hkdfSha256(Buffer.alloc(32), 'x'.repeat(5000))).not.toEqual(hkdfSha256(Buffer.alloc(32), 'x'.repeat(5001)));
  expect(hkdfSha256(Buffer.alloc(32), '')).toHaveLength(32);
  expect(hkdfSha256(Buffer.alloc(32), '', 8160)).toHaveLength(8160);
  expect(() => hkdfSha256(Buffer.alloc(32), '', 8161)).toThrow(RangeError);
});
