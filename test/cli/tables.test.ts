import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { hospital } from '../policy/hospital.ts';
import { type Workspace, workspace } from './session.ts';

const env = { K: Buffer.alloc(32, 9).toString('base64'), SOURCE_DATE_EPOCH: '1795000000' };
const patients = `patient_id,full_name,age
MRN-100,Ada Lovelace Example,36
MRN-101,Grace Hopper Example,39
MRN-102,Alan Turing Example,41
MRN-103,Kurt Goedel Example,71
MRN-104,Emmy Noether Example,93
`;
const visits = `visit_id,patient_id,note
v1,MRN-100,fine
v2,MRN-104,fine
v3,mrn-100 ,fine
v4,,walk-in
v5,MRN-103,"fine, too"
`;
const use = ['--trust', 'issuer.pub', '--organization', 'urn:org:example-university', '--purpose', 'AcademicResearch'];
const inputs = ['patients=patients.csv', 'visits=visits.csv'];

function prepared(policy = hospital): Workspace {
  const space = workspace();
  space.write('policy.yaml', policy);
  space.write('patients.csv', patients);
  space.write('visits.csv', visits);
  return space;
}

const apply = (space: Workspace, ...args: string[]) =>
  space.call(['apply', 'policy.yaml', ...args, '--key', 'issuer.key'], { env });
const rowsOf = (space: Workspace, path: string): Record<string, string>[] =>
  parseCsv(readFileSync(join(space.dir, path)), { columns: true });

describe('anon apply with a policy of several tables', () => {
  it('writes one bundle, in which every visit has its patient', async () => {
    const space = prepared();
    const done = await apply(space, ...inputs, '--out', 'bundle');
    expect(done.stderr.replace(/license:[0-9a-f]+/, 'license:…')).toBe(`bundle:
  patients: 4 records written, 1 suppressed
    k-anonymity: required k=2, measured k=2
    re-identification risk: highest 50.0 %, average 50.0 %
    leak check: nothing found
  visits: 4 records written, 1 left out
    \`patient_id\`: 1 record without a written one in \`patients\`
    leak check: nothing found
  license: urn:anon:license:…
`);
    expect(done).toMatchObject({ status: 0, stdout: '' });
    const known = rowsOf(space, 'bundle/data/patients.csv').map((row) => row.patient_id);
    const rows = rowsOf(space, 'bundle/data/visits.csv');
    expect(rows.map((row) => row.visit_id)).toEqual(['v1', 'v3', 'v4', 'v5']);
    expect(rows.map((row) => known.indexOf(row.patient_id))).toEqual([0, 0, -1, 3]);
    expect((await space.call(['verify', 'bundle', ...use], { env })).stdout).toContain('\nallow urn:anon:license:');
    const [statement] = spawnSync(
      'sh',
      ['-c', `sed -n 's/.*"payload":"\\([^"]*\\)".*/\\1/p' bundle/license.intoto.json | base64 -d`],
      {
        cwd: space.dir,
      },
    ).output.slice(1);
    expect(JSON.parse(String(statement)).predicate.tables[1]).toMatchObject({
      name: 'visits',
      files: ['data/visits.csv'],
      leftOut: 1,
      references: [{ field: 'patient_id', table: 'patients', to: 'patient_id', onOrphan: 'drop', orphans: 1 }],
    });
    expect(JSON.parse(readFileSync(join(space.dir, 'bundle/report.json'), 'utf8')).tables).toHaveLength(2);
  });

  it('gives the same bytes again, as a directory, a tar and without a license', async () => {
    const space = prepared();
    expect((await apply(space, ...inputs, '--out', 'a')).status).toBe(0);
    expect((await apply(space, 'visits.csv', 'patients.csv', '--tar', 'b.tar', '--report', 'own.json')).status).toBe(0);
    expect((await apply(space, ...inputs, '--data-only', 'c')).status).toBe(0);
    expect(spawnSync('tar', ['-xf', 'b.tar', '--one-top-level=b'], { cwd: space.dir }).status).toBe(0);
    const read = (path: string) => readFileSync(join(space.dir, path), 'latin1');
    const names = space.files().filter((name) => name.startsWith('a/'));
    expect(names).toHaveLength(8);
    for (const name of names) expect(read(name.replace('a/', 'b/'))).toBe(read(name));
    for (const table of ['patients.csv', 'visits.csv']) expect(read(`c/${table}`)).toBe(read(`a/data/${table}`));
    expect(JSON.parse(read('own.json')).tables[1].references[0]).toMatchObject({
      records: 1,
      ofLeftOut: 1,
      firstRow: 2,
    });
    // What was written before may be replaced, whole.
    expect((await apply(space, ...inputs, '--data-only', 'c', '--replace')).status).toBe(0);
    space.write('c/mine.txt', '');
    expect(await apply(space, ...inputs, '--data-only', 'c', '--replace')).toMatchObject({ status: 2 });
  });

  it('prints the figures of each table as JSON', async () => {
    const space = prepared();
    const { tables, warnings } = JSON.parse((await apply(space, ...inputs, '--out', 'bundle', '--json')).stdout);
    expect(warnings).toEqual([]);
    expect(tables).toMatchObject([
      { name: 'patients', records: { source: 5, written: 4, suppressed: 1 }, references: [] },
      {
        name: 'visits',
        records: { source: 5, written: 4, suppressed: 0, leftOut: 1 },
        references: [{ orphans: 1, ofLeftOut: 1 }],
      },
    ]);
  });

  it('says when somebody visits who is no patient', async () => {
    const space = prepared();
    space.write('visits.csv', `${visits}v6,MRN-999,fine\n`);
    const done = await apply(space, ...inputs, '--out', 'bundle');
    expect(done.status).toBe(0);
    expect(done.stderr).toContain(
      'visits.csv: row 2, field patient_id: warning[REFERENCE]: 2 records refer to no written record of `patients` (1 to records that are left out, 1 to none of its source)\n',
    );
    expect(done.stderr).not.toContain('MRN');
  });

  it('tells how long each table took', async () => {
    const space = prepared();
    const { stderr } = await apply(space, ...inputs, '--out', 'bundle', '--verbose', '--quiet');
    expect(stderr.match(/^ {2}\S.*?(?= +\d+ ms$)/gm)).toEqual([
      '  prepare',
      '  read patients',
      '  read visits',
      '  write patients',
      '  write visits',
      '  write',
    ]);
  });
});

