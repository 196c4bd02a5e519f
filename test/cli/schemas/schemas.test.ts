import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Failure } from '../../../src/base/diagnostic.ts';
import { schemaCommand } from '../../../src/cli/commands/schema.ts';
import { defineDocument } from '../../../src/cli/schemas/definition.ts';
import { schemas } from '../../../src/cli/schemas/index.ts';
import { parseEnvelope } from '../../../src/crypto/dsse.ts';
import { statementSchema } from '../../../src/release/statement.ts';
import { type Json, sampleBundle, statementOf } from '../../release/sample.ts';
import { sameDraws } from '../../same-draws.ts';
import { workspace } from '../session.ts';

const accepts = (name: string) =>
  new Ajv2020({ strict: false, validateFormats: false }).compile(schemas.get(name)!.schema());

describe('anon schema', () => {
  it('prints the schema of each document, and names all of them', async () => {
    const { call } = workspace();
    for (const { name } of schemas.all) {
      const { status, stdout } = await call(['schema', name]);
      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        $id: `urn:anon:${name}:v1:schema`,
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        title: `anon ${name.replace('-', ' ')}`,
      });
    }
    const { summary } = schemaCommand.arguments[0]!;
    expect(summary.replace(' (default)', '').split(/, | or /)).toEqual(schemas.names);
    expect(await schemaCommand.arguments[0]!.suggestions!()).toEqual(schemas.names);
    expect((await call(['schema'])).stdout).toBe((await call(['schema', 'policy'])).stdout);
  });

  it('suggests what may be meant', async () => {
    const { call } = workspace();
    expect(await call(['schema', 'statment'])).toEqual({
      status: 2,
      stdout: '',
      stderr: 'error[USAGE]: there is no schema of `statment`\n  hint: did you mean `statement`?\n',
    });
    expect((await call(['schema', 'checkpoint'])).stderr).toContain(`hint: there are ${schemas.names.join(', ')}\n`);
  });
});

describe('defineDocument', () => {
  const shape = z.strictObject({ name: z.string(), parts: z.array(z.strictObject({ size: z.int() })) });
  const words = { name: 'A.', parts: 'B.', 'parts[].size': 'C.' };
  const define = (given: Record<string, string>) => defineDocument({ name: 'x', summary: 'X.', shape, words: given });

  it('gives each member its word', () => {
    expect(define(words).schema()).toMatchObject({
      description: 'X.',
      properties: { name: { description: 'A.' }, parts: { items: { properties: { size: { description: 'C.' } } } } },
    });
  });

  it('wants a word for each member, and a member for each word', () => {
    expect(() => define({ name: 'A.', parts: 'B.' }).schema()).toThrow('nothing says what parts[].size means');
    expect(() => define({ ...words, title: 'D.' }).schema()).toThrow('x has no member title');
  });
});

/** A value of each JSON type, and some that are nearly right. */
const others: readonly Json[] = [
  null,
  true,
  -1,
  0.5,
  2,
  '',
  ' x',
  'x\n',
  'a'.repeat(201),
  'A'.repeat(64),
  'P1M',
  '2027-02-30T00:00:00Z',
  '2027-02-03T00:00:00.0Z',
  [],
  ['use', 'use'],
  ['everything'],
  {},
  { surprise: 1 },
];

/** The paths of all values in a JSON value, its own included. */
function paths(value: Json, path: string[] = []): string[][] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [path, ...inner.flatMap(([name, member]) => paths(member, [...path, name]))];
}

/** The value with another in the place of that at `path`, or with none there, or with one more member. */
function mutated(value: Json, path: readonly string[], change: { kind: string; to: Json }): Json {
  if (change.kind === 'add' || path.length === 0) {
    const copy = structuredClone(value);
    const place = path.reduce((inner, name) => inner[name], copy);
    if (typeof place === 'object' && place !== null && !Array.isArray(place)) place.surprise = change.to;
    return copy;
  }
  const copy = structuredClone(value);
  const parent = path.slice(0, -1).reduce((inner, name) => inner[name], copy);
  const last = path.at(-1)!;
  if (change.kind === 'replace') parent[last] = structuredClone(change.to);
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return copy;
}

const change = fc.record({
  kind: fc.constantFrom('add', 'replace', 'replace', 'remove'),
  to: fc.constantFrom(...others),
});

