import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alphabetNames } from '../../src/crypto/token-alphabets.ts';
import { Numeral } from '../../src/transforms/definition.ts';
import { collisionBound, tokenBits, tokenize } from '../../src/transforms/tokenize.ts';
import { checkForms, runPlain, testResources } from './harness.ts';

function problems(options: unknown) {
  return tokenize.check!(tokenize.options.parse(options), undefined).map(({ path, message }) => [
    path.join('.'),
    message,
  ]);
}

describe('keyed tokens', () => {
  test('hex of length 64 is the digest', () => {
    const resources = testResources();
    const digest = resources.prf('tokenize', 'd').digest('Ada');
    expect(checkForms(tokenize, { domain: 'd', alphabet: 'hex', length: 64 }, ['Ada'], resources)).toEqual([
      digest.toString('hex'),
    ]);
    expect(checkForms(tokenize, { domain: 'd', alphabet: 'hex', length: 16 }, ['Ada'], resources)).toEqual([
      digest.toString('hex').slice(0, 16),
    ]);
  });
  test('equal text gives equal tokens, whatever its kind; the normalization of the domain is taken first', () => {
    const resources = testResources({ normalize: ['trim', 'lowercase'] });
    const [a, b, c, d] = checkForms(tokenize, { domain: 'd' }, ['17', new Numeral('17'), ' ADA', 'ada'], resources);
    expect(a).toBe(b);
    expect(c).toBe(d);
    expect(a).toMatch(/^[a-z2-7]{26}$/);
    expect(c).not.toBe(a);
  });
  test('differ by domain and licensee', () => {
    const token = (domain: string, licensee: string) =>
      runPlain(tokenize, { domain }, ['Ada'], testResources({ licensee }))[0];
    expect(new Set([token('a', ''), token('b', ''), token('a', 'urn:org:u')]).size).toBe(3);
  });
  test('plain and byte form agree for all options', () => {
    const options = fc.record(
      {
        domain: fc.constant('d'),
        prefix: fc.constantFrom('', 'p_', 'größe-'),
        alphabet: fc.constantFrom(...alphabetNames),
        length: fc.integer({ min: 1, max: 32 }),
      },
      { requiredKeys: ['domain'] },
    );
    const values = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null)));
    const resources = testResources({ normalize: ['trim', 'nfc', 'lowercase'] });
    fc.assert(
      fc.property(options, values, (chosen, inputs) => {
        const tokens = checkForms(tokenize, chosen, inputs, resources);
        for (const token of tokens) expect(token).toMatch(new RegExp(`^${chosen.prefix ?? ''}`));
      }),
      { seed: 1 },
    );
  });
});

describe('random tokens', () => {
  test('belong to the place of the value, not to the value', () => {
    const first = checkForms(tokenize, { random: true }, ['a', 'a', 'b']);
    expect(new Set(first).size).toBe(3);
    expect(checkForms(tokenize, { random: true }, ['b', 'c', 'c'])).toEqual(first);
    expect(checkForms(tokenize, { random: true }, ['a', 'a', 'b'], testResources({ field: 'other' }))).not.toEqual(
      first,
    );
  });
  test('the definition says which options draw randomness', () => {
    for (const [options, random] of [
      [{ random: true }, true],
      [{ domain: 'd' }, false],
    ] as const) {
      const parsed = tokenize.options.parse(options);
      expect((tokenize.random as (options: unknown) => boolean)(parsed)).toBe(random);
      expect((tokenize.deterministic as (options: unknown) => boolean)(parsed)).toBe(!random);
    }
  });
});

describe('options', () => {
  test('need a domain or `random`, not both', () => {
    expect(problems({})).toEqual([['', expect.stringContaining('neither is given')]]);
    expect(problems({ domain: 'd', random: true })).toEqual([['random', expect.stringContaining('not both')]]);
    expect(problems({ domain: 'd' })).toEqual([]);
    expect(problems({ random: true })).toEqual([]);
  });
  test('limit the length by what the digest holds', () => {
    expect(problems({ domain: 'd', alphabet: 'base32', length: 51 })).toEqual([]);
    expect(problems({ domain: 'd', alphabet: 'base32', length: 52 })).toEqual([
      ['length', 'a token in base32 has at most 51 characters'],
    ]);
    expect(problems({ domain: 'd', alphabet: 'digits', length: 58 })).toEqual([
      ['length', 'a token in digits has at most 57 characters'],
    ]);
  });
  test.each([
    { random: false },
    { prefix: 'a\nb' },
    { prefix: '\u0085' },
    { prefix: 'x'.repeat(33) },
    { alphabet: 'base16' },
    { length: 0 },
    { length: 2.5 },
    { salt: 'x' },
  ])('refuse %j', (options) => {
    expect(tokenize.options.safeParse({ domain: 'd', ...options }).success).toBe(false);
  });
  test('name their domain, and tell the manifest everything but the key', () => {
    const options = tokenize.options.parse({ domain: 'patient', prefix: 'p_', alphabet: 'base58' });
    expect(tokenize.references!(options)).toEqual([{ section: 'domains', name: 'patient', path: ['domain'] }]);
    expect(tokenize.parameters!(options)).toEqual({
      domain: 'patient',
      prefix: 'p_',
      alphabet: 'base58',
      length: 22,
      bits: 128.87,
    });
    const random = tokenize.options.parse({ random: true });
    expect(tokenize.references!(random)).toEqual([]);
    expect(tokenize.parameters!(random)).toEqual({ random: true, alphabet: 'base32', length: 26, bits: 130 });
  });
});

test('bits and the birthday bound', () => {
  expect(tokenBits({ alphabet: 'hex', length: 16 })).toBe(64);
  expect(tokenBits({ alphabet: 'digits', length: 6 })).toBe(19.93);
  expect(collisionBound(64, 1)).toBe(0);
  expect(collisionBound(64, 2)).toBe(2 ** -64);
  // A million values in 64 bits: 10^6 × 999,999 / 2 / 2^64 = 2.71 × 10^-8.
  expect(collisionBound(64, 1e6)).toBeCloseTo(2.7105e-8, 11);
  expect(collisionBound(8, 1000)).toBe(1);
  // 23 people and 365 days: the bound lies above the exact 0.507.
  expect(collisionBound(Math.log2(365), 23)).toBeCloseTo(253 / 365, 10);
});
