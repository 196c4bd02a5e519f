import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml, stringify } from 'yaml';
import { Failure } from '../../src/base/diagnostic.ts';
import { encodings } from '../../src/formats/encodings/index.ts';
import { parseTables } from '../../src/policy/parse.ts';
import { roles } from '../../src/policy/policy.ts';
import { builtIn, policyJsonSchema } from '../../src/policy/schema.ts';
import { fieldTypes } from '../../src/transforms/definition.ts';
import { sameDraws } from '../same-draws.ts';
import { hospital } from './hospital.ts';
import { csvPolicy, jsonPolicy } from './policies.ts';

const accepts = new Ajv2020({ strict: false, validateFormats: false }).compile(policyJsonSchema());

/** Codes of the problems; none when the parser accepts. */
function codesOf(policy: unknown): string[] {
  try {
    parseTables(Buffer.from(stringify(policy)), { file: 'policy.yaml', directory: '/policies' });
    return [];
  } catch (error) {
    if (error instanceof Failure) return error.diagnostics.map(({ code }) => code);
    throw error;
  }
}

/** Each transform in the options of its examples. */
const steps = builtIn.transforms.all.flatMap((definition) =>
  definition.examples.map(({ options = {} }) => ({ [definition.name]: options })),
);
const hierarchies = builtIn.hierarchies.all.flatMap((definition) => definition.examples.map(({ options }) => options));

/** The fields at which transforms look in their examples. */
const peers = Object.fromEntries(
  steps
    .flatMap((chosen) => Object.entries(chosen))
    .flatMap(([name, options]) => {
      const definition = builtIn.transforms.get(name)!;
      return definition.references?.(definition.options.parse(options)) ?? [];
    })
    .filter(({ section }) => section === 'fields')
    .map(({ name }) => [name, { role: 'insensitive', transform: 'keep' }]),
);