describe('the schema of the statement', () => {
  const one = statementOf(sampleBundle());
  Object.assign(one.predicate, {
    status: { required: false, maxAge: 'P1D', from: 'revocations.json' },
    lineage: {
      ...one.predicate.lineage,
      parents: [{ id: `urn:anon:license:${'0'.repeat(32)}`, sha256: 'c'.repeat(64) }],
    },
  });
  Object.assign(one.predicate.terms, {
    duties: [{ reportBreach: 'P3D' }, { deleteBy: '2027-10-01T00:00:00Z' }],
    limits: { exports: 10 },
    classification: { source: 'restricted' },
    safeguards: ['EncryptionAtRest'],
  });
  Object.assign(one.predicate.privacy, {
    sampled: { records: 3000, of: 6000, share: 0.5 },
    generalization: [
      { field: 'age', level: 2 },
      { field: 'zip', levels: [0, 2] },
    ],
    search: { recoding: 'local', measure: 'loss', score: 0.5, bound: 0.25, proven: false, budgetSpent: true },
  });
  const several = structuredClone(one);
  const { privacy, transforms, lineage } = several.predicate;
  several.predicate.tables = [
    {
      name: 'patients',
      files: ['data/patients.csv'],
      privacy: { ...privacy, sampled: undefined, suppressed: { records: 2999, of: 3000 } },
      transforms,
      source: lineage.source,
      leftOut: 0,
      references: [{ field: 'email', table: 'patients', to: 'age', onOrphan: 'drop', orphans: 0 }],
    },
  ];
  for (const name of ['privacy', 'transforms']) delete several.predicate[name];
  delete lineage.source;
  const statements = [one, JSON.parse(JSON.stringify(several))];
  const validate = accepts('statement');
  const places = statements.map((statement) => paths(statement));

  it('takes what is one', () => {
    for (const statement of statements) {
      expect(statementSchema.safeParse(statement).error).toBeUndefined();
      validate(statement);
      expect(validate.errors).toBeNull();
    }
  });

  it('refuses whatever is refused for its shape, and takes whatever is taken', () => {
    let refused = 0;
    let meant = 0;
    fc.assert(
      fc.property(
        fc.nat(1).chain((which) => fc.tuple(fc.constant(statements[which]), fc.constantFrom(...places[which]!))),
        change,
        ([statement, path], how) => {
          const changed = mutated(statement, path, how);
          const { success, error } = statementSchema.safeParse(changed);
          const ofShape = (error?.issues ?? []).some(({ code }) => code !== 'custom');
          const taken = validate(changed);
          if (success) expect(taken, JSON.stringify(validate.errors)).toBe(true);
          if (ofShape) expect(taken, error!.message).toBe(false);
          if (ofShape) refused++;
          else if (!success) meant++;
        },
      ),
      { ...sameDraws, numRuns: 1500 },
    );
    expect(refused).toBeGreaterThan(500);
    expect(meant).toBeGreaterThan(20);
  });
});

describe('the schema of the envelope', () => {
  const validate = accepts('envelope');
  const envelope = {
    payloadType: 'text/plain',
    payload: 'aGk=',
    signatures: [{ keyid: 'a', sig: 'AA==' }, { sig: 'AA' }],
  };
  const reads = (value: Json): boolean => {
    try {
      parseEnvelope(Buffer.from(JSON.stringify(value)));
      return true;
    } catch (error) {
      if (error instanceof Failure) return false;
      throw error;
    }
  };

  it('takes what is read, and refuses all else but base64 that is padded wrongly', () => {
    expect([reads(envelope), validate(envelope)]).toEqual([true, true]);
    const texts = fc.constantFrom('', 'a', 'ab', 'ab==', 'a=b=', 'a+-_', '+/+/', '-_-_', 'a b', 'é');
    fc.assert(
      fc.property(
        fc.constantFrom(...paths(envelope)),
        fc.record({
          kind: fc.constantFrom('add', 'replace', 'remove'),
          to: fc.oneof(fc.constantFrom(...others), texts),
        }),
        (path, how) => {
          const changed = mutated(envelope, path, how);
          const padding = typeof how.to === 'string' && /^[\w+/-]+={0,2}$/.test(how.to);
          if (reads(changed)) expect(validate(changed)).toBe(true);
          else if (!padding) expect(validate(changed)).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
    const many = { ...envelope, signatures: Array.from({ length: 17 }, () => ({ sig: 'AA==' })) };
    expect([reads(many), validate(many)]).toEqual([false, false]);
  });
});
