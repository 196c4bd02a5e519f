import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBase64Strict, encodeBase64 } from '../../src/crypto/base64.ts';

const seed = 20261121;

/** RFC 4648 §10. */
const published = {
  '': '',
  f: 'Zg==',
  fo: 'Zm8=',
  foo: 'Zm9v',
  foob: 'Zm9vYg==',
  fooba: 'Zm9vYmE=',
  foobar: 'Zm9vYmFy',
};

test.each(Object.entries(published))('RFC 4648: %j', (plain, text) => {
  expect(encodeBase64(Buffer.from(plain))).toBe(text);
  expect(decodeBase64Strict(text)?.toString()).toBe(plain);
  expect(decodeBase64Strict(text.replace(/=/g, ''))?.toString()).toBe(plain);
});

test.each([
  ['white space', 'Zm9v Yg=='],
  ['a final newline', 'Zg==\n'],
  ['inner padding', 'Zg==Zg=='],
  ['padding alone', '='],
  ['padding alone, full', '===='],
  ['too little padding', 'Zg='],
  ['too much padding', 'Zm8=='],
  ['padding after a whole group', 'Zm9v='],
  ['a whole group of padding', 'Zm9v===='],
  ['one character over', 'Zm9vY'],
  ['stray bits, one byte', 'Zh=='],
  ['stray bits, two bytes', 'Zm9='],
  ['stray bits, unpadded', 'Zh'],
  ['both alphabets', '+-++'],
  ['both alphabets, far apart', '/AAA_AAA'],
  ['another character', 'Zm9*'],
  ['a letter beyond ASCII', 'Zm9é'],
])('%s is refused', (_, text) => {
  expect(decodeBase64Strict(text)).toBeNull();
});

test('both alphabets, padded or not, give the bytes back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), fc.constantFrom('base64', 'base64url'), (bytes, alphabet) => {
      const text = Buffer.from(bytes).toString(alphabet);
      const padded = text.padEnd(Math.ceil(text.length / 4) * 4, '=');
      for (const form of [text, padded]) expect(decodeBase64Strict(form)).toEqual(Buffer.from(bytes));
      expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    }),
    { seed },
  );
});

test('no two texts of one alphabet and padding mean the same bytes', () => {
  const text = fc.string({ unit: fc.constantFrom(...'ABQgwxyz019+/='), maxLength: 12 });
  fc.assert(
    fc.property(text, (candidate) => {
      const bytes = decodeBase64Strict(candidate);
      if (bytes === null) return;
      expect([encodeBase64(bytes), encodeBase64(bytes).replace(/=/g, '')]).toContain(candidate);
    }),
    { seed, numRuns: 2000 },
  );
});

test('megabytes', () => {
  const bytes = Buffer.alloc(3 << 20, 0xa5);
  expect(decodeBase64Strict(encodeBase64(bytes))?.equals(bytes)).toBe(true);
});
