import fc from 'fast-check';
import { expect, test } from 'vitest';
import { termsFrom } from '../../src/license/compose.ts';
import { decideTerms } from '../../src/license/decide.ts';
import { explainTerms } from '../../src/license/explain.ts';
import { stateWith } from '../../src/license/explain-flag.ts';
import { key, leastTerms, licenseOptions, organization, plain, stated } from './fixtures.ts';

test('every term that is decided is explained, in the same order', () => {
  fc.assert(
    fc.property(licenseOptions, (options) => {
      const { terms } = termsFrom(options);
      const decided = decideTerms(terms, stated({ organization }), plain).map(({ term }) => term);
      const explained = explainTerms(terms).map(({ term }) => term);
      expect(explained).toEqual(decided);
    }),
    { seed: 3, numRuns: 300 },
  );
});

test('what is refused for want of a statement is explained with its flag', () => {
  const terms = {
    ...leastTerms,
    licensee: { ...leastTerms.licensee, users: ['u 1'], key },
    purposes: ['AcademicResearch' as const],
    regions: ['GB' as const],
    projects: ["O'Neill"],
    safeguards: ['A', 'B'],
  };
  expect(explainTerms(terms).flatMap(({ term, state }) => (state === undefined ? [] : [[term, state]]))).toEqual([
    ['licensee', `--organization ${organization}`],
    ['licensee.users', "--user 'u 1'"],
    ['licensee.key', '--context FILE (made with `anon context sign`)'],
    ['purposes', '--purpose AcademicResearch'],
    ['regions', '--region CODE (the country of the use, ISO 3166-1 alpha-2)'],
    ['projects', "--project 'O'\\''Neill'"],
    ['safeguards', '--safeguard A --safeguard B'],
  ]);
});

test('a signed context makes what it states verified', () => {
  const signed = { ...leastTerms, licensee: { ...leastTerms.licensee, key } };
  expect(explainTerms(signed)[0]).toMatchObject({ term: 'licensee', basis: 'verified' });
  expect(explainTerms(leastTerms)[0]).toMatchObject({ term: 'licensee', basis: 'asserted' });
});

test('a flag is written as a shell takes it', () => {
  expect(stateWith('--user', '$(rm -rf ~)')).toBe("--user '$(rm -rf ~)'");
});
