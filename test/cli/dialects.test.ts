import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { canary, expectRefused, policy } from './refused.ts';
import { type Workspace, workspace } from './session.ts';

const odd = `# exported by a program
'id'||'name'||'age'||'note'
# a comment
'${canary}-1'||'Name \\'${canary}\\''||30||'it\\'s, "so"'

'${canary}-2'||'Name'||31||two||three
`.replace('two||three', "'two||three'");
const oddPolicy = `${policy}input: { dialect: { delimiter: "||", quote: "'", escape: "\\\\", comment: "#", skip-empty-lines: true } }\n`;
const apply = ['apply', 'policy.yaml', 'x.csv', '--key', 'issuer.key', '--out', 'out'];

function prepared(text: string, data: string): Workspace {
  const space = workspace();
  space.write('policy.yaml', text);
  space.write('x.csv', data);
  return space;
}

describe('another dialect of CSV', () => {
  it('comes out as plain CSV', async () => {
    const space = prepared(oddPolicy, odd);
    const run = await space.call(apply);
    expect(run.stderr).toContain('out: 2 records written');
    const records = parse(readFileSync(join(space.dir, 'out/data/x.csv'))) as string[][];
    expect(records.map((record) => record.slice(1))).toEqual([
      ['age', 'note'],
      ['[20,40)', `it's, "so"`],
      ['[20,40)', 'two||three'],
    ]);
    // From standard input as well, which is read twice too.
    const piped = space.run(['apply', 'policy.yaml', '--format', 'csv', '--stdout'], { input: odd });
    expect(parse(piped.stdout)).toEqual(records);
  });

  it.each<[string, string, object]>([
    ['a value', odd.replace('31', canary), { code: 'DATA-VALUE', at: 'x.csv: row 2, field age' }],
    ['a short row', odd.replace('||31', ''), { code: 'DATA-RAGGED', at: 'x.csv:6: row 2' }],
    ['an open quote', odd.replace("three'", 'three'), { code: 'DATA-SYNTAX', at: 'x.csv:6: row 2, field note' }],
    ['an empty file', '', { code: 'DATA-EMPTY', at: 'x.csv' }],
    ['comments alone', '# a\n', { code: 'DATA-EMPTY', at: 'x.csv' }],
    ['a header alone', `${odd.split('\n').slice(0, 2).join('\n')}\n`, { code: 'DATA-EMPTY', at: 'x.csv' }],
  ])('refuses %s at the line of the file', async (_, data, refusal) => {
    const space = prepared(oddPolicy, data);
    expectRefused(
      space,
      ['policy.yaml', 'x.csv'],
      await space.call(apply),
      refusal as Parameters<typeof expectRefused>[3],
    );
  });

  it('is not for other formats', async () => {
    const space = prepared(oddPolicy, odd);
    space.write('x.tsv', odd);
    const args = ['apply', 'policy.yaml', 'x.tsv', '--stdout'];
    const run = await space.call(args);
    expect(space.run(args)).toEqual(run);
    expectRefused(space, ['policy.yaml', 'x.csv', 'x.tsv'], run, {
      code: 'POLICY-MEANING',
      at: 'x.tsv',
      says: 'a dialect',
    });
  });
});

describe('a table without a header', () => {
  const bare = `${canary}-1;Name;30;x\n${canary}-2;Name;31;y\n`;
  const bareText = `${policy}input: { delimiter: ";", header: [id, name, age, note] }\n`;

  it('stays one, and datapackage.json names its columns', async () => {
    const space = prepared(bareText, bare);
    expect((await space.call(apply)).stderr).toContain('2 records written');
    const lines = readFileSync(join(space.dir, 'out/data/x.csv'), 'utf8').split('\n');
    expect(lines.map((line) => line.slice(27))).toEqual(['[20,40);x', '[20,40);y', '']);
    const [resource] = JSON.parse(readFileSync(join(space.dir, 'out/datapackage.json'), 'utf8')).resources;
    expect(resource.dialect).toEqual({ header: false, delimiter: ';' });
    expect(resource.schema.fields.map(({ name }: { name: string }) => name)).toEqual(['id', 'age', 'note']);
    const use = ['--trust', 'issuer.pub', '--organization', 'urn:org:example', '--purpose', 'AcademicResearch'];
    expect((await space.call(['verify', 'out', ...use])).status).toBe(0);
  });

  it('can be of another dialect', async () => {
    const text = bareText.replace('delimiter: ";"', `dialect: { delimiter: "; ", quote: "'" }`);
    const space = prepared(text, bare.replaceAll(';', '; ').replace('x', "'it''s'"));
    const { stdout, status } = await space.call(['apply', 'policy.yaml', 'x.csv', '--stdout']);
    expect(status).toBe(0);
    expect((parse(stdout) as string[][]).map((record) => record.slice(1))).toEqual([
      ['[20,40)', "it's"],
      ['[20,40)', 'y'],
    ]);
  });
});

it.each<[string, string, string, string]>([
  ['x.csv', '', ';', 'divided by semicolons: say `input: { delimiter: ";" }`'],
  ['x.csv', '', '\t', 'divided by tabs: say `--format tsv`'],
  ['x.csv', '', '|', 'divided by bars: say `input: { delimiter: "|" }`'],
  ['x.csv', 'input: { delimiter: ";" }\n', ',', 'divided by commas: leave `delimiter` out of the policy'],
  ['x.tsv', '', ',', 'divided by commas: say `--format csv`'],
  ['x.tsv', '', ';', 'divided by semicolons: say `--format csv` and `input: { delimiter: ";" }`'],
])('a wrong delimiter is named: %s %s%s', async (file, input, delimiter, says) => {
  const space = prepared(policy + input, '');
  space.write(file, `${['id', 'name', 'age', 'note'].join(delimiter)}\n`);
  const before = space.files();
  const run = await space.call(['apply', 'policy.yaml', file, '--stdout']);
  expectRefused(space, before, run, { code: 'DATA-FIELDS', at: `${file}: header` });
  expect(run.stderr).toContain(says);
});
