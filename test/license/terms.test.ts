import { describe, expect, test } from 'vitest';
import { type Terms, termsSchema } from '../../src/license/terms.ts';
import { key, leastTerms, organization } from './fixtures.ts';

const licensee = leastTerms.licensee;

const full = {
  licensee: { id: organization, name: 'Example University', users: ['u1'], key },
  permissions: ['use'],
  prohibitions: ['reidentify', 'link', 'distribute', 'train'],
  purposes: ['AcademicResearch'],
  regions: ['GB', 'EEA'],
  projects: ['P-17'],
  safeguards: ['EncryptionAtRest'],
  limits: { exports: 10, users: 3 },
  duties: [
    { deleteBy: '2027-12-31T00:00:00Z' },
    { reportBreach: 'P3D' },
    { attribute: 'Example Hospital Trust' },
    { permitAudit: true },
    { reportUsage: 'P1M' },
  ],
  classification: { source: 'restricted', release: 'confidential' },
} satisfies Terms;

test('terms with every member are taken as they are, byte for byte', () => {
  expect(JSON.stringify(termsSchema.parse(full))).toBe(JSON.stringify(full));
});

test('licensee and permissions are enough, and are required', () => {
  expect(termsSchema.parse(leastTerms)).toEqual(leastTerms);
  expect(termsSchema.safeParse({ licensee }).success).toBe(false);
  expect(termsSchema.safeParse({ permissions: ['use'] }).success).toBe(false);
});

describe('closed', () => {
  test.each<[string, Record<string, unknown>]>([
    ['an unknown member', { price: 1 }],
    ['an unknown member of the licensee', { licensee: { ...licensee, email: 'x' } }],
    ['an unknown limit', { limits: { exports: 1, queries: 1 } }],
    ['an unknown duty', { duties: [{ pay: 'P1D' }] }],
    ['two duties in one', { duties: [{ deleteBy: '2027-12-31T00:00:00Z', reportBreach: 'P3D' }] }],
    ['an empty duty', { duties: [{}] }],
    ['a duty that is none', { duties: [{ permitAudit: false }] }],
    ['a duty by its policy name', { duties: ['report-breach'] }],
    ['an unknown action', { permissions: ['use', 'read'] }],
    ['an unknown prohibition', { prohibitions: ['profile'] }],
    ['an unknown purpose', { purposes: ['Research'] }],
    ['an unknown region', { regions: ['EUROPE'] }],
    ['a region in small letters', { regions: ['gb'] }],
    ['nothing permitted', { permissions: [] }],
    ['no purposes', { purposes: [] }],
    ['a region twice', { regions: ['GB', 'GB'] }],
    ['no limits', { limits: {} }],
    ['a limit of zero', { limits: { exports: 0 } }],
    ['a limit in parts', { limits: { exports: 1.5 } }],
    ['a limit as text', { limits: { exports: '10' } }],
    ['a day in place of a time', { duties: [{ deleteBy: '2027-12-31' }] }],
    ['a key that is no key id', { licensee: { ...licensee, key: 'abc' } }],
    ['null', { purposes: null }],
  ])('%s is refused', (_what, member) => {
    expect(termsSchema.safeParse({ ...full, ...member }).success).toBe(false);
  });
});
