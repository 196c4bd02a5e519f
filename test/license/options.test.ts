import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { termsFrom } from '../../src/license/compose.ts';
import { type LicenseOptions, licenseOptionsSchema } from '../../src/license/options.ts';
import { termsSchema } from '../../src/license/terms.ts';
import { key, licenseOptions } from './fixtures.ts';

const least = {
  licensor: { name: 'Example Hospital Trust' },
  licensee: { id: 'urn:org:example-university', name: 'Example University' },
  valid: { from: '2026-10-01', until: '2027-09-30' },
};

test("the policy's words become the statement's", () => {
  const options = licenseOptionsSchema.parse({
    ...least,
    title: 'Readmission cohort 2026',
    licensor: { id: 'urn:org:example-hospital', name: 'Example Hospital Trust', contact: 'data@hospital.example' },
    licensee: { ...least.licensee, users: ['u1'], key },
    purposes: ['AcademicResearch'],
    regions: ['GB', 'EEA'],
    prohibitions: ['reidentify', 'link', 'distribute', 'train'],
    duties: [
      { 'delete-by': '2027-12-31' },
      'report-breach',
      { 'report-breach': 'PT12H' },
      { attribute: 'Example Hospital Trust' },
      'permit-audit',
      { 'report-usage': 'P1M' },
    ],
    limits: { exports: 10 },
    classification: { source: 'restricted', release: 'confidential' },
    approvals: { threshold: 2 },
    status: { 'max-age': 'P1D' },
  });
  expect(termsFrom(options)).toEqual({
    title: 'Readmission cohort 2026',
    licensor: { id: 'urn:org:example-hospital', name: 'Example Hospital Trust', contact: 'data@hospital.example' },
    terms: {
      licensee: { id: 'urn:org:example-university', name: 'Example University', users: ['u1'], key },
      permissions: ['use'],
      prohibitions: ['reidentify', 'link', 'distribute', 'train'],
      purposes: ['AcademicResearch'],
      regions: ['GB', 'EEA'],
      limits: { exports: 10 },
      duties: [
        { deleteBy: '2027-12-31T00:00:00Z' },
        { reportBreach: 'P3D' },
        { reportBreach: 'PT12H' },
        { attribute: 'Example Hospital Trust' },
        { permitAudit: true },
        { reportUsage: 'P1M' },
      ],
      classification: { source: 'restricted', release: 'confidential' },
    },
    notBefore: '2026-10-01T00:00:00Z',
    notAfter: '2027-10-01T00:00:00Z',
    approvals: { threshold: 2, distinctFromIssuer: true },
    status: { required: true, maxAge: 'P1D', from: 'revocations.json' },
  });
});

test('what is left out is left out of the statement', () => {
  expect(JSON.stringify(termsFrom(licenseOptionsSchema.parse(least)))).toBe(
    JSON.stringify({
      licensor: least.licensor,
      terms: { licensee: least.licensee, permissions: ['use'] },
      notBefore: '2026-10-01T00:00:00Z',
      notAfter: '2027-10-01T00:00:00Z',
      approvals: { threshold: 0, distinctFromIssuer: true },
    }),
  );
});

test('a license of one day lasts until the next midnight', () => {
  const options = licenseOptionsSchema.parse({ ...least, valid: { from: '2028-02-29', until: '2028-02-29' } });
  expect(termsFrom(options)).toMatchObject({ notBefore: '2028-02-29T00:00:00Z', notAfter: '2028-03-01T00:00:00Z' });
});

test('termsFrom gives terms that the statement takes, in force for at least a day', () => {
  fc.assert(
    fc.property(licenseOptions, (options: LicenseOptions) => {
      const { terms, notBefore, notAfter } = termsFrom(licenseOptionsSchema.parse(options));
      expect(termsSchema.parse(JSON.parse(JSON.stringify(terms)))).toEqual(terms);
      expect(Date.parse(notAfter) - Date.parse(notBefore)).toBeGreaterThanOrEqual(86_400_000);
    }),
    { seed: 8, numRuns: 300 },
  );
});

describe('refused, at its place', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['use.0', { use: ['eea-onyl'] }, 'did you mean `eea-only`?'],
    ['use.0', { use: ['terms.yaml'] }, 'files begin with `./`'],
    ['use', { use: ['eea-only', 'eea-only'] }, 'twice'],
    ['use', { use: [] }, 'must not be empty'],
    ['valid.until', { valid: { from: '2027-01-01', until: '2026-12-31' } }, 'must not be before `from`'],
    ['valid.until', { valid: { from: '2027-01-01', until: '9999-12-31' } }, 'must be before 9999-12-31'],
    ['valid.from', { valid: { from: '2027-02-29', until: '2027-12-31' } }, 'a day that exists'],
    ['licensee.name', { licensee: { id: 'x', name: 'a\u202eb' } }, 'text on one line'],
    ['licensor.name', { licensor: { name: 'x'.repeat(201) } }, 'at most 200'],
    ['purposes.0', { purposes: ['AcademicReserch'] }, 'did you mean `AcademicResearch`?'],
    ['regions.1', { regions: ['GB', 'eea'] }, 'did you mean `EEA`?'],
    ['permissions.0', { permissions: ['derived'] }, 'did you mean `derive`?'],
    ['permissions', { permissions: [] }, 'must not be empty'],
    ['duties.0', { duties: ['report-brech'] }, ''],
    ['duties.0', { duties: [{ 'delete-after': 'P1Y' }] }, 'delete-after'],
    ['duties.0', { duties: [{ 'delete-by': '2027-12-31', attribute: 'x' }] }, 'exactly one'],
    ['duties.0.delete-by', { duties: [{ 'delete-by': '2027-02-30' }] }, 'a day that exists'],
    ['duties.0.report-breach', { duties: [{ 'report-breach': '72h' }] }, 'ISO 8601'],
    ['status.max-age', { status: { 'max-age': 'P1M' } }, 'in weeks, days'],
    ['limits', { limits: {} }, 'at least one of exports, users'],
  ])('%s: %j', (path, member, message) => {
    const issues = licenseOptionsSchema.safeParse({ ...least, ...member }).error?.issues ?? [];
    expect(issues.map((issue) => issue.path.join('.'))).toEqual([path]);
    expect(issues[0]!.message).toContain(message);
  });
});

test('every option says in the schema for editors what it is', () => {
  const schema = z.toJSONSchema(licenseOptionsSchema, { io: 'input' });
  const silent = [...optionsOf(schema)].filter(([, option]) => option.description === undefined).map(([path]) => path);
  expect(silent).toEqual([]);
  expect([...optionsOf(schema)].length).toBeGreaterThan(30);
});

type Schema = z.core.JSONSchema._JSONSchema;

/** All named options below a schema, with their dotted paths. */
function* optionsOf(schema: Schema, path = ''): Generator<[string, z.core.JSONSchema.JSONSchema]> {
  if (typeof schema === 'boolean') return;
  for (const [name, option] of Object.entries(schema.properties ?? {})) {
    if (typeof option !== 'boolean') yield [`${path}${name}`, option];
    yield* optionsOf(option, `${path}${name}.`);
  }
  for (const inner of [schema.items ?? [], schema.anyOf ?? []].flat()) yield* optionsOf(inner, path);
}
