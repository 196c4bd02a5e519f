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

  it('count code points, not bytes or UTF-16 units', () => {
    expect(levelsOf(prefix.build({ prefix: [2, 1] }, noFiles), ['🙂é中x'])).toEqual([
      ['🙂é中x', '🙂é**', '🙂***', '*'],
    ]);
  });

  it('have the length of the value and agree with it as far as they go', () => {
    const lengths = fc.uniqueArray(fc.nat(12), { minLength: 1 });
    fc.assert(
      fc.property(lengths, fc.array(fc.string({ unit: 'binary' })), (unsorted, texts) => {
        const sorted = unsorted.toSorted((a, b) => b - a);
        for (const [i, levels] of levelsOf(prefix.build({ prefix: sorted }, noFiles), texts).entries()) {
          const characters = [...texts[i]!];
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
