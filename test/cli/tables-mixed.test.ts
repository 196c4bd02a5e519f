import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Workspace, workspace } from './session.ts';

const env = { SOURCE_DATE_EPOCH: '1795000000' };
const keep = 'role: insensitive, transform: keep';
const drop = 'role: identifier, transform: drop';
const head = `policy: anon/v1
name: clinic
version: "1"
license: { licensor: { name: A }, licensee: { id: "urn:org:b", name: B }, valid: { from: 2026-10-01, until: 2027-09-30 } }
`;
const asked = ['--trust', 'issuer.pub', '--organization', 'urn:org:b'];
const patient = (i: number) => `${i};Müller Number ${String.fromCharCode(65 + (i % 26)).repeat(9)}${i}`;
const patients = `# exported\n${Array.from({ length: 20 }, (_, i) => `${patient(i)}\n`).join('')}`;
const visits = (day: string) => ({
  system: 'clinic 7',
  visits: Array.from({ length: 40 }, (_, i) => ({ n: i, patient: { id: i % 20 }, day })),
});
const tables = (more = '') => `tables:
  visits:
    input: { format: json, records: "$.visits[*]"${more} }
    fields:
      "$.n": { ${keep} }
      "$.patient.id": { ${keep}, references: patients.id }
      "$.day": { ${keep}, when: { field: "$.n", less: 20 }, else: redact }
  patients:
    input: { encoding: windows-1252, header: [id, name], dialect: { delimiter: ";", comment: "#" } }
    sample: { records: 10 }
    fields: { id: { ${keep} }, name: { ${drop} } }
`;

function prepared(policy: string, day = 'Monday'): Workspace {
  const space = workspace();
  space.write('policy.yaml', policy);
  space.write('patients.csv', Buffer.from(patients, 'latin1'));
  space.write('visits.json', JSON.stringify(visits(day), null, 1));
  return space;
}

const apply = (space: Workspace, ...args: string[]) =>
  space.call(['apply', 'policy.yaml', 'patients.csv', 'visits.json', '--key', 'issuer.key', ...args], { env });
const text = (space: Workspace, path: string) => readFileSync(join(space.dir, path), 'utf8');
const dataFiles = (space: Workspace, folder: string) =>
  space.files().filter((name) => name.startsWith(folder) && !name.endsWith('.chunks'));

describe('tables of different inputs', () => {
  it('are read each in its own way, and written in one', async () => {
    const space = prepared(`${head}output: { format: csv, encoding: utf-8 }\n${tables(', around: drop')}`);
    const done = await apply(space, '--out', 'bundle');
    expect(done.stderr.replace(/license:[0-9a-f]+/, 'license:…')).toBe(`bundle:
  patients: 10 records written of a sample of 10
    leak check: nothing found
  visits: 20 records written, 20 left out
    \`$.patient.id\`: 20 records without a written one in \`patients\`
    leak check: nothing found
  license: urn:anon:license:…
`);
    const ids = text(space, 'bundle/data/patients.csv').trim().split('\n');
    const rows = text(space, 'bundle/data/visits.csv').trim().split('\n');
    expect(rows[0]).toBe('n,patient.id,day');
    expect(rows.slice(1)).toEqual(
      Array.from({ length: 40 }, (_, i) => [`${i}`, `${i % 20}`, i < 20 ? 'Monday' : ''])
        .filter(([, id]) => ids.includes(id!))
        .map((row) => row.join(',')),
    );
    const { resources } = JSON.parse(text(space, 'bundle/datapackage.json'));
    expect(resources[1].schema.foreignKeys).toEqual([
      { fields: ['patient.id'], reference: { resource: resources[0].name, fields: ['id'] } },
    ]);
    const license = text(space, 'bundle/LICENSE.md');
    expect(license).toContain('Sampled at random: 10 of 20 records');
    expect(license).toContain('Left out before that: 20 records');
    expect(await space.call(['verify', 'bundle', ...asked], { env })).toMatchObject({ status: 0 });
  });

  it('may be split and compressed, and replaced as a whole', async () => {
    const output = 'output: { format: ndjson, compress: gzip, split: { records: 8 } }';
    const space = prepared(`${head}${output}\n${tables(', around: drop')}`);
    expect(await apply(space, '--out', 'bundle')).toMatchObject({
      stderr: expect.not.stringContaining('error'),
      status: 0,
    });
    const names = ['patients-0001', 'patients-0002', 'visits-0001', 'visits-0002', 'visits-0003'];
    const paths = names.map((name) => `${name}.ndjson.gz`);
    expect(dataFiles(space, 'bundle/data/')).toEqual(paths.map((path) => `bundle/data/${path}`));
    const lines = names.map((_, i) =>
      gunzipSync(readFileSync(join(space.dir, 'bundle/data', paths[i]!)))
        .toString()
        .trim()
        .split('\n'),
    );
    expect(lines.map(({ length }) => length)).toEqual([8, 2, 8, 8, 4]);
    expect(await space.call(['verify', 'bundle', ...asked], { env })).toMatchObject({ status: 0 });
    // A second one of other files takes its place.
    for (const replaced of [[], ['--replace'], ['--replace', '--split-records', '5']]) {
      expect(await apply(space, '--data-only', 'alone', ...replaced)).toMatchObject({ status: 0 });
    }
    expect(dataFiles(space, 'alone/')).toHaveLength(2 + 4);
    space.write('alone/others-0001.ndjson.gz', '');
    expect(await apply(space, '--data-only', 'alone', '--replace')).toMatchObject({ status: 2 });
  });

  it('are searched for each other’s identifiers, around the records too', async () => {
    const space = prepared(`${head}${tables(', around: keep')}`);
    const name = patient(3).slice(2);
    space.write('visits.json', JSON.stringify({ ...visits('Monday'), system: `asked by ${name}` }));
    const before = space.files();
    const done = await apply(space, '--out', 'bundle', '--allow-unlisted');
    expect(done.stderr).toContain(
      'visits.json: error[LEAK]: values of identifiers of table `patients` were found in what stands around the records\n',
    );
    expect(done.stderr).not.toContain('AAA');
    expect(done.status).toBe(1);
    expect(space.files()).toEqual(before);
    // Nobody has looked at what stands there.
    expect((await apply(space, '--out', 'bundle')).stderr).toContain('`around: keep` needs --allow-unlisted');
    space.write('visits.json', JSON.stringify(visits('Monday')));
    expect(await apply(space, '--out', 'bundle', '--allow-unlisted')).toMatchObject({ status: 0 });
    expect(JSON.parse(text(space, 'bundle/data/visits.json')).system).toBe('clinic 7');
    expect(text(space, 'bundle/LICENSE.md')).toContain('what stands around the records');
  });
});

