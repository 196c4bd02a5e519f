import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scramble } from '../../src/transforms/scramble.ts';
import { substitutesOf } from '../../src/transforms/scramble-alphabets.ts';
import { checkForms, type Input, testResources } from './harness.ts';

const keyed = { domain: 'd' };
const random = { random: true };

function scrambled(options: object, inputs: readonly Input[], resources = testResources()): string[] {
  return checkForms(scramble, options, inputs, resources) as string[];
}

/** The class of each character: the first letter of its alphabet; what stays, as it is; what is left out, nothing. */
function classes(text: string): string {
  return Array.from(text, (character) => {
    const found = substitutesOf(character.codePointAt(0)!);
    return found === undefined ? character : found === null ? '' : String.fromCodePoint(found.letters[0]!);
  }).join('');
}

const character = fc.constantFrom(
  ...'aZ09-. éßÿŁЩя中한ω٣',
  '🙂',
  'e\u0301',
  '👩‍👧',
  '👍🏽',
  '🇬🇧',
  '\r\n',
  'नि',
  '\u200b',
);
const text = fc.string({ unit: character, maxLength: 40 });

describe('scramble', () => {
  it('keeps class, case, length and punctuation', () => {
    const inputs = ['AB-1234', 'Zoë Müller', '+44 (0)20 7946-0958', 'ЩУКА', 'Ωmega', '', '--', 4711, true];
    for (const options of [keyed, random]) {
      const results = scrambled(options, inputs);
      expect(results.map(classes)).toEqual(inputs.map((input) => classes(String(input))));
      expect(results[0]).toMatch(/^[A-Z]{2}-\d{4}$/);
      expect(results[3]).toMatch(/^[А-Я]{4}$/);
      expect(results.slice(5, 7)).toEqual(['', '--']);
    }
  });

  it('tells nothing of marks, joiners, skin tones and flags', () => {
    const [zoe, family, thumb, flag] = scrambled(keyed, ['Zoe\u0308', '👩‍👩‍👧‍👦', '👍🏽', '🇬🇧']);
    expect(zoe).toMatch(/^[A-Z][a-z]{2}$/);
    expect(family).toMatch(/^[\u{1f600}-\u{1f64f}]{4}$/u);
    expect(thumb).toMatch(/^[\u{1f600}-\u{1f64f}]$/u);
    expect(flag).toMatch(/^[\u{1f1e6}-\u{1f1ff}]{2}$/u);
  });

  it('gives equal values equal results in a domain, and only there', () => {
    const values = ['Ada Lovelace', 'Ada Lovelace', 'Ada Lovelacf'];
    const [a, b, c] = scrambled(keyed, values);
    expect(a).toBe(b);
    // The whole value keys each character.
    expect(Array.from(a!).filter((letter, i) => letter === c![i]).length).toBeLessThan(5);
    expect(scrambled({ domain: 'other' }, values)[0]).not.toBe(a);
    const [d, e] = scrambled(random, values);
    expect(d).not.toBe(e);
  });

  it('normalizes as its domain does', () => {
    const resources = testResources({ normalize: ['trim', 'lowercase'] });
    const [a, b] = scrambled(keyed, ['Ada', ' ADA'], resources);
    expect(b).toBe(` ${a!.toUpperCase()}`);
  });

  it('keeps characters at either end, unless more than half would show', () => {
    const ends = { ...keyed, 'keep-first': 1, 'keep-last': 2 };
    const [long, six, five] = scrambled(ends, ['+1-555-010-1234', 'abcdef', 'abcde']);
    expect(long).toMatch(/^\+1-\d{3}-\d{3}-\d{2}34$/);
    expect(six).toMatch(/^a[a-z]{3}ef$/);
    expect(five).toMatch(/^[a-z]{5}$/);
    const joined = { ...keyed, 'keep-last': 1 };
    expect(scrambled(joined, ['ab👩‍👧'])[0]).toMatch(/^[a-z]{2}👩‍👧$/u);
    expect(scrambled(joined, ['xyZoe\u0308'])[0]).toMatch(/^[a-z]{2}[A-Z][a-z]e\u0308$/u);
  });

  it('makes no value itself', () => {
    const digits = Array.from({ length: 10 }, (_, digit) => String(digit));
    const many = Array.from({ length: 100 }, () => digits).flat();
    const results = scrambled(random, many);
    expect(results.filter((result, i) => result === many[i])).toEqual([]);
    // Each of the other nine is as likely: of 1000 draws each digit is expected 100 times, with a deviation of √90; six of them
    // are exceeded with probability 2e-9.
    for (const digit of digits) {
      const count = results.filter((result) => result === digit).length;
      expect(Math.abs(count - 100)).toBeLessThan(6 * Math.sqrt(90));
    }
    fc.assert(
      fc.property(fc.array(text), (texts) => {
        for (const [i, result] of scrambled(keyed, texts).entries()) {
          const replaced = Array.from(texts[i]!).some((c) => substitutesOf(c.codePointAt(0)!) !== undefined);
          expect(result === texts[i]).toBe(!replaced);
        }
      }),
      { seed: 31 },
    );
  });

  it('keeps the classes of any text, and is the same in both forms', () => {
    const keep = fc.nat(3);
    fc.assert(
      fc.property(fc.array(text), keep, keep, fc.constantFrom(keyed, random), (texts, first, last, source) => {
        const results = scrambled({ ...source, 'keep-first': first, 'keep-last': last }, texts);
        expect(results.map(classes)).toEqual(texts.map(classes));
      }),
      { seed: 32 },
    );
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
        scrambled(keyed, texts);
      }),
      { seed: 33 },
    );
  });

  it('serves values of any length', () => {
    const long = 'a1'.repeat(5000);
    const [result] = scrambled(keyed, [long]);
    expect(result).toMatch(/^([a-z]\d){5000}$/);
    // 5000 digits: each is expected 500 times, deviation √450.
    for (let digit = 0; digit < 10; digit++) {
      const count = result!.split(String(digit)).length - 1;
      expect(Math.abs(count - 500)).toBeLessThan(6 * Math.sqrt(450));
    }
  });

  it.each([
    [{}, [[]]],
    [{ domain: 'd', random: true }, [['random']]],
    [keyed, []],
    [random, []],
  ])('finds what is wrong with %j', (options, paths) => {
    const found = scramble.check?.(scramble.options.parse(options), undefined);
    expect(found?.map(({ path }) => path)).toEqual(paths);
  });
});
