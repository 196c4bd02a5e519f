import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern, type Pattern } from '../../src/base/pattern.ts';

function compiled(text: string): Pattern {
  const pattern = compilePattern(text);
  if (typeof pattern !== 'function') throw new Error(`${text}: ${pattern.message}`);
  return pattern;
}

function matches(pattern: Pattern, text: string): boolean {
  // Neighbours that must not be read.
  const bytes = Buffer.from(`a${text}a`);
  return pattern(bytes, 1, bytes.length - 1);
}

describe('patterns', () => {
  it.each<[string, string[], string[]]>([
    ['', [''], ['a']],
    ['US', ['US'], ['', 'us', 'USA', 'aUS']],
    ['US|CA', ['US', 'CA'], ['UA', 'USCA']],
    ['[A-Z]{2}\\d{2,3}', ['AB12', 'AB123'], ['AB1', 'AB1234', 'ab12']],
    ['(?:\\+49|0)[1-9]\\d*', ['+491', '030'], ['+490', '49']],
    ['a{0}b', ['b'], ['ab']],
    ['(a*)*', ['', 'aaa'], ['b']],
    ['[^@]+@[^@]+\\.[a-z]+', ['a@b.de'], ['a@b', 'a@@b.de']],
    ['\\p{Lu}\\p{Ll}+', ['Zoë', 'Ærø'], ['zoë', 'Zoe\u0308']],
    ['.', ['a', 'é', '😀'], ['', 'ab', '\n', '\u2028']],
    ['[-.x]', ['-', '.', 'x'], ['a']],
    ['[\\]\\-\\u00e9]', [']', '-', 'é'], ['e']],
  ])('%s', (text, good, bad) => {
    for (const value of good) expect(matches(compiled(text), value), value).toBe(true);
    for (const value of bad) expect(matches(compiled(text), value), value).toBe(false);
  });

  it.each([
    ['^US$', 0, 'covers the whole value'],
    ['US$', 2, 'covers the whole value'],
    ['(US', 0, '`(` without `)`'],
    ['US)', 2, '`)` without `(`'],
    ['[US', 0, '`[` without `]`'],
    ['[z-a]', 1, 'a range'],
    ['[\\d-z]', 1, 'a range'],
    ['*a', 0, 'nothing to repeat'],
    ['a*?', 2, 'nothing to repeat'],
    ['a{3,2}', 1, 'wrong order'],
    ['a{,2}', 1, 'a count is written'],
    ['(?=a)', 0, 'groups are written'],
    ['(a)\\1', 3, 'unknown escape'],
    ['\\bUS', 0, 'unknown escape'],
    ['\\p{Nonsense}', 0, 'unknown escape'],
    ['\\u{110000}', 0, 'no such character'],
    ['\\', 0, 'unknown escape'],
    ['((a{100}){100}){100}', 0, 'too large'],
  ])('%s is refused', (text, at, message) => {
    expect(compilePattern(text)).toEqual({ at, message: expect.stringContaining(message) });
  });

  const character = fc.constantFrom('a', 'b', 'é', '.', '[ab]', '[^a]', '\\d', '\\W', '1', '😀', '\\s', ' ');
  const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
    pattern: fc.oneof(
      { maxDepth: 4 },
      character,
      fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `${a}${b}`),
      fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `(?:${a}|${b})`),
      fc
        .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{2,}', '{0}'))
        .map(([a, quantifier]) => `(${a})${quantifier}`),
    ),
  }));
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '1', '😀', ' ', '\n', '日'), maxLength: 12 });

  it('match what RegExp matches', () => {
    let matched = 0;
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 10, maxLength: 10 }), (expression, values) => {
        const own = compiled(expression);
        const other = new RegExp(`^(?:${expression})$`, 'u');
        for (const value of values) {
          const expected = other.test(value);
          if (expected) matched++;
          expect(matches(own, value), `${expression} on ${JSON.stringify(value)}`).toBe(expected);
        }
      }),
      { numRuns: 1000, seed: 1 },
    );
    expect(matched).toBeGreaterThan(500);
  });

  it('take one step per character where RegExp takes 2^n, also with more states than are remembered', () => {
    const value = Buffer.from(`${'a'.repeat(100_000)}!`);
    expect(compiled('(a*)*b')(value, 0, value.length)).toBe(false);
    expect(compiled('(a|a)*b')(value, 0, value.length)).toBe(false);
    // The deterministic automaton has 2^14 states: the last 14 characters.
    const deep = compiled('(?:a|b)*a(?:a|b){13}');
    const mixed = Array.from({ length: 60_000 }, (_, i) => ((i * i * 7919) % 13 < 6 ? 'a' : 'b')).join('');
    let state = 1;
    const noise = Array.from({ length: 60_000 }, () => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return state & 0x10000 ? 'a' : 'b';
    }).join('');
    for (const one of [mixed, noise]) expect(matches(deep, one)).toBe(one.at(-14) === 'a');
  });
});
