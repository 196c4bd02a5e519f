import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { parsePolicy, parseTables } from '../../src/policy/parse.ts';
import { hospital } from './hospital.ts';
import { shown as shownOne } from './policies.ts';

const where = { file: 'policy.yaml', directory: '/policies' };
const tables = (text: string) => parseTables(Buffer.from(text), where);

/** Places, messages and hints of what is refused. */
function refused(text: string): string[] {
  try {
    tables(text);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.diagnostics.map(({ place, message, hint }) => `${place?.line}:${place?.column} ${message} (${hint})`);
  }
  throw new Error('the policy was expected to be refused');
}

const head = 'policy: anon/v1\nname: x\nversion: "1"\n';
const keep = '{ role: insensitive, transform: keep }';

describe('a policy of several tables', () => {
  it('is, for each table, a policy with what all share', () => {
    const [patients, visits, ...more] = tables(hospital);
    expect(more).toEqual([]);
    expect(patients.table).toBe('patients');
    expect(patients.fields.map(({ selector }) => selector)).toEqual(['patient_id', 'full_name', 'age']);
    expect(patients.privacy?.maxSuppression).toBe(1);
    expect(patients.foreignKeys).toEqual([]);
    expect(visits).toMatchObject({ table: 'visits', privacy: undefined, input: { format: 'csv' } });
    expect(visits!.foreignKeys).toEqual([
      { field: 'patient_id', table: 'patients', to: 'patient_id', onOrphan: 'drop' },
    ]);
    for (const shared of ['domains', 'keys', 'license', 'digest'] as const) {
      expect(visits![shared]).toEqual(patients[shared]);
    }
  });

  it('has problems of a table at their place in the file', () => {
    const [patients] = tables(hospital);
    const { place, excerpt } = patients.problem('DATA-FIELDS', ['fields', 'age', 'transform'], 'x');
    expect(excerpt?.text).toContain('age:');
    expect(hospital.split('\n')[place!.line! - 1]).toContain('age:');
    expect(patients.place(['checks']).line).toBe(1);
    expect(patients.place(['privacy', 'models']).line).toBe(
      hospital.split('\n').findIndex((l) => /models/.test(l)) + 1,
    );
  });

  it('puts a table behind those that it refers to', () => {
    const referring = (to: string) => `{ a: { role: insensitive, transform: keep, references: ${to} } }`;
    const text = `${head}tables:
  c: { fields: ${referring('b.a')} }
  b: { fields: ${referring('a.a')} }
  d: { fields: { x: ${keep} } }
  a: { fields: { a: ${keep} } }
`;
    expect(tables(text).map(({ table }) => table)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('names a field that holds dots, such as a path of JSON data', () => {
    const text = `${head}tables:
  a: { fields: { "$.p.id": ${keep} } }
  b: { fields: { "$.q": { role: insensitive, transform: keep, references: "a.$.p.id", on-orphan: fail } } }
`;
    expect(tables(text)[1]!.foreignKeys).toEqual([{ field: '$.q', table: 'a', to: '$.p.id', onOrphan: 'fail' }]);
  });

  it('is no policy for one table', () => {
    expect(() => parsePolicy(Buffer.from(hospital), where)).toThrow('the policy is about several tables');
    expect(parsePolicy(Buffer.from(`${head}fields: { a: ${keep} }\n`), where).table).toBeUndefined();
  });
});

describe('of several tables is refused', () => {
  it('what is wrong anywhere, all of it', () => {
    const text = `${head}fields: { a: ${keep} }
input: { format: csv }
tables:
  patients:
    fields:
      id: { role: insensitiv, transform: keep }
      age: { role: quasi-identifier, transform: { generalize: { hierarchy: ages, level: 1 } } }
    privacy: { unit: idd, models: [ { k-anonymity: { k: 2 } } ] }
    output: {}
  visits:
    feilds: {}
  "a.b": { fields: { a: ${keep} } }
  c: 7
`;
    expect(refused(text)).toEqual([
      '4:1 `fields` stands beside `tables` (write it under the table that it is about)',
      '5:1 `input` stands beside `tables` (write it under the table that it is about)',
      '9:19 unknown role `insensitiv` (did you mean `insensitive`?)',
      '10:76 there is no hierarchy `ages` (add it under `hierarchies`)',
      '11:22 there is no field `idd` (did you mean `id`?)',
      '12:5 unknown option `output` of table `patients` (a table has `input`, `fields`, `sample`, `privacy`; all else is shared)',
      '13:3 table `visits` has no `fields` (add `fields: { NAME: { role: …, transform: … } }`)',
      '14:5 unknown option `feilds` of table `visits` (did you mean `fields`?)',
      '15:3 `a.b` cannot name a table (a table has up to 64 letters, digits, `_` and `-` in its name, and begins with a letter)',
      '16:6 table `c` must be a map (its options are `input`, `fields`, `sample`, `privacy`)',
    ]);
  });

  it.each([
    ['{}', '`tables` names no table'],
    ['[]', '`tables` must be a map, not a list'],
    ['', '`tables` has no value'],
  ])('tables: %s', (value, message) => {
    expect(refused(`${head}tables: ${value}\n`).join('\n')).toContain(message);
  });

  it('a file that names neither fields nor tables', () => {
    expect(refused(head)).toEqual([
      '1:1 the policy has no `fields` (add `fields: { NAME: { role: …, transform: … } }`)',
    ]);
  });

  it('tables whose names differ by case alone', () => {
    const text = `${head}tables:\n  a: { fields: { x: ${keep} } }\n  A: { fields: { x: ${keep} } }\n`;
    expect(refused(text)).toEqual(['6:3 some systems take `A` for `a` (choose another name)']);
  });

  const domains = 'keys: { k: { env: K } }\ndomains: { d: { key: k, scope: global }, e: { key: k, scope: global } }\n';
  const child = (field: string) => `${head}${domains}tables:
  parents:
    fields:
      id: { role: identifier, transform: { tokenize: { domain: d } } }
      other: { role: identifier, transform: drop }
      any: { role: identifier, transform: { tokenize: { random: true } } }
      plain: { role: insensitive, transform: keep }
      "g_*": { role: insensitive, transform: keep }
      e: { role: identifier, transform: { tokenize: { domain: e } } }
  children:
    fields:
      id: { role: identifier, ${field} }
      more: ${keep}
`;
  it.each([
    [
      'transform: { tokenize: { domain: d } }, references: parnts.id',
      'there is no table `parnts` (did you mean `parents`?)',
    ],
    ['transform: { tokenize: { domain: d } }, references: parents.idd', 'no field `idd` (did you mean `id`?)'],
    [
      'transform: { tokenize: { domain: d } }, references: parents',
      '`parents` is no field of a table (write `TABLE.FIELD`)',
    ],
    ['transform: { tokenize: { domain: d } }, references: parents.', '`parents.` is no field of a table'],
    ['transform: { tokenize: { domain: d } }, references: .id', '`.id` is no field of a table'],
    ['transform: { tokenize: { domain: d } }, references: children.id', '`id` refers to itself (name the field'],
    ['transform: drop, references: parents.other', 'a field that is dropped has no values to compare'],
    [
      'transform: { tokenize: { random: true } }, references: parents.any',
      '`tokenize` makes other values of equal ones',
    ],
    ['transform: { tokenize: { domain: e } }, references: parents.id', 'are written in different ways'],
    ['transform: { tokenize: { domain: d } }, references: parents.plain', 'are written in different ways'],
    ['transform: { tokenize: { domain: d } }, references: "parents.g_*"', '`g_*` is a glob'],
    ['transform: { tokenize: { domain: d } }, on-orphan: drop', '`on-orphan` stands without `references`'],
    ['transform: { tokenize: { domain: d } }, references: parents.id, on-orphan: keep', '`on-orphan` cannot be `keep`'],
  ])('%s', (field, message) => {
    const problems = refused(child(field));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(message);
    expect(problems[0]).toMatch(/^17:\d+ /);
  });

  it.each([
    [
      'transform: { fake: { as: internet.email, domain: d, per: more } }',
      'transform: { fake: { as: internet.email, domain: d, per: more } }',
      '`fake` looks at another field, so equal values would not match',
    ],
    [
      'transform: redact, when: { field: more, equals: x }, else: keep',
      'transform: redact, when: { field: more, equals: x }, else: keep',
      'a condition writes equal values in different ways',
    ],
    ['transform: redact', 'transform: redact, when: { field: more, equals: x }, else: redact', 'a condition writes'],
  ])('%s, in a key', (parents, children, message) => {
    const text = `${head}${domains}tables:
  parents: { fields: { id: { role: sensitive, ${parents} }, more: ${keep} } }
  children: { fields: { id: { role: sensitive, ${children}, references: parents.id }, more: ${keep} } }
`;
    expect(refused(text).join('\n')).toContain(message);
  });

  it('an input, a sample and a condition of one of them, at their places', () => {
    const text = `${head}sample: { share: 0.5 }
tables:
  a:
    fields: { x: { role: insensitive, transform: keep, when: { field: z, equals: 1 }, else: redact } }
    input: { format: tsv, delimiter: ";" }
    sample: { share: 0.5, per: y }
  b:
    fields: { y: { role: insensitive, transform: keep, else: redact } }
    input: { records: "$" }
`;
    expect(refused(text)).toEqual([
      '4:1 `sample` stands beside `tables` (write it under the table that it is about)',
      '7:71 there is no field `z` (did you mean `x`?)',
      '8:27 only csv has a delimiter to choose (leave it out)',
      '9:32 there is no field `y` (did you mean `x`?)',
      '11:56 `else` needs `when`: the condition that decides (add `when: { field: …, equals: … }`, or leave `else` out)',
      '12:14 only json has records to choose (leave it out, or say `format: json`)',
    ]);
  });

  it('once what is wrong with the output of all', () => {
    const text = `${head}output: { level: 9 }
tables:
  a: { fields: { x: ${keep} } }
  b: { fields: { y: ${keep} } }
`;
    expect(refused(text)).toHaveLength(1);
  });

  it('a circle', () => {
    const referring = (to: string) => `{ id: { role: insensitive, transform: keep, references: ${to} } }`;
    const text = `${head}tables:
  a: { fields: ${referring('b.id')} }
  b: { fields: ${referring('c.id')} }
  c: { fields: ${referring('a.id')} }
`;
    expect(refused(text)).toEqual([
      '7:72 tables `c` and `a` refer to each other (a table is written after those that it refers to)',
    ]);
  });

  it('a reference where there is one table', () => {
    const text = `${head}fields: { a: { role: insensitive, transform: keep, references: b.a } }\n`;
    expect(refused(text)).toEqual([
      '4:64 there is no other table to refer to (write the tables of the data under `tables`)',
    ]);
  });
});

describe('warnings', () => {
  it('tell once what no table uses, and what a table lacks', () => {
    const text = `${head}keys: { k: { env: K } }
domains: { d: { key: k, scope: global } }
tables:
  a: { fields: { x: { role: identifier, transform: { tokenize: { domain: d } } } } }
  b: { fields: { y: { role: quasi-identifier, transform: keep } } }
`;
    expect(tables(text)[0].warnings.map(({ message }) => message)).toEqual([
      'quasi-identifiers are named, but no privacy model looks at them',
    ]);
  });

  it('never show a line that may hold a key', () => {
    const text = `${head}keys: { k: { env: "secret value" } }\ntables: { a: { fields: { x: ${keep} } } }\n`;
    expect(refused(text).join()).not.toContain('secret value');
    expect(shownOne(text)).not.toContain('secret value');
  });
});
