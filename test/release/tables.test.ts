import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { buildBundle, type StatementParts } from '../../src/release/build.ts';
import { orderMembers } from '../../src/release/layout.ts';
import { parseStatement } from '../../src/release/statement.ts';
import { tablesOf } from '../../src/release/tables.ts';
import { dataBytes, type Json, parts, releaseFile, resigned, statementOf, verify } from './sample.ts';

const { privacy, transforms, lineage, ...shared } = parts.statement;
const { source, ...rest } = lineage;
const table = (name: string, records: { suppressed: number; leftOut: number }) => ({
  name,
  files: [`data/${name}.csv`],
  privacy: { ...privacy!, suppressed: { records: records.suppressed, of: 10 } },
  transforms: transforms!,
  source: { ...source!, records: 10 },
  leftOut: records.leftOut,
  references: [] as Json[],
});
const reference = { field: 'email', table: 'patients', to: 'email', onOrphan: 'drop', orphans: 2 } as const;
const statement: StatementParts = {
  ...shared,
  lineage: rest,
  tables: [
    table('patients', { suppressed: 9, leftOut: 0 }),
    { ...table('visits', { suppressed: 7, leftOut: 2 }), references: [reference] },
  ],
};

/** A bundle of two tables, each with one record. */
function bundle(): Map<string, Buffer> {
  const names = ['data/patients.csv', 'data/visits.csv'];
  const foreignKeys = [{ field: 'email', file: 'data/patients.csv', to: 'email' }];
  const { members } = buildBundle({
    ...parts,
    statement,
    files: names.map((name, i) => ({ ...releaseFile(name, dataBytes), ...(i === 1 ? { foreignKeys } : {}) })),
  });
  const files = new Map([
    ...members.map(({ name, bytes }) => [name, bytes] as const),
    ...names.map((n) => [n, dataBytes] as const),
  ]);
  return new Map(orderMembers([...files.keys()]).map((name) => [name, files.get(name)!]));
}

const whole = bundle();
const ofOne = { privacy, transforms };

function problemsAfter(change: (predicate: Json) => void): string[] {
  const changed = statementOf(whole);
  change(changed.predicate);
  try {
    parseStatement(changed);
    return [];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.diagnostics.map(({ code, message }) => `${code} ${message}`);
  }
}

