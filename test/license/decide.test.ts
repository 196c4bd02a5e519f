import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actionNames } from '../../src/license/actions.ts';
import { termsFrom } from '../../src/license/compose.ts';
import { decideTerms } from '../../src/license/decide.ts';
import type { Terms } from '../../src/license/terms.ts';
import type { StatedUse } from '../../src/license/use.ts';
import { able, isAllowed, leastTerms, licenseOptions, organization, plain, stated, uses } from './fixtures.ts';

const terms = licenseOptions.map((options) => termsFrom(options).terms);
const situations = fc.constantFrom(plain, able);

/** Terms, and a use that they allow; nothing is due yet. */
const allowed = terms
  .map((terms): Terms => {
    const duties = terms.duties?.filter((duty) => duty.deleteBy === undefined);
    const { duties: _, prohibitions: __, ...rest } = terms;
    const prohibitions = terms.prohibitions?.filter((action) => action !== terms.permissions[0]);
    return {
      ...rest,
      ...(prohibitions?.length ? { prohibitions } : {}),
      ...(duties?.length ? { duties } : {}),
    };
  })
  .map((terms): [Terms, StatedUse] => [
    terms,
    stated({
      organization,
      action: terms.permissions[0],
      ...(terms.licensee.users || terms.limits?.users ? { user: terms.licensee.users?.[0] ?? 'anybody' } : {}),
      ...(terms.purposes ? { purpose: terms.purposes[0] } : {}),
      ...(terms.regions ? { region: countryIn(terms.regions[0]!) } : {}),
      ...(terms.projects ? { project: terms.projects[0] } : {}),
      ...(terms.safeguards ? { safeguards: terms.safeguards } : {}),
    }),
  ]);

test('a use that states everything the license constrains is allowed', () => {
  fc.assert(
    fc.property(allowed, ([terms, use]) => {
      expect(decideTerms(terms, use, able).filter((outcome) => outcome.status === 'fail')).toEqual([]);
    }),
    { seed: 2, numRuns: 300 },
  );
});

test('leaving out any stated member that the license constrains turns allow into deny, and names its flag', () => {
  fc.assert(
    fc.property(allowed, ([terms, use]) => {
      const constrained = (Object.keys(use) as (keyof StatedUse)[]).filter((name) => name !== 'action');
      for (const name of constrained) {
        if (name === 'safeguards' && terms.safeguards === undefined) continue;
        const { [name]: _, ...less } = use;
        const outcomes = decideTerms(terms, stated(less), able);
        const flag = `--${name.replace('safeguards', 'safeguard')}`;
        const missing = outcomes.filter((outcome) => outcome.status === 'fail');
        expect(missing.length).toBeGreaterThan(0);
        for (const outcome of missing) {
          expect(outcome.code).toBe('TERMS');
          expect(outcome.detail).toMatch(new RegExp(`${flag}$`));
        }
      }
    }),
    { seed: 3, numRuns: 300 },
  );
});

test('adding a prohibition never turns deny into allow', () => {
  fc.assert(
    fc.property(terms, uses, situations, fc.constantFrom(...actionNames), (terms, use, situation, action) => {
      const prohibitions = [...new Set([...(terms.prohibitions ?? []), action])];
      const stricter = isAllowed({ ...terms, prohibitions }, use, situation);
      expect(stricter && !isAllowed(terms, use, situation)).toBe(false);
      if (use.action === action) expect(stricter).toBe(false);
    }),
    { seed: 4, numRuns: 500 },
  );
});

test('dropping a constraint never turns allow into deny', () => {
  const optional = ['purposes', 'regions', 'projects', 'safeguards', 'limits', 'duties', 'classification'] as const;
  fc.assert(
    fc.property(allowed, fc.constantFrom(...optional), ([terms, use], name) => {
      const { [name]: _, ...looser } = terms;
      expect(isAllowed(looser, use, able)).toBe(true);
    }),
    { seed: 5, numRuns: 300 },
  );
});

describe('outcomes', () => {
  test('every member of the terms has one; exactly the failures have a code', () => {
    fc.assert(
      fc.property(terms, uses, situations, (terms, use, situation) => {
        const outcomes = decideTerms(terms, use, situation);
        for (const member of Object.keys(terms))
          expect(
            outcomes.some(({ term }) => term === member || term.startsWith(`${member}.`)),
            member,
          ).toBe(true);
        for (const outcome of outcomes) {
          expect(outcome.code !== undefined).toBe(outcome.status === 'fail');
          expect(outcome.detail).not.toMatch(/[.\n]$/);
        }
      }),
      { seed: 6, numRuns: 300 },
    );
  });

  test('come in the order of the terms', () => {
    const outcomes = decideTerms(
      { ...leastTerms, prohibitions: ['train'], purposes: ['AcademicResearch'], limits: { exports: 1 } },
      stated({ audience: '*' }),
      plain,
    );
    const order = ['context.audience', 'licensee', 'permissions', 'prohibitions', 'purposes', 'limits.exports'];
    expect(outcomes.map(({ term }) => term)).toEqual(order);
  });
});

function countryIn(region: string): string {
  return region === 'EU' || region === 'EEA' ? 'DE' : region;
}
