import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { purpose, purposes, purposeWithin } from '../../src/license/purposes.ts';

describe('purposeWithin', () => {
  // `skos:broader` of the W3C Data Privacy Vocabulary 2.0.
  test.each([
    ['AcademicResearch', 'AcademicResearch'],
    ['AcademicResearch', 'ResearchAndDevelopment'],
    ['NonCommercialResearch', 'ResearchAndDevelopment'],
    ['NonCommercialResearch', 'NonCommercialPurpose'],
    ['CommercialResearch', 'CommercialPurpose'],
    ['ImproveHealthcare', 'PublicBenefit'],
    ['CounterMoneyLaundering', 'EnforceSecurity'],
    ['ImproveExistingProductsAndServices', 'ServiceProvision'],
  ])('%s is within %s', (stated, licensed) => {
    expect(purposeWithin(stated, licensed)).toBe(true);
  });

  test.each([
    ['ResearchAndDevelopment', 'AcademicResearch'],
    ['CommercialResearch', 'AcademicResearch'],
    ['AcademicResearch', 'NonCommercialPurpose'],
    ['CommercialResearch', 'NonCommercialPurpose'],
    ['academicresearch', 'ResearchAndDevelopment'],
    ['Purpose', 'Purpose'],
    ['constructor', 'constructor'],
    ['', ''],
  ])('%s is not within %s', (stated, licensed) => {
    expect(purposeWithin(stated, licensed)).toBe(false);
  });

  test('orders the purposes: reflexive, antisymmetric, transitive', () => {
    const any = fc.constantFrom(...purposes);
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        expect(purposeWithin(a, a)).toBe(true);
        if (a !== b) expect(purposeWithin(a, b) && purposeWithin(b, a)).toBe(false);
        if (purposeWithin(a, b) && purposeWithin(b, c)) expect(purposeWithin(a, c)).toBe(true);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});

describe('the schema', () => {
  test('says which purpose may be meant', () => {
    expect(message('AcademicReserch')).toContain('did you mean `AcademicResearch`?');
    expect(message('academicresearch')).toContain('did you mean `AcademicResearch`?');
  });

  test('does not guess at what is no typing error, nor repeat it', () => {
    for (const input of ['Zzz', 'A'.repeat(5000), 7, null]) expect(message(input)).toBe('must be a known purpose');
  });

  function message(input: unknown): string | undefined {
    return purpose.safeParse(input).error?.issues[0]?.message;
  }
});
