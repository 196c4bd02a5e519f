import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { parseStrictJson } from '../../src/base/strict-json.ts';
import { licenseIdOf, parseStatement, writeStatement } from '../../src/release/statement.ts';
import { type Json, sampleBundle, statementOf } from './sample.ts';

const sample = statementOf(sampleBundle());
const valid = (): Json => structuredClone(sample);

function codesOf(statement: Json): string[] {
  try {
    parseStatement(statement);
    return [];
  } catch (error) {
    if (error instanceof Failure) return error.diagnostics.map(({ code }) => code);
    throw error;
  }
}

function codesAfter(change: (statement: Json) => void): string[] {
  const statement = valid();
  change(statement);
  return codesOf(statement);
}

/** The path of every object in a JSON value that is not one of the open ones. */
function closedObjects(value: Json, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  if (['parameters', 'required', 'measured'].includes(path.at(-1) ?? '') && path.at(-2) !== 'status') return [];
  const here = Array.isArray(value) ? [] : [path];
  return [...here, ...Object.entries(value).flatMap(([name, member]) => closedObjects(member, [...path, name]))];
}

const reach = (value: Json, path: readonly string[]): Json => path.reduce((inner, name) => inner[name], value);

function full(): Json {
  const statement = valid();
  const { predicate } = statement;
  predicate.status = { required: false, maxAge: 'P1D', from: 'revocations.json' };
  predicate.lineage.parents = [{ id: `urn:anon:license:${'0'.repeat(32)}`, sha256: 'c'.repeat(64) }];
  predicate.terms.duties = [{ reportBreach: 'P3D' }];
  predicate.terms.limits = { exports: 10 };
  predicate.terms.classification = { source: 'restricted', release: 'confidential' };
  return statement;
}

describe('parseStatement', () => {
  it('takes a statement with every member', () => expect(codesOf(full())).toEqual([]));

  const paths = closedObjects(full());
  it('is tried on every closed object', () => expect(paths.length).toBeGreaterThan(20));

  it.each(paths.map((path) => [path.join('.'), path] as const))('refuses an unknown member in %s', (_, path) => {
    const statement = full();
    reach(statement, path).surprise = 1;
    expect(codesOf(statement)).toEqual([path[0] === 'subject' ? 'SUBJECT' : 'SCHEMA']);
  });

  const optional = ['predicate.status', 'predicate.issuer.id', 'predicate.issuer.contact'];
  const needed = paths
    .filter((path) => path[1] !== 'terms')
    .flatMap((path) => Object.keys(reach(full(), path)).map((name) => [...path, name]))
    .filter((path) => !optional.includes(path.join('.')));
  it.each(needed.map((path) => [path.join('.'), path] as const))('needs %s', (_, path) => {
    const statement = full();
    delete reach(statement, path.slice(0, -1))[path.at(-1)!];
    expect(codesOf(statement)).not.toEqual([]);
  });

  it.each([
    ['another type of statement', (s: Json) => (s._type = 'https://in-toto.io/Statement/v0.1')],
    ['another type of predicate', (s: Json) => (s.predicateType = 'urn:anon:license:v2')],
    ['an id in capitals', (s: Json) => (s.predicate.id = s.predicate.id.toUpperCase())],
    ['a time with a fraction', (s: Json) => (s.predicate.issued = '2026-11-21T12:00:00.0Z')],
    ['a day that does not exist', (s: Json) => (s.predicate.notAfter = '2027-02-30T00:00:00Z')],
    ['an end at the beginning', (s: Json) => (s.predicate.notAfter = s.predicate.notBefore)],
    ['a critical member', (s: Json) => (s.predicate.crit = ['embargo'])],
    ['another chunk size', (s: Json) => (s.predicate.files[0].chunk = 4096)],
    ['a negative size', (s: Json) => (s.predicate.files[0].bytes = -1)],
    ['no files', (s: Json) => (s.predicate.files = [])],
    ['more suppressed than there were', (s: Json) => (s.predicate.privacy.suppressed.records = 3001)],
    ['a risk above one', (s: Json) => (s.predicate.privacy.risk.highest = 1.5)],
    ['a figure that is a list', (s: Json) => (s.predicate.privacy.models[0].measured.k = [12])],
    ['a plain hash of the source', (s: Json) => (s.predicate.lineage.source.commitment = `sha256:${'b'.repeat(64)}`)],
    ['a title that turns the reading direction', (s: Json) => (s.predicate.title = 'a\u202eb')],
    ['a permission that is not known', (s: Json) => (s.predicate.terms.permissions = ['everything'])],
    ['no permissions', (s: Json) => delete s.predicate.terms.permissions],
  ])('refuses %s', (_, change) => expect(codesAfter(change)).toContain('SCHEMA'));

  it.each([
    ['another digest', (s: Json) => (s.subject[0].digest = { sha512: 'a'.repeat(128) })],
    ['two digests', (s: Json) => (s.subject[0].digest.sha512 = 'a'.repeat(128))],
    ['a digest in capitals', (s: Json) => (s.subject[0].digest.sha256 = 'A'.repeat(64))],
    ['a short digest', (s: Json) => (s.subject[0].digest.sha256 = 'a'.repeat(63))],
    ['a digest and a line end', (s: Json) => (s.subject[0].digest.sha256 += '\n')],
    ['a file twice', (s: Json) => s.subject.push(s.subject[0])],
    [
      'a file twice with another digest',
      (s: Json) => s.subject.push({ ...s.subject[0], digest: { sha256: 'a'.repeat(64) } }),
    ],
    ['the envelope', (s: Json) => s.subject.push({ name: 'license.intoto.json', digest: { sha256: 'a'.repeat(64) } })],
    [
      'a data file without a description',
      (s: Json) => s.subject.push({ name: 'data/x', digest: { sha256: 'a'.repeat(64) } }),
    ],
    ['a description without a file', (s: Json) => (s.predicate.files[0].name = 'data/x')],
    ['a chunk list elsewhere', (s: Json) => (s.predicate.files[0].chunks = 'report.json')],
    ['a description twice', (s: Json) => s.predicate.files.push(s.predicate.files[0])],
    ['no LICENSE.md', (s: Json) => (s.subject = s.subject.filter(({ name }: Json) => name !== 'LICENSE.md'))],
    ['no chunk list', (s: Json) => (s.subject = s.subject.filter(({ name }: Json) => !name.endsWith('.chunks')))],
    ['no subjects', (s: Json) => (s.subject = [])],
  ])('refuses %s as a subject', (_, change) => expect([...new Set(codesAfter(change))]).toEqual(['SUBJECT']));

  it('tells all problems, and shows no text that could steer a terminal', () => {
    const statement = valid();
    statement.predicate['\u001b[2J'] = 1;
    statement.predicate.crit = ['x'];
    statement.predicate.tool.version = 7;
    expect(() => parseStatement(statement)).toThrow(/crit.*\n.*tool\.version|tool\.version.*\n.*crit/s);
    expect(() => parseStatement(statement)).not.toThrow(/\u001b/);
  });

  it.each([
    ['no models', (s: Json) => (s.predicate.privacy.models = [])],
    ['no risk', (s: Json) => (s.predicate.privacy.risk = null)],
    ['no unit and no search', (s: Json) => Object.assign(s.predicate.privacy, { unit: null, generalization: null })],
    ['local recoding', (s: Json) => (s.predicate.privacy.search = localSearch)],
    ['a budget that was spent', (s: Json) => (s.predicate.privacy.search = { ...localSearch, budgetSpent: true })],
    ['a field of any name', (s: Json) => (s.predicate.transforms[0].field = '__proto__')],
    ['a random transform', (s: Json) => (s.predicate.transforms[0].reproducible = true)],
    ['any parameters', (s: Json) => (s.predicate.transforms[0].parameters = { a: [null, { b: [] }] })],
  ])('takes a release with %s', (_, change) => expect(codesAfter(change)).toEqual([]));
});

