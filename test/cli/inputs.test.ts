import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { hospital } from '../policy/hospital.ts';
import { type Workspace, workspace } from './session.ts';

const policy = `policy: anon/v1
name: visits
version: "1"
keys: { k: { env: K } }
domains: { d: { key: k } }
reproducible: true
fields:
  id: { role: identifier, transform: { tokenize: { domain: d } } }
  age: { role: quasi-identifier, type: integer, transform: keep }
  pay: { role: insensitive, type: number, transform: { noise: { distribution: laplace, scale: 4 } } }
privacy: { models: [ { k-anonymity: { k: 2 } } ], max-suppression: 0.5 }
license:
  licensor: { name: Example Hospital }
  licensee: { id: "urn:org:example-university", name: Example University }
  purposes: [AcademicResearch]
  valid: { from: 2026-10-01, until: 2027-09-30 }
`;
const env = { K: Buffer.alloc(32, 9).toString('base64'), SOURCE_DATE_EPOCH: '1795000000' };
const use = ['--trust', 'issuer.pub', '--organization', 'urn:org:example-university', '--purpose', 'AcademicResearch'];
const years = {
  'data/2023.csv': 'id,age,pay\nMRN-10001,36,10\nMRN-10002,41,20\n',
  'data/2024.csv': gzipSync('id,age,pay\r\nMRN-10003,36,30\r\nMRN-10001,99,40\r\n'),
  'data/2025.csv': 'id,age,pay\nMRN-10004,41,50',
};
const whole = 'id,age,pay\nMRN-10001,36,10\nMRN-10002,41,20\nMRN-10003,36,30\r\nMRN-10001,99,40\r\nMRN-10004,41,50';

function prepared(files: Readonly<Record<string, string | Uint8Array>> = years): Workspace {
  const space = workspace();
  space.write('policy.yaml', policy);
  for (const [name, content] of Object.entries(files)) space.write(name, content);
  return space;
}

const apply = (space: Workspace, ...args: string[]) => space.call(['apply', 'policy.yaml', ...args], { env });
const read = (space: Workspace, path: string) => readFileSync(join(space.dir, path));
const signed = ['--key', 'issuer.key'];

