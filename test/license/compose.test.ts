import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { templateProblems, termsFrom } from '../../src/license/compose.ts';
import { type LicenseOptions, licenseOptionsSchema } from '../../src/license/options.ts';
import { addOnNames, type Template, templateNames } from '../../src/license/templates.ts';
import { parseTemplate } from '../../src/policy/license-file.ts';

const folder = new URL('../../policies/licenses/', import.meta.url);
const names = [...templateNames, ...addOnNames];

function template(name: string): Template {
  const file = `${name}.yaml`;
  return { name, options: parseTemplate(readFileSync(new URL(file, folder)), file) };
}

function made(name: string, options: Record<string, unknown>): Template {
  const text = JSON.stringify({ terms: 'anon/v1', summary: 's', for: 'f', ...options });
  return { name, options: parseTemplate(Buffer.from(text), `${name}.yaml`) };
}

const least = {
  licensor: { name: 'Example Hospital Trust' },
  licensee: { id: 'urn:org:example-university', name: 'Example University' },
  valid: { from: '2026-10-01', until: '2027-09-30' },
};

function license(use: readonly string[], words: Record<string, unknown> = {}): LicenseOptions {
  return licenseOptionsSchema.parse({ ...least, use, ...words });
}

describe('templates', () => {
  test('are those that the folder holds', () => {
    const files = readdirSync(folder).map((file) => file.replace(/\.yaml$/, ''));
    expect(files.sort()).toEqual([...names].sort());
  });

  test.each(names)('%s makes a license by itself, and says for whom it is', (name) => {
    const { options } = template(name);
    expect(options.summary).toMatch(/^[A-Z].*\.$/);
    expect(options.for).toMatch(/^[A-Z].*\.$/);
    const use = license([name]);
    expect(templateProblems(use, [template(name)])).toEqual([]);
    expect(termsFrom(use, [template(name)]).terms.permissions).toContain('use');
  });

  test.each(templateNames)('%s goes with all add-ons', (name) => {
    const all = [name, ...addOnNames];
    expect(templateProblems(license(all), all.map(template))).toEqual([]);
  });

  test('compose to what all of them say', () => {
    const use = [
      'research-restricted',
      'eea-only',
      'four-eyes',
      'delete-on-expiry',
      'encryption-at-rest',
      'audit-right',
    ];
    const made = termsFrom(license(use, { purposes: ['AcademicResearch'], regions: ['DE', 'NO'] }), use.map(template));
    expect(made.approvals).toEqual({ threshold: 1, distinctFromIssuer: true });
    expect(made.terms).toEqual({
      licensee: least.licensee,
      permissions: ['publish-aggregates', 'use'],
      prohibitions: ['distribute', 'link', 'reidentify', 'sublicense', 'train'],
      purposes: ['AcademicResearch'],
      regions: ['DE', 'NO'],
      safeguards: ['EncryptionAtRest'],
      duties: [{ deleteBy: '2027-10-01T00:00:00Z' }, { reportBreach: 'P3D' }, { permitAudit: true }],
    });
  });
});

describe('words beside templates', () => {
  const problems = (use: readonly string[], words: Record<string, unknown>) =>
    templateProblems(license(use, words), use.map(template)).map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );

  test.each<[string, Record<string, unknown>, string]>([
    ['a purpose', { purposes: ['AcademicResearch', 'Marketing'] }, 'purposes.1'],
    ['a broader purpose', { purposes: ['ResearchAndDevelopment'] }, 'purposes.0'],
    ['a permission', { permissions: ['use', 'train'] }, 'permissions.1'],
    ['a longer time', { duties: ['permit-audit', { 'report-breach': 'P7D' }] }, 'duties.1'],
  ])('that widen are refused: %s', (_, words, path) => {
    expect(problems(['eea-only', 'research-restricted'], words)).toEqual([
      `${path}: this allows what \`research-restricted\` does not`,
    ]);
  });

  test('that widen are all found', () => {
    expect(problems(['research-restricted', 'eea-only'], { regions: ['US'], permissions: ['derive'] })).toEqual([
      'permissions.0: this allows what `research-restricted` does not',
      'regions.0: this allows what `eea-only` does not',
    ]);
  });

  test('cannot do without approvals or a fresh list', () => {
    const use = ['./a.yaml'];
    const strict = made('./a.yaml', { approvals: { threshold: 2 }, status: { 'max-age': 'P1D' } });
    const words = { approvals: { threshold: 1 }, status: { 'max-age': 'P2D' } };
    expect(templateProblems(license(use, words), [strict]).map(({ path }) => path)).toEqual([
      ['approvals'],
      ['status'],
    ]);
    expect(templateProblems(license(use), [strict])).toEqual([]);
    const stricter = { approvals: { threshold: 3 }, status: { 'max-age': 'PT6H' } };
    expect(templateProblems(license(use, stricter), [strict])).toEqual([]);
    expect(termsFrom(license(use, stricter), [strict])).toMatchObject({
      approvals: { threshold: 3 },
      status: { maxAge: 'PT6H' },
    });
  });

  test('need not repeat a prohibition', () => {
    expect(problems(['research-restricted'], { prohibitions: ['use', 'publish-aggregates'] })).toEqual([
      'permissions: this and the templates leave nothing: they permit nothing in common that is not prohibited',
    ]);
    expect(problems(['research-restricted'], { prohibitions: ['publish-aggregates'] })).toEqual([]);
  });
});

test('templates that exclude each other are told apart at the later one', () => {
  const use = ['eea-only', './us.yaml'];
  const [problem] = templateProblems(license(use), [template('eea-only'), made('./us.yaml', { regions: ['US'] })]);
  expect(problem).toMatchObject({ path: ['use', 1], message: expect.stringContaining('`./us.yaml`') });
});

test('a license whose templates were not read makes no terms', () => {
  expect(() => termsFrom(license(['eea-only']))).toThrow('not read');
});