/** As programs stated it that did not say what became of the budget. */
const localSearch = { recoding: 'local', measure: 'loss', score: 0.5, bound: 0, proven: false };

describe('writeStatement', () => {
  it('is read back as the same statement', () => {
    const statement = parseStatement(full());
    expect(parseStatement(parseStrictJson(writeStatement(statement)))).toEqual(statement);
  });

  it('does not depend on the order of members', () => {
    const reversed = (value: Json): Json => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, member]) => [name, reversed(member)]),
      );
    };
    const statement = full();
    expect(writeStatement(reversed(statement)).equals(writeStatement(statement))).toBe(true);
  });
});

describe('licenseIdOf', () => {
  const parts = {
    subjects: [{ name: 'data/a', digest: { sha256: 'a'.repeat(64) } }],
    policySha256: 'b'.repeat(64),
    licensee: 'urn:org:x',
    issued: '2026-11-21T12:00:00Z',
  };

  it('is the first half of a SHA-256', () => {
    // printf '{"issued":"2026-11-21T12:00:00Z","licensee":"urn:org:x","policySha256":"bb…","subjects":[{"digest":{"sha256":"aa…"},"name":"data/a"}]}' | sha256sum
    expect(licenseIdOf(parts)).toBe('urn:anon:license:14ff3bb2345734b7ef1c98285fda03c1');
  });

  it('changes with each of its parts', () => {
    const others = [
      { ...parts, subjects: [{ ...parts.subjects[0]!, name: 'data/b' }] },
      { ...parts, policySha256: 'c'.repeat(64) },
      { ...parts, licensee: 'urn:org:y' },
      { ...parts, issued: '2026-11-21T12:00:01Z' },
    ];
    expect(new Set([parts, ...others].map(licenseIdOf)).size).toBe(5);
  });
});