const step = fc.oneof(fc.constantFrom(...steps), fc.constantFrom('keep', 'drop', 'redact'));
const { condition } = fc.letrec<{ condition: object }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    fc
      .tuple(
        fc.constantFrom('a', 'b', 'diagnosis'),
        fc.constantFrom<object>(
          { equals: 'US' },
          { in: ['x', 1, true] },
          { matches: '[a-z]+' },
          { 'is-null': true },
          { less: 3 },
        ),
      )
      .map(([name, comparison]) => ({ field: name, ...comparison })),
    tie('condition').map((inner) => ({ not: inner })),
    fc.array(tie('condition'), { minLength: 1, maxLength: 2 }).map((inner) => ({ all: inner })),
    fc.array(tie('condition'), { minLength: 1, maxLength: 2 }).map((inner) => ({ any: inner })),
  ),
}));
const plainField = fc.record(
  {
    role: fc.constantFrom(...roles),
    transform: fc.oneof(step, fc.array(step, { minLength: 1, maxLength: 3 })),
    type: fc.constantFrom(...fieldTypes),
    nulls: fc.constantFrom('keep', 'transform', 'reject'),
    invalid: fc.constantFrom('reject', 'redact'),
  },
  { requiredKeys: ['role', 'transform'] },
);
const domain = fc.record({
  key: fc.constant('k'),
  scope: fc.constant('global'),
  normalize: fc.constantFrom([], ['trim']),
});
const field = fc.oneof(
  { weight: 9, arbitrary: plainField },
  {
    weight: 1,
    arbitrary: fc.tuple(plainField, condition, step).map(([plain, when, other]) => ({ ...plain, when, else: other })),
  },
);
const reference = fc.constantFrom({ file: './k' }, { env: 'KEY' }, { exec: ['pass', 'show'] });
const policy = fc.record(
  {
    policy: fc.constant('anon/v1'),
    name: fc.string({ minLength: 1, maxLength: 20 }),
    version: fc.constantFrom('1', '3.2', '2026-11-21'),
    keys: fc.record({ k: reference }),
    // `patient` is the domain of the examples.
    domains: fc.record({ d: domain, patient: domain }),
    defaults: fc.record(
      { unlisted: fc.constantFrom('reject', 'drop', 'redact', 'keep'), locale: fc.constantFrom('en', 'pt_BR') },
      { requiredKeys: [] },
    ),
    hierarchies: fc.record({ age: fc.constantFrom(...hierarchies) }, { requiredKeys: [] }),
    input: fc.oneof(
      fc.record({ format: fc.constantFrom('csv', 'tsv'), 'null-values': fc.array(fc.string()) }, { requiredKeys: [] }),
      fc.record({
        encoding: fc.constantFrom(...encodings.names),
        header: fc.constantFrom(['a'], ['a', 'b']),
        dialect: fc.constantFrom({}, { quote: '' }, { quote: "'", escape: '\\', comment: '#', delimiter: '||' }),
      }),
    ),
    fields: fc
      .dictionary(fc.constantFrom('a', 'b', 'c_*', '__proto__', 'diagnosis'), field, { minKeys: 1 })
      .map((fields) => Object.assign(fields, peers)),
    sample: fc.constantFrom(
      { share: 0.5 },
      { records: 10 },
      { share: 0.1, per: 'diagnosis' },
      { share: 1, records: 0 },
    ),
    privacy: fc.record(
      {
        models: fc.constantFrom(
          [{ 'k-anonymity': { k: 2 } }],
          [{ 'k-anonymity': { k: 2 } }, { 'k-anonymity': { k: 9 } }],
        ),
        'max-suppression': fc.double({ min: 0, max: 1, noNaN: true }),
        'on-violation': fc.constantFrom('drop', 'fail'),
      },
      { requiredKeys: ['models'] },
    ),
    checks: fc.constantFrom({}, { leak: 'fail' }, { leak: 'report' }),
    reproducible: fc.constantFrom(true, false, { key: 'k' }),
    license: fc.constant(parseYaml(csvPolicy).license),
    output: fc.oneof(
      fc.record(
        {
          encoding: fc.constantFrom('same', 'utf-8'),
          compress: fc.constantFrom('none', 'gzip'),
          sign: fc.constantFrom({ file: './k' }, { env: 'K' }),
        },
        { requiredKeys: [] },
      ),
      fc.record({
        compress: fc.constant('gzip'),
        level: fc.constantFrom(1, 9),
        split: fc.constantFrom({ bytes: '100MB' }, { bytes: 4096, records: 10 }, { records: 1 }),
      }),
    ),
  },
  { requiredKeys: ['policy', 'name', 'version', 'keys', 'domains', 'fields'] },
);

/** The same as one of several tables. */
const policyOfTables = policy.map(({ input, fields, sample, privacy, ...shared }) => ({
  ...shared,
  tables: {
    one: { ...(input && { input }), fields, ...(sample && { sample }), ...(privacy && { privacy }) },
    two: { fields: { id: { role: 'identifier', transform: 'drop' } } },
    three: { fields: { of: { role: 'sensitive', transform: 'keep', references: 'four.id', 'on-orphan': 'fail' } } },
    four: { fields: { id: { role: 'sensitive', transform: 'keep' } } },
  },
}));
const anyPolicy: fc.Arbitrary<Record<string, unknown>> = fc.oneof(policy, policyOfTables);

/** Places of all values: paths from the root. */
function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

function parentOf(root: unknown, path: readonly string[]): Record<string, unknown> {
  let parent = root as Record<string, unknown>;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string, unknown>;
  return parent;
}

/** Another value at one place, or none. */
const mutated = fc
  .tuple(anyPolicy, fc.nat(), fc.option(fc.constantFrom<unknown>(null, 0, 2, 0.5, true, '', 'x', [], {})))
  .map(([original, nth, value]) => {
    const copy = structuredClone(original);
    const paths = pathsOf(copy).slice(1);
    const path = paths[nth % paths.length]!;
    const parent = parentOf(copy, path);
    const key = path.at(-1)!;
    if (value === null && !Array.isArray(parent)) delete parent[key];
    else if (key !== '__proto__') parent[key] = value;
    return copy;
  });

