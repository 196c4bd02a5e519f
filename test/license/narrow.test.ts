import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { termsFrom } from '../../src/license/compose.ts';
import { decideTerms } from '../../src/license/decide.ts';
import { exceeding, narrowTerms, type SomeTerms, widening } from '../../src/license/narrow.ts';
import { purposes } from '../../src/license/purposes.ts';
import { type Terms, termsSchema } from '../../src/license/terms.ts';
import {
  able,
  failuresOf,
  isAllowed,
  leastTerms,
  licenseOptions,
  organization,
  plain,
  stated,
  uses,
} from './fixtures.ts';

const terms = licenseOptions.map((options): Terms => termsFrom(options).terms);
const situations = fc.constantFrom(plain, able);
const runs = { seed: 12, numRuns: 300 };

/** Two terms that have members in common, and a use that is likely to be allowed by both. */
const pairs = fc
  .record({
    a: terms,
    other: terms,
    taken: fc.subarray(['purposes', 'regions', 'projects', 'safeguards', 'limits', 'classification', 'prohibitions']),
    use: uses,
    likely: fc.boolean(),
  })
  .map(({ a, other, taken, use, likely }) => {
    const theirs = Object.fromEntries(Object.entries(other).filter(([name]) => taken.includes(name)));
    const b = { ...leastTerms, permissions: other.permissions, ...theirs } as Terms;
    const region = (a.regions ?? b.regions)?.[0];
    const meant = {
      organization,
      user: a.licensee.users?.[0],
      purpose: (a.purposes ?? b.purposes)?.[0],
      region: region === 'EU' ? 'DE' : region === 'EEA' ? 'NO' : region,
      project: (a.projects ?? b.projects)?.[0],
      action: a.permissions.find((name) => b.permissions.includes(name)) ?? 'use',
      safeguards: ['EncryptionAtRest', 'AccessControl'],
    };
    return { a, b, use: likely ? stated(JSON.parse(JSON.stringify(meant))) : use };
  });

function narrowed(a: SomeTerms, b: SomeTerms): SomeTerms {
  const { terms: both, conflicts } = narrowTerms(a, b);
  expect(conflicts).toEqual([]);
  return both;
}