describe('anon apply with several files of one table', () => {
  it('makes one table of them, and a file of each', async () => {
    const space = prepared();
    const done = await apply(space, 'data/*.csv', '--out', 'bundle', ...signed);
    expect(done.stderr.replace(/license:[0-9a-f]+/, 'license:…')).toBe(`bundle: 4 records written, 1 suppressed
  k-anonymity: required k=2, measured k=2
  re-identification risk: highest 50.0 %, average 50.0 %
  leak check: nothing found
  license: urn:anon:license:…
`);
    const lines = (path: string) => String(read(space, path)).split(/\r?\n/).filter(Boolean);
    expect(lines('bundle/data/2023.csv').map((line) => line.split(',')[1])).toEqual(['age', '36', '41']);
    // What is not replaced stays as it is: line ends, and a last line that has none.
    expect(String(read(space, 'bundle/data/2024.csv'))).toMatch(/^id,age,pay\r\n\w+,36,[\d.-]+\r\n$/);
    expect(String(read(space, 'bundle/data/2025.csv'))).toMatch(/^id,age,pay\n\w+,41,[\d.-]+$/);

    // The same records come out of the table in one file.
    space.write('whole.csv', whole);
    await apply(space, 'whole.csv', '--data-only', 'alone');
    const all = ['2023', '2024', '2025'].flatMap((year) => lines(`bundle/data/${year}.csv`).slice(1));
    expect(all.map((line) => line.split(',').slice(1))).toEqual(
      lines('alone/whole.csv')
        .slice(1)
        .map((line) => line.split(',').slice(1)),
    );

    expect((await space.call(['verify', 'bundle', ...use], { env })).stdout).toContain('\nallow urn:anon:license:');
    const envelope = JSON.parse(String(read(space, 'bundle/license.intoto.json')));
    const { predicate } = JSON.parse(Buffer.from(envelope.payload, 'base64').toString());
    expect(predicate.files.map(({ name, records }: { name: string; records: number }) => [name, records])).toEqual([
      ['data/2023.csv', 2],
      ['data/2024.csv', 1],
      ['data/2025.csv', 1],
    ]);
    expect(predicate.lineage.source).toEqual({ commitment: commitmentOf(space, Object.keys(years)), records: 5 });
  });

  it('splits each, replaces what it wrote before, and keeps the order in which they are given', async () => {
    const space = prepared();
    const args = ['data/2025.csv', 'data/2023.csv', 'data/2024.csv', '--data-only', 'out', '--split-records', '1'];
    expect((await apply(space, ...args)).stderr).toContain('4 records written');
    const split = ['2023-0001', '2023-0002', '2024-0001', '2025-0001'].map((name) => `out/${name}.csv`);
    expect(space.files().filter((path) => path.startsWith('out/'))).toEqual(split);
    expect((await apply(space, 'data/*', '--data-only', 'out', '--replace')).status).toBe(0);
    expect((await apply(space, 'data/*', '--data-only', 'out', '--replace')).status).toBe(0);
    expect(space.files().filter((path) => path.startsWith('out/'))).toEqual([
      'out/2023.csv',
      'out/2024.csv',
      'out/2025.csv',
    ]);
  });

  it('writes another format, compressed, into a tar', async () => {
    const space = prepared();
    space.write('policy.yaml', `${policy}output: { format: ndjson, compress: gzip }\n`);
    expect((await apply(space, 'data/*', '--tar', 'bundle.tar', ...signed)).status).toBe(0);
    const tar = read(space, 'bundle.tar');
    const at = tar.indexOf('data/2025.ndjson.gz\0');
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 135), 8);
    expect(Object.keys(JSON.parse(gunzipSync(tar.subarray(at + 512, at + 512 + size)).toString()))).toEqual([
      'id',
      'age',
      'pay',
    ]);
    expect((await space.call(['verify', 'bundle.tar', ...use, '--quiet'], { env })).status).toBe(0);
  });

  it('names the file and the record of what is wrong, and leaves nothing', async () => {
    const space = prepared({
      ...years,
      'data/2024.csv': 'id,age,pay\nx1,36\n',
      'data/2025.csv': 'id,age,pay\nx2,41,1\nx3,old,1\n',
    });
    const ragged = await apply(space, 'data/*', '--out', 'bundle', ...signed);
    expect(ragged).toMatchObject({ status: 2, stdout: '' });
    expect(ragged.stderr).toContain('data/2024.csv: row 1: error[DATA-RAGGED]');
    expect((await apply(space, 'data/2023.csv', 'data/2025.csv', '--out', 'bundle', ...signed)).stderr).toContain(
      'data/2025.csv: row 2, field age: error[DATA-VALUE]',
    );
    expect(space.files().filter((path) => path.includes('bundle'))).toEqual([]);
  });

  it.each([
    [
      'no match',
      ['date/*.csv'],
      'date/*.csv: error[FILE-MISSING]: no file matches\n  hint: there is no folder `date`; did you mean `data`?',
    ],
    ['a missing file and a folder', ['data/2023.csv', 'data/2022.csv', 'data'], 'data/2022.csv: error[FILE-MISSING]'],
    ['an empty file', ['data/*', 'empty.csv'], 'empty.csv: error[DATA-EMPTY]'],
    ['a file twice', ['data/2023.csv', 'link.csv'], 'error[USAGE]: data/2023.csv and link.csv are the same file'],
    ['standard input among them', ['data/2023.csv', '-'], 'error[USAGE]: standard input is one of several inputs'],
    [
      'equal names',
      ['data/2023.csv', 'more/2023.csv'],
      'error[USAGE]: data/2023.csv and more/2023.csv would both be written as 2023.csv',
    ],
    [
      'another header',
      ['data/2023.csv', 'other.csv'],
      'other.csv: header: error[DATA-FIELDS]: the columns stand in another order',
    ],
  ])('refuses %s', async (_, inputs, message) => {
    const space = prepared({ ...years, 'empty.csv': '', 'more/2023.csv': 'id,age,pay\n', 'other.csv': 'age,id,pay\n' });
    symlinkSync('data/2023.csv', join(space.dir, 'link.csv'));
    const done = await apply(space, ...inputs, '--data-only', 'out');
    expect(done.status).toBe(2);
    expect(done.stderr).toContain(message);
  });

  it('refuses standard output for more than one', async () => {
    const space = prepared();
    const refused = await apply(space, 'data/*', '--stdout');
    expect(refused.stderr).toContain('standard output takes one file, and there are 3 inputs');
    expect(space.run(['apply', 'policy.yaml', 'data/*', '--stdout'], { env })).toEqual(refused);
  });

  it('takes several for a table of several', async () => {
    const space = prepared({
      'patients.csv': 'patient_id,full_name,age\nMRN-100,Ada Lovelace Example,36\nMRN-101,Grace Hopper Example,39\n',
      'v/visits-a.csv': 'visit_id,patient_id,note\nv1,MRN-100,fine\n',
      'v/visits-b.csv': 'visit_id,patient_id,note\nv2,MRN-999,fine\nv3,MRN-101,fine\n',
    });
    space.write('policy.yaml', hospital);
    const done = await apply(space, 'patients.csv', 'visits=v/*.csv', '--out', 'bundle', ...signed);
    expect(done.stderr).toContain('v/visits-b.csv: row 1, field patient_id: warning[REFERENCE]');
    expect(done.stderr).toContain('visits: 2 records written, 1 left out');
    expect(space.files().filter((path) => /^bundle\/data\/.*csv$/.test(path))).toEqual([
      'bundle/data/patients.csv',
      'bundle/data/visits-a.csv',
      'bundle/data/visits-b.csv',
    ]);
    expect((await space.call(['verify', 'bundle', ...use, '--quiet'], { env })).status).toBe(0);
  });

  it('are measured as one table', async () => {
    const space = prepared();
    const { stdout, status } = await space.call([
      'measure',
      'data/*.csv',
      '--quasi',
      'age',
      '--fail-if',
      'k < 2',
      '--json',
    ]);
    expect([JSON.parse(stdout).records.total, status]).toEqual([5, 1]);
  });
});