describe('the JSON Schema', () => {
  test('names itself and describes every section', () => {
    const schema = policyJsonSchema() as { $id: string; $schema: string; properties: Record<string, object> };
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'urn:anon:policy:v1:schema',
      title: 'anon policy',
    });
    for (const section of Object.values(schema.properties)) expect(section).toHaveProperty('description');
    const text = JSON.stringify(schema);
    for (const { name, summary } of builtIn.transforms.all) {
      expect(text).toContain(JSON.stringify(name));
      expect(text).toContain(JSON.stringify(summary));
    }
  });

  test('accepts the policies of the documentation', () => {
    expect(accepts(parseYaml(csvPolicy))).toBe(true);
    expect(accepts(parseYaml(jsonPolicy))).toBe(true);
    expect(accepts(parseYaml(hospital))).toBe(true);
  });

  test('wants the fields of one table, or tables', () => {
    const { tables, ...shared } = parseYaml(hospital);
    const { fields } = tables.patients;
    expect(accepts({ ...shared, fields })).toBe(true);
    expect(accepts(shared)).toBe(false);
    expect(accepts({ ...shared, tables, fields })).toBe(false);
    expect(accepts({ ...shared, tables, input: {} })).toBe(false);
    expect(accepts({ ...shared, tables: {} })).toBe(false);
    expect(accepts({ ...shared, tables: { patients: {} } })).toBe(false);
  });

  test('accepts conditions within conditions', () => {
    const when = { all: [{ not: { any: [{ field: 'a', in: ['x', 1] }] } }, { field: 'a', 'is-null': false }] };
    const accepted = { ...parseYaml(csvPolicy) };
    accepted.fields = {
      a: { role: 'insensitive', transform: 'keep' },
      b: { role: 'sensitive', transform: 'redact', when, else: ['keep'] },
    };
    expect(accepts(accepted)).toBe(true);
    when.all.push({ field: 'a', equal: 'x' } as never);
    expect(accepts(accepted)).toBe(false);
  });

  test('accepts what the parser accepts', () => {
    let accepted = 0;
    let refused = 0;
    fc.assert(
      fc.property(fc.oneof(anyPolicy, mutated), (candidate) => {
        if (codesOf(candidate).length > 0) refused++;
        else {
          accepted++;
          expect(accepts(candidate), JSON.stringify(accepts.errors)).toBe(true);
        }
      }),
      { ...sameDraws, numRuns: 800, seed: 1 },
    );
    // Both sides of the border have been seen.
    expect(accepted).toBeGreaterThan(25);
    expect(refused).toBeGreaterThan(25);
  });

  test('refuses unknown options, as the parser does', () => {
    const open = new Set(['keys', 'domains', 'hierarchies', 'fields']);
    const isOpenMap = (path: readonly string[]) =>
      path[0] === 'tables'
        ? path.length === 1 || (path.length === 3 && path[2] === 'fields')
        : path.length === 1 && open.has(path[0]!);
    // Their keys are values of the data.
    const lookups = new Set(['map', 'matrix']);
    fc.assert(
      fc.property(anyPolicy, fc.nat(), (original, nth) => {
        const copy = structuredClone(original);
        const maps = pathsOf(copy).filter((path) => {
          const value = path.length === 0 ? copy : parentOf(copy, path)[path.at(-1)!];
          const isOpen = isOpenMap(path) || path.some((step) => lookups.has(step));
          return !isOpen && !path.includes('__proto__') && typeof value === 'object' && !Array.isArray(value);
        });
        const path = maps[nth % maps.length]!;
        const map = path.length === 0 ? copy : parentOf(copy, path)[path.at(-1)!];
        (map as Record<string, unknown>)['no-such-option'] = 1;
        expect(codesOf(copy)).toContain('POLICY-SHAPE');
        expect(accepts(copy)).toBe(false);
      }),
      { numRuns: 100, seed: 2 },
    );
  });
});