describe('a statement of several tables', () => {
  it('is verified like any other', async () => {
    const answer = await verify(whole);
    expect(answer).toMatchObject({ decision: 'allow', code: null });
  });

  it('has each of them, in order', () => {
    const { predicate } = parseStatement(statementOf(whole));
    expect(tablesOf(predicate).map(({ name, files }) => [name, files])).toEqual([
      ['patients', ['data/patients.csv']],
      ['visits', ['data/visits.csv']],
    ]);
  });

  it('does not hold for other figures', async () => {
    const changed = resigned(whole, ({ predicate }) => (predicate.tables[1].references[0].orphans = 1));
    expect(await verify(changed)).toMatchObject({ decision: 'deny', code: 'DIGEST' });
  });

  it.each([
    ['is not of one table as well', (p: Json) => Object.assign(p, ofOne), 'privacy: cannot stand beside `tables`'],
    ['has no source for all', (p: Json) => (p.lineage.source = source), 'lineage.source: cannot stand beside'],
    ['is of one table or of several', (p: Json) => delete p.tables, 'transforms: must be there, or `tables`'],
    ['is of at least one', (p: Json) => (p.tables = []), 'tables: must not be empty'],
    ['names none twice', (p: Json) => (p.tables[1].name = 'patients'), 'tables: names a table twice'],
    ['gives each a file', (p: Json) => (p.tables[0].files = []), 'tables.0.files: must not be empty'],
    [
      'gives away no file twice',
      (p: Json) => p.tables[0].files.push('data/visits.csv'),
      'must give each data file to one',
    ],
    [
      'gives a table no other file',
      (p: Json) => (p.tables[0].files = ['data/x.csv']),
      'must give each data file to one',
    ],
    ['leaves no file over', (p: Json) => p.tables.pop(), 'must give each data file to one'],
    ['adds up', (p: Json) => (p.tables[1].leftOut = 1), 'tables.1: its records do not add up'],
    ['adds up to its source', (p: Json) => (p.tables[1].source.records = 11), 'tables.1: its records do not add up'],
    [
      'is a sample of its source',
      (p: Json) => (p.tables[1].privacy.sampled = { records: 10, of: 11 }),
      'tables.1: its records do not add up',
    ],
    [
      'adds up to its sample',
      (p: Json) => (p.tables[1].privacy.sampled = { records: 9, of: 10 }),
      'tables.1: its records do not add up',
    ],
    [
      'has suppressed of its source',
      (p: Json) => (p.tables[1].privacy.suppressed.of = 11),
      'tables.1: its records do not',
    ],
    [
      'refers to no table beyond',
      (p: Json) => (p.tables[1].references[0].table = 'x'),
      'references.0: must name a table',
    ],
    [
      'refers to no field by itself',
      (p: Json) => Object.assign(p.tables[1].references[0], { table: 'visits', to: p.tables[1].references[0].field }),
      'references.0: must name another field',
    ],
    [
      'has no more orphans than records',
      (p: Json) => (p.tables[1].references[0].orphans = 11),
      'more orphans than records',
    ],
    ['knows what became of orphans', (p: Json) => (p.tables[1].references[0].onOrphan = 'sell'), 'onOrphan'],
    ['is closed', (p: Json) => (p.tables[0].surprise = 1), 'tables.0: Unrecognized key'],
    [
      'is closed within',
      (p: Json) => (p.tables[1].references[0].surprise = 1),
      'tables.1.references.0: Unrecognized key',
    ],
  ])('%s', (_, change, message) => {
    const problems = problemsAfter(change);
    expect(problems.join('\n')).toContain(message);
    expect(problems.every((problem) => problem.startsWith('SCHEMA '))).toBe(true);
  });

  it.each(['name', 'files', 'privacy', 'transforms', 'source', 'leftOut', 'references'])(
    'needs %s of each',
    (member) => {
      expect(problemsAfter((p) => delete p.tables[1][member])).not.toEqual([]);
    },
  );
});

describe('the bundle of several tables', () => {
  it('tells people about each', () => {
    const text = whole.get('LICENSE.md')!.toString();
    for (const line of [
      '## What was done to table "patients"',
      '## Privacy of table "patients" as measured',
      '- Suppressed: 9 of 10 records',
      '## What was done to table "visits"',
      '- "email" refers to "email" of table "patients"; 2 records whose value is not there: left out',
      '- Left out before that: 2 records',
      'Each table is measured by itself.',
      '- Source of table "visits": 10 records, commitment',
    ]) {
      expect(text).toContain(line);
    }
    expect(text).not.toContain('## What was done to the data');
  });

  it('describes what refers to what as Table Schema has it', () => {
    const { resources } = JSON.parse(whole.get('datapackage.json')!.toString());
    expect(resources[0].schema).not.toHaveProperty('foreignKeys');
    // https://datapackage.org/standard/table-schema/#foreignKeys
    expect(resources[1].schema.foreignKeys).toEqual([
      { fields: ['email'], reference: { resource: resources[0].name, fields: ['email'] } },
    ]);
  });

  it('describes no reference to what has no columns', () => {
    const files = [
      { ...releaseFile('data/patients.csv', dataBytes), fields: [] },
      {
        ...releaseFile('data/visits.csv', dataBytes),
        foreignKeys: [{ field: 'email', file: 'data/patients.csv', to: '$.email' }],
      },
    ];
    const { members } = buildBundle({ ...parts, statement, files });
    const text = members.find(({ name }) => name === 'datapackage.json')!.bytes.toString();
    expect(text).not.toContain('foreignKeys');
  });
});