describe('writes nothing of any table', () => {
  it.each([
    [
      'when a visit names a patient in its note',
      { 'visits.csv': `${visits}v6,MRN-100,asked for Grace Hopper Example\n` },
      1,
      'visits.csv: row 6, field note: error[LEAK]: values of identifiers of table `patients` were found in field `note`',
    ],
    [
      'when orphans are not allowed',
      { 'policy.yaml': hospital.replace('references:', 'on-orphan: fail\n        references:') },
      1,
      'visits.csv: row 2, field patient_id: error[REFERENCE]: 1 record refers to no written record of `patients` (1 to records that are left out)',
    ],
    ['when the last of them is cut short', { 'visits.csv': `${visits}v6,MRN-100,"fi` }, 2, 'visits.csv: row 6'],
    [
      'when no record of one is left',
      { 'visits.csv': 'visit_id,patient_id,note\nv1,x,fine\n' },
      2,
      'visits.csv: error[DATA-EMPTY]: every record is left out',
    ],
    ['when one of them lacks a field', { 'patients.csv': patients.replace('age', 'years') }, 2, 'policy.yaml:'],
    [
      'when a model of one is violated',
      { 'policy.yaml': hospital.replace('max-suppression: 1', 'max-suppression: 0') },
      1,
      'error[MODEL]',
    ],
  ])('%s', async (_, files, status, says) => {
    const space = prepared();
    for (const [name, text] of Object.entries(files)) space.write(name, text);
    const before = space.files();
    const done = await apply(space, ...inputs, '--out', 'bundle', '--report', 'own.json');
    expect(done.stderr).toContain(says);
    expect(done.status).toBe(status);
    expect(space.files()).toEqual(before);
    expect(done.stderr).not.toMatch(/MRN|Hopper/);
  });

  it.each([
    ['of which one has no file', ['patients=patients.csv'], 'table `visits` has no input'],
    ['on standard output', [...inputs, '--stdout'], 'standard output takes one table, and the policy has several'],
    ['that is not there', ['patients=patients.csv', 'visits=none.csv'], 'none.csv: error[FILE-MISSING]'],
  ])('%s', async (_, args, says) => {
    const space = prepared();
    const before = space.files();
    const target = args.includes('--stdout') ? [] : ['--out', 'bundle'];
    const refused = await apply(space, ...args, ...target);
    expect(refused).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(says) });
    expect(space.run(['apply', 'policy.yaml', ...args, ...target, '--key', 'issuer.key'], { env })).toEqual(refused);
    expect(space.files()).toEqual(before);
  });
});

it('tables may have different formats: a number of JSON refers to the same digits in CSV', async () => {
  const keep = 'transform: keep';
  const space = workspace();
  space.write(
    'policy.yaml',
    `policy: anon/v1
name: mixed
version: "1"
license: { licensor: { name: A }, licensee: { id: "urn:org:b", name: B }, valid: { from: 2026-10-01, until: 2027-09-30 } }
tables:
  patients: { fields: { id: { role: insensitive, ${keep} }, sex: { role: insensitive, ${keep} } } }
  visits:
    fields:
      "$.patient.id": { role: insensitive, ${keep}, references: patients.id }
      "$.n": { role: insensitive, ${keep} }
`,
  );
  space.write('patients.tsv', 'id\tsex\n17\tF\n18\tM\n');
  const kept =
    '{"n":1, "patient":{"id":17}}\n{"n":3,"patient":{"id":null}}\n{"n":4,"patient":{}}\n{"n":6,"patient":{"id":"18"}}\n';
  space.write('visits.ndjson', `${kept}{"n":2,"patient":{"id":19}}\n{"n":5,"patient":{"id":17.0}}\n`);
  const done = await apply(space, 'visits.ndjson', 'patients.tsv', '--out', 'bundle');
  expect(done.stderr).toContain('visits.ndjson: row 5, field $.patient.id: warning[REFERENCE]: 2 records refer to no');
  expect(done.status).toBe(0);
  expect(readFileSync(join(space.dir, 'bundle/data/visits.ndjson'), 'utf8')).toBe(kept);
  expect(readFileSync(join(space.dir, 'bundle/data/patients.tsv'), 'utf8')).toBe('id\tsex\n17\tF\n18\tM\n');
  // Nested records have no columns to be a foreign key.
  expect(readFileSync(join(space.dir, 'bundle/datapackage.json'), 'utf8')).not.toContain('foreignKeys');
  const asked = ['--trust', 'issuer.pub', '--organization', 'urn:org:b'];
  expect((await space.call(['verify', 'bundle', ...asked], { env })).status).toBe(0);
});

it('one input may come on standard input', () => {
  const space = prepared();
  const done = space.run(['apply', 'policy.yaml', 'patients.csv', 'visits=-', '--data-only', 'out'], {
    env,
    input: visits,
  });
  expect(done).toMatchObject({ status: 0 });
  expect(space.files().filter((name) => name.startsWith('out/'))).toEqual(['out/patients.csv', 'out/visits.csv']);
});
