import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prefix } from '../../src/hierarchies/prefix.ts';
import { levelsOf, noFiles } from './forms.ts';

describe('prefixes', () => {
  it('keep the first characters, at shorter and shorter lengths', () => {
    expect(levelsOf(prefix.build({ prefix: [5, 3, 1] }, noFiles), ['1234567', '123', '', '12*45'])).toEqual([
      ['1234567', '12345**', '123****', '1******', '*'],
      ['123', '123', '123', '1**', '*'],
      ['', '', '', '', '*'],
      ['12*45', '12*45', '12***', '1****', '*'],
    ]);
    expect(levelsOf(prefix.build({ prefix: [0] }, noFiles), ['abc'])).toEqual([['abc', '***', '*']]);
  });

  it('count what a reader sees as a character, not bytes, UTF-16 units or code points', () => {
    expect(levelsOf(prefix.build({ prefix: [2, 1] }, noFiles), ['🙂é中x'])).toEqual([
      ['🙂é中x', '🙂é**', '🙂***', '*'],
    ]);
    // e and a combining acute accent; a family of emoji that are joined; a flag of two regional indicators; a syllable of Tamil.
    const seen = ['e\u0301', '👩‍👩‍👧', '🇨🇭', 'நி'];
    expect(levelsOf(prefix.build({ prefix: [3, 2, 0] }, noFiles), [seen.join('')])).toEqual([
      [seen.join(''), `${seen.slice(0, 3).join('')}*`, `${seen.slice(0, 2).join('')}**`, '****', '*'],
    ]);
  });

  it('have the length of the value and agree with it as far as they go', () => {
    // A carriage return and a line feed are one cluster by UAX #29, and two characters here, as for masks.
    const text = fc
      .string({
        unit: fc.oneof(
          fc.constantFrom('e', '\u0301', '\u200d', '👩', '🇨', '🇭', 'ß'),
          fc.string({ unit: 'binary', maxLength: 2 }),
        ),
      })
      .filter((value) => !value.includes('\r\n'));
    const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' });
    const lengths = fc.uniqueArray(fc.nat(12), { minLength: 1 });
    fc.assert(
      fc.property(lengths, fc.array(text), (unsorted, texts) => {
        const sorted = unsorted.toSorted((a, b) => b - a);
        for (const [i, levels] of levelsOf(prefix.build({ prefix: sorted }, noFiles), texts).entries()) {
          const characters = Array.from(clusters.segment(texts[i]!), ({ segment }) => segment);
          for (const [level, kept] of sorted.entries()) {
            const expected = characters.map((character, at) => (at < kept ? character : '*'));
            expect(levels[level + 1]).toBe(expected.join(''));
          }
        }
      }),
      { seed: 7 },
    );
  });

  it('need lengths in decreasing order', () => {
    for (const bad of [[], [1, 3], [3, 3], [-1], [1.5]]) {
      expect(prefix.options.safeParse({ prefix: bad }).success).toBe(false);
    }
  });
});