/** HMAC-SHA256 under HKDF(signing seed, `anon/v1/commitment`) of the SHA-256 of the SHA-256 of each file, in their order. */
function commitmentOf(space: Workspace, paths: readonly string[]): string {
  const pem = read(space, 'issuer.key')
    .toString()
    .replaceAll(/-----.*-----|\s/g, '');
  const seed = Buffer.from(pem, 'base64').subarray(-32);
  const key = Buffer.from(hkdfSync('sha256', seed, Buffer.alloc(0), 'anon/v1/commitment', 32));
  const digests = paths.map((path) => createHash('sha256').update(read(space, path)).digest());
  const source = createHash('sha256').update(Buffer.concat(digests)).digest();
  return `hmac-sha256:${createHmac('sha256', key).update(source).digest('hex')}`;
}

describe('anon apply with a table that refers to itself', () => {
  const staff = `policy: anon/v1
name: staff
version: "1"
keys: { k: { env: K } }
domains: { d: { key: k } }
tables:
  staff:
    fields:
      id: { role: identifier, transform: { tokenize: { domain: d } } }
      boss: { role: identifier, transform: { tokenize: { domain: d } }, references: staff.id }
      city: { role: quasi-identifier, transform: keep }
    privacy: { models: [ { k-anonymity: { k: 2 } } ], max-suppression: 0.5 }
${policy.slice(policy.indexOf('license:'))}`;

  it('leaves out whoever has no boss there, in a bundle that says so', async () => {
    const space = workspace();
    space.write('policy.yaml', staff);
    space.write('staff.csv', 'id,boss,city\nMRN-1,,A\nMRN-2,MRN-1,A\nMRN-3,MRN-2,B\nMRN-4,MRN-3,A\nMRN-5,MRN-9,A\n');
    const done = await apply(space, 'staff.csv', '--out', 'bundle', ...signed);
    expect(done.stderr).toContain(
      'staff.csv: row 4, field boss: warning[REFERENCE]: 2 records refer to no written record of `staff` (1 to records that are left out, 1 to none of its source)',
    );
    expect(done.stderr).toContain('staff: 2 records written, 1 suppressed, 2 left out');
    expect(JSON.parse(String(read(space, 'bundle/datapackage.json'))).resources[0].schema.foreignKeys).toEqual([
      { fields: ['boss'], reference: { fields: ['id'] } },
    ]);
    expect(String(read(space, 'bundle/LICENSE.md'))).toContain('2 records whose value is not there');
    expect((await space.call(['verify', 'bundle', ...use, '--quiet'], { env })).status).toBe(0);
  });
});