describe('anon apply --against a release of several tables', () => {
  it('compares the fields of all tables', async () => {
    const policy = `${head}${tables(', around: keep')}`;
    const space = prepared(policy);
    const release = (out: string, ...args: string[]) => apply(space, '--out', out, '--allow-unlisted', ...args);
    expect(await release('old')).toMatchObject({ status: 0 });
    space.write('visits.json', JSON.stringify(visits('Tuesday')));
    expect(await release('same', '--against', 'old')).toMatchObject({ status: 0 });

    const before = space.files();
    space.write(
      'policy.yaml',
      policy
        .replace(`"$.n": { ${keep} }`, '"$.n": { role: insensitive, transform: redact }')
        .replace(`"$.day": { ${keep}, when: { field: "$.n", less: 20 }, else: redact }`, `"$.day": { ${drop} }`)
        .replace(`name: { ${drop} }`, 'name: { role: identifier, transform: redact }'),
    );
    const changed = await release('new', '--against', 'old');
    expect(changed.stderr).toBe(
      `patients.csv: error[DRIFT]: field \`name\` would be released, and was dropped in the earlier release
visits.json: error[DRIFT]: field \`$.day\` would be dropped, and was released in the earlier release
  hint: nothing was written; correct data or policy, or leave out --against for a release that is meant to differ
`,
    );
    expect(changed.status).toBe(1);
    expect(space.files()).toEqual(before);
  });

  it('and the tables themselves; anon diff tells them apart', async () => {
    const space = prepared(`${head}${tables(', around: drop')}`);
    expect(await apply(space, '--out', 'old')).toMatchObject({ status: 0 });
    const ofOne = `${head}fields: { id: { ${keep} }, name: { ${drop} } }
input: { encoding: windows-1252, header: [id, name], dialect: { delimiter: ";", comment: "#" } }
`;
    space.write('policy.yaml', ofOne);
    const one = ['apply', 'policy.yaml', 'patients.csv', '--key', 'issuer.key', '--out', 'one'];
    const refused = await space.call([...one, '--against', 'old'], { env });
    expect(refused.stderr).toContain('error[DRIFT]: the earlier release is of several tables and this one of one');
    expect(refused.status).toBe(1);
    expect(space.run([...one, '--against', 'old'], { env })).toEqual(refused);

    space.write('policy.yaml', `${head}${tables(', around: drop').replace('less: 20', 'less: 10')}`);
    expect(await apply(space, '--out', 'new')).toMatchObject({ status: 0 });
    const { differences } = JSON.parse((await space.call(['diff', 'old', 'new', '--json'])).stdout);
    expect(differences).toContainEqual({
      section: 'fields',
      path: ['visits', '$.day', 'parameters', 'when', 'less'],
      change: 'changed',
      before: 20,
      after: 10,
    });
    space.write('policy.yaml', ofOne);
    expect(await space.call(one, { env })).toMatchObject({ stderr: expect.not.stringContaining('error'), status: 0 });
    const across = JSON.parse((await space.call(['diff', 'old', 'one', '--json'])).stdout).differences;
    expect(across).toContainEqual(expect.objectContaining({ section: 'tables', path: ['visits'], change: 'removed' }));
  });
});
