import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesGlob } from '../../src/release/glob.ts';

describe('a glob', () => {
  it.each([
    ['patients.csv', 'patients*', true],
    ['patients.csv', 'patients', false],
    ['old-patients.csv', 'patients*', false],
    ['patients/secret.csv', 'patients*', false],
    ['a/b.csv', '*/*.csv', true],
    ['Patients.csv', 'patients*', false],
    ['a.csv', '?.csv', true],
    ['/', '?', false],
    ['', '*', true],
    ['', '', true],
    ['x', '', false],
    ['a+b', 'a+b', true],
  ])('%j of %j: %s', (name, glob, expected) => expect(matchesGlob(name, glob)).toBe(expected));

  it('matches what the regular expression does', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (name, glob) => {
        const form = glob.replace(/[.*?/]/g, (c) => ({ '*': '[^/]*', '?': '[^/]', '.': '\\.', '/': '/' })[c]!);
        expect(matchesGlob(name, glob)).toBe(new RegExp(`^${form}$`).test(name));
      }),
      { seed: 1, numRuns: 3000 },
    );
  });

  it('takes no longer than the product of the lengths', () => {
    const begin = performance.now();
    expect(matchesGlob('a'.repeat(100), `${'*a'.repeat(99)}*b`)).toBe(false);
    expect(performance.now() - begin).toBeLessThan(1000);
  });
});