describe('narrowing', () => {
  test.each<[what: string, a: SomeTerms, b: SomeTerms, both: SomeTerms]>([
    ['a country within a group', { regions: ['EEA'] }, { regions: ['DE', 'US'] }, { regions: ['DE'] }],
    ['a group within a group', { regions: ['EEA', 'GB'] }, { regions: ['EU', 'GB'] }, { regions: ['EU', 'GB'] }],
    ['a group and its members', { regions: ['EEA', 'DE'] }, {}, { regions: ['EEA'] }],
    ['a group from its members', { regions: ['EU', 'IS', 'LI', 'NO'] }, {}, { regions: ['EEA'] }],
    [
      'a narrower purpose',
      { purposes: ['ResearchAndDevelopment'] },
      { purposes: ['AcademicResearch', 'Marketing'] },
      { purposes: ['AcademicResearch'] },
    ],
    [
      'what two purposes share',
      { purposes: ['ResearchAndDevelopment'] },
      { purposes: ['CommercialPurpose'] },
      { purposes: ['CommercialResearch'] },
    ],
    [
      'permissions shared, without what is prohibited',
      { permissions: ['use', 'train', 'link'], prohibitions: ['link'] },
      { permissions: ['link', 'use'], prohibitions: ['train'] },
      { permissions: ['use'], prohibitions: ['link', 'train'] },
    ],
    ['projects shared', { projects: ['P-2', 'P-1'] }, { projects: ['P-1', 'P-3'] }, { projects: ['P-1'] }],
    ['all safeguards', { safeguards: ['B'] }, { safeguards: ['A', 'B'] }, { safeguards: ['A', 'B'] }],
    [
      'the smaller limits',
      { limits: { exports: 3, users: 5 } },
      { limits: { exports: 7 } },
      { limits: { exports: 3, users: 5 } },
    ],
    [
      'the earliest and shortest duties',
      { duties: [{ deleteBy: '2027-01-01T00:00:00Z' }, { reportBreach: 'P3D' }] },
      { duties: [{ reportBreach: 'PT12H' }, { deleteBy: '2028-01-01T00:00:00Z' }, { permitAudit: true }] },
      { duties: [{ deleteBy: '2027-01-01T00:00:00Z' }, { reportBreach: 'PT12H' }, { permitAudit: true }] },
    ],
    [
      'durations that cannot be compared, both',
      { duties: [{ reportUsage: 'P1M' }] },
      { duties: [{ reportUsage: 'P30D' }] },
      { duties: [{ reportUsage: 'P1M' }, { reportUsage: 'P30D' }] },
    ],
    [
      'every attribution',
      { duties: [{ attribute: 'B' }] },
      { duties: [{ attribute: 'A' }, { attribute: 'B' }] },
      { duties: [{ attribute: 'A' }, { attribute: 'B' }] },
    ],
    [
      'the stricter class',
      { classification: { source: 'secret', release: 'internal' } },
      { classification: { release: 'confidential' } },
      { classification: { source: 'secret', release: 'confidential' } },
    ],
    [
      'the class of a source that goes for the release',
      { classification: { source: 'restricted' } },
      { classification: { release: 'internal' } },
      { classification: { source: 'restricted', release: 'restricted' } },
    ],
    [
      'words of a class that are equal',
      { classification: { release: 'TLP:AMBER' } },
      { classification: { release: 'TLP:AMBER' } },
      { classification: { release: 'TLP:AMBER' } },
    ],
    [
      'users and key of one licensee',
      { licensee: { ...leastTerms.licensee, users: ['u2', 'u1'] } },
      { licensee: { ...leastTerms.licensee, users: ['u2'], key: 'a' } },
      { licensee: { ...leastTerms.licensee, users: ['u2'], key: 'a' } },
    ],
  ])('%s', (_, a, b, both) => {
    expect(narrowed(a, b)).toEqual(both);
  });

  test.each<[path: string, a: SomeTerms, b: SomeTerms]>([
    ['regions', { regions: ['EEA'] }, { regions: ['US'] }],
    ['purposes', { purposes: ['Marketing'] }, { purposes: ['AcademicResearch'] }],
    ['projects', { projects: ['P-1'] }, { projects: ['p-1'] }],
    ['permissions', { permissions: ['use'] }, { permissions: ['train'] }],
    ['permissions', { permissions: ['use'] }, { prohibitions: ['use'] }],
    ['licensee.id', { licensee: leastTerms.licensee }, { licensee: { id: 'urn:org:other', name: 'Other' } }],
    [
      'licensee.users',
      { licensee: { ...leastTerms.licensee, users: ['u1'] } },
      { licensee: { ...leastTerms.licensee, users: ['u2'] } },
    ],
    [
      'licensee.key',
      { licensee: { ...leastTerms.licensee, key: 'a' } },
      { licensee: { ...leastTerms.licensee, key: 'b' } },
    ],
    ['classification.release', { classification: { release: 'TLP:RED' } }, { classification: { release: 'internal' } }],
  ])('of nothing in common is a conflict at %s', (path, a, b) => {
    expect(narrowTerms(a, b).conflicts.map(({ conflict }) => conflict)).toEqual([path]);
    expect(narrowTerms(b, a).conflicts.map(({ conflict }) => conflict)).toEqual([path]);
  });

  test('allows only what both allow, and all of that where a conflict is reported: nothing', () => {
    let both = 0;
    fc.assert(
      fc.property(pairs, situations, ({ a, b, use }, situation) => {
        const { terms: narrow, conflicts } = narrowTerms(a, b);
        const allowed = isAllowed(a, use, situation) && isAllowed(b, use, situation);
        if (conflicts.length > 0) {
          // Classes are not decided, so a conflict of classes alone says nothing of the use.
          if (conflicts.some(({ conflict }) => !conflict.startsWith('classification'))) expect(allowed).toBe(false);
          return;
        }
        both += allowed ? 1 : 0;
        expect(isAllowed(termsSchema.parse(narrow), use, situation)).toBe(allowed);
      }),
      runs,
    );
    expect(both).toBeGreaterThan(5);
  });

  test('does not depend on the order, in meaning', () => {
    fc.assert(
      fc.property(pairs, ({ a, b }) => {
        const one = narrowTerms(a, b);
        const other = narrowTerms(b, a);
        expect(other.conflicts.map(({ conflict }) => conflict)).toEqual(one.conflicts.map(({ conflict }) => conflict));
        if (one.conflicts.length > 0) return;
        expect(exceeding(one.terms, other.terms)).toEqual([]);
        expect(exceeding(other.terms, one.terms)).toEqual([]);
      }),
      runs,
    );
  });

  test('a second time changes nothing, and its result is within both', () => {
    fc.assert(
      fc.property(pairs, ({ a, b }) => {
        const { terms: both, conflicts } = narrowTerms(a, b);
        if (conflicts.length > 0) return;
        expect(narrowed(both, both)).toEqual(both);
        expect(narrowed(both, b)).toEqual(both);
        expect([exceeding(both, a), exceeding(both, b)]).toEqual([[], []]);
      }),
      runs,
    );
  });
});

describe('within', () => {
  test('what is within other terms allows no use that they refuse', () => {
    let within = 0;
    fc.assert(
      fc.property(pairs, situations, ({ a: child, b: parent, use }, situation) => {
        // Most pairs have nothing to do with each other: the narrowed one always has.
        const narrow = narrowTerms(parent, child);
        const candidates = [child, ...(narrow.conflicts.length === 0 ? [termsSchema.parse(narrow.terms)] : [])];
        for (const candidate of candidates) {
          if (exceeding(candidate, parent).length > 0) continue;
          within++;
          if (isAllowed(candidate, use, situation)) expect(isAllowed(parent, use, situation)).toBe(true);
        }
      }),
      runs,
    );
    expect(within).toBeGreaterThan(50);
  });

  test.each<[what: string, child: SomeTerms, parent: SomeTerms, members: string[]]>([
    ['a constraint left out', {}, { regions: ['EEA'], limits: { exports: 1 } }, ['regions', 'limits']],
    [
      'a prohibition left out',
      { permissions: ['use'] },
      { permissions: ['use'], prohibitions: ['link'] },
      ['prohibitions'],
    ],
    ['a broader purpose', { purposes: ['ResearchAndDevelopment'] }, { purposes: ['AcademicResearch'] }, ['purposes']],
    ['a longer time', { duties: [{ reportBreach: 'P4D' }] }, { duties: [{ reportBreach: 'P3D' }] }, ['duties']],
    [
      'another form of the same',
      { regions: ['EEA'], duties: [{ reportBreach: 'PT72H' }] },
      { regions: ['EU', 'NO', 'LI', 'IS'], duties: [{ reportBreach: 'P3D' }] },
      [],
    ],
    [
      'less of everything',
      { permissions: ['use'], regions: ['DE'], safeguards: ['A', 'B'] },
      { permissions: ['use', 'train'], regions: ['EU'], safeguards: ['B'] },
      [],
    ],
  ])('%s', (_, child, parent, members) => {
    expect(exceeding(child, parent)).toEqual(members);
  });
});

describe('words that widen', () => {
  test('each is found at its place', () => {
    const words: SomeTerms = {
      permissions: ['use', 'train'],
      prohibitions: ['sublicense'],
      purposes: ['AcademicResearch', 'Marketing'],
      regions: ['DE', 'US', 'EEA'],
      limits: { exports: 5, users: 2 },
      duties: ['P1D', 'P9D'].map((reportBreach) => ({ reportBreach })),
      classification: { source: 'internal', release: 'secret' },
    };
    const base: SomeTerms = {
      permissions: ['use'],
      prohibitions: ['link'],
      purposes: ['ResearchAndDevelopment'],
      regions: ['EU', 'IS', 'LI', 'NO'],
      limits: { exports: 4 },
      duties: [{ reportBreach: 'P3D' }],
      classification: { source: 'restricted' },
    };
    expect(widening(words, base)).toEqual([
      ['permissions', 1],
      ['purposes', 1],
      ['regions', 1],
      ['limits', 'exports'],
      ['duties', 1],
      ['classification', 'source'],
    ]);
  });

  test('a permission that is prohibited is one', () => {
    expect(widening({ permissions: ['use', 'link'] }, { prohibitions: ['link'] })).toEqual([['permissions', 1]]);
  });

  test('no words of terms widen those terms', () => {
    fc.assert(
      fc.property(terms, (own) => {
        if (narrowTerms(own, own).conflicts.length > 0) return;
        const { classification: _, licensee: __, ...decided } = own;
        const lively = { ...decided, permissions: own.permissions.filter((name) => !own.prohibitions?.includes(name)) };
        const duties = lively.duties === undefined ? {} : { duties: narrowed(lively, lively).duties! };
        expect(widening({ ...lively, ...duties }, own)).toEqual([]);
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});

test('every purpose narrowed by itself stays itself', () => {
  for (const purpose of purposes) expect(narrowed({ purposes: [purpose] }, {})).toEqual({ purposes: [purpose] });
});

test('narrowed terms refuse what one of them refuses, with its reason', () => {
  const both = narrowed({ ...leastTerms, regions: ['EEA'] }, { ...leastTerms, purposes: ['AcademicResearch'] });
  const use = stated({ organization, region: 'US' });
  expect(failuresOf(decideTerms(termsSchema.parse(both), use, plain))).toEqual(['purposes TERMS', 'regions TERMS']);
});
