import { afterAll, describe, expect, it } from 'vitest';
import { canary, expectRefused, header, policy, rows } from './refused.ts';
import { workspace } from './session.ts';

const people = Array.from(
  { length: 30 },
  (_, i) => `${canary}-${i},Name ${canary},${i % 2 === 0 ? 25 : 45},note ${i}\n`,
);
const csv = header + people.join('');

describe('a preview, then a dry run, then the run', () => {
  const space = workspace(afterAll);
  space.write('policy.yaml', policy);
  space.write('x.csv', csv);
  const before = space.files();

  it('shows rows, marks what changed, and writes nothing', async () => {
    const { status, stdout, stderr } = await space.call(['preview', 'policy.yaml', 'x.csv', '-n', '2']);
    expect(stdout.replace(/~[a-z0-9]{26}/g, `~${'t'.repeat(26)}`)).toMatchInlineSnapshot(`
      "id                           age       note
      ~tttttttttttttttttttttttttt  ~[20,40)  note 0
      ~tttttttttttttttttttttttttt  ~[40,60)  note 1

      ~ marks what was changed
      preview: 30 records to write
        k-anonymity: required k=2, measured k=15
        re-identification risk: highest 6.7 %, average 6.7 %
        leak check: nothing found
        id: 30 of 30 changed: tokenize (domain person, alphabet base32, length 26, bi…
        name: drop
        age: 30 of 30 changed: generalize (intervals 0, 20, 40, 60 and 80)
        note: 0 of 30 changed: keep
      "
    `);
    expect([status, stderr]).toEqual([0, '']);
    expect(space.files()).toEqual(before);
  });

  it('gives the rows as JSON, coloured or not as it was asked for', async () => {
    const json = space.run(['preview', 'policy.yaml', '--format', 'csv', '--json', '-n', '1'], { input: csv });
    expect(JSON.parse(json.stdout)).toMatchObject({
      rows: [{ age: '[20,40)', note: 'note 0' }],
      records: { source: 30, written: 30 },
      partial: false,
      fields: [{ field: 'id', changed: 30 }, { field: 'name' }, { field: 'age' }, { field: 'note', changed: 0 }],
      warnings: [],
    });
    expect(json.stdout).not.toContain(canary);
    const args = ['preview', 'policy.yaml', 'x.csv', '-q', '-n', '1'];
    const painted = (await space.call(args, { env: { NO_COLOR: undefined, FORCE_COLOR: '1' } })).stdout;
    const bare = (await space.call(args, { env: { FORCE_COLOR: '1' } })).stdout;
    expect(painted).toContain('\x1b[36m~[20,40)\x1b[0m');
    expect(bare).toBe(painted.replace(/\x1b\[\d*m/g, ''));
  });

  it('shows the source on a terminal only', async () => {
    expectRefused(space, before, await space.call(['preview', 'policy.yaml', 'x.csv', '--show-source']), {
      code: 'USAGE',
      says: 'the originals are shown on a terminal only',
    });
  });

  it('does everything but write', async () => {
    const { status, stdout, stderr } = await space.call(['apply', 'policy.yaml', 'x.csv', '--out', 'b', '--dry-run']);
    expect(stderr).toMatchInlineSnapshot(`
      "warning[KEY-MISSING]: a bundle is signed, and no signing key was given
        hint: make one with \`anon keys generate issuer.key\` and say --key issuer.key; --data-only DIR writes data without a license
      dry run, b: 30 records to write
        k-anonymity: required k=2, measured k=15
        re-identification risk: highest 6.7 %, average 6.7 %
        leak check: nothing found
        suppression allowed: 1 record
        fields:
          id    identifier        tokenize (domain person, alphabet base32, length 26, bits 130)
          name  identifier        drop
          age   quasi-identifier  generalize (intervals 0, 20, 40, 60 and 80)
          note  insensitive       keep
        files:
          b/license.intoto.json
          b/LICENSE.md
          b/datapackage.json
          b/report.json
          b/data/x.csv.chunks
          b/data/x.csv  1,352 bytes
      nothing was written
      "
    `);
    expect([status, stdout]).toEqual([0, '']);
    const placeless = await space.call(['apply', 'policy.yaml', 'x.csv', '--dry-run']);
    expect(placeless.stderr).toBe(stderr.replace('dry run, b:', 'dry run, bundle:').replaceAll(' b/', ' bundle/'));
    expect(space.files()).toEqual(before);
    const json = await space.call(['apply', 'policy.yaml', 'x.csv', '--data-only', 'd', '--dry-run', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      license: null,
      dryRun: { files: [{ path: 'd/x.csv' }], tables: [{ name: null, allowedSuppression: 1 }] },
    });
    expect(space.files()).toEqual(before);
  });

  it('answers no as the run does', async () => {
    space.write('few.csv', header + rows(1));
    const left = space.files();
    const args = ['apply', 'policy.yaml', 'few.csv', '--out', 'b', '--dry-run'];
    const run = await space.call(args);
    expectRefused(space, left, run, { code: 'MODEL', status: 1 });
    expect(space.run(args)).toEqual(run);
    expectRefused(space, left, await space.call(['preview', 'policy.yaml', 'x.csv', '--rows', '1']), {
      code: 'MODEL',
      status: 1,
      says: 'this is about the first 1 records alone',
    });
  });

  it('says how long the phases took, and nothing when quiet', async () => {
    const args = ['apply', 'policy.yaml', 'x.csv', '--data-only', 'd', '--replace'];
    expect((await space.call([...args, '-v'])).stderr).toMatch(
      /\n {2}pass 2 +\d+ ms\n {2}write +\d+ ms\n {2}memory +\d+ MB\n$/,
    );
    expect(await space.call([...args, '-q'])).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

describe('slips of the command line', () => {
  const space = workspace(afterAll);
  space.write('policy.yaml', policy);
  space.write('x.csv', csv);
  space.write(
    'policy.json',
    '{"policy": "anon/v1", "name": "x", "version": "1", "fields": {"id": {"role": "identifier", "transform": "drop"}, "name": {"role": "identifier", "transform": "drop"}, "age": {"role": "insensitive", "transform": "keep"}, "note": {"role": "insensitive", "transform": "keep"}}}',
  );
  space.write('empty.yaml', '# to be written\n');
  space.write('tabs.yaml', policy.replace('  id:', '\tid:'));
  space.write('unmarked.yaml', policy.replace('policy: anon/v1\n', ''));
  space.write('archive.yaml', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(100, 1)]));
  space.write('folder/x.csv', csv);
  const out = ['--data-only', 'out'];

  it.each([
    ['aply policy.yaml', ["error[USAGE]: unknown command 'aply'", '  hint: did you mean apply?']],
    ['generate', ["error[USAGE]: unknown command 'generate'", '  hint: did you mean keys generate?']],
    ['keys', ['error[USAGE]: say what to do', '  hint: commands: keys generate, keys show']],
    [
      'apply policy.yaml x.csv --dry-rnu',
      ["error[USAGE]: unknown option '--dry-rnu'", '  hint: did you mean --dry-run?'],
    ],
    ['verify', ["error[USAGE]: missing required argument 'bundle'", '  hint: see `anon verify --help`']],
    ['apply none.yaml x.csv', ['none.yaml: error[FILE-MISSING]: no such file or directory']],
    ['apply folder x.csv', ['folder: error[FILE-READ]: is a directory', '  hint: name a file']],
    ['apply policy.yaml none.csv', ['none.csv: error[FILE-MISSING]: no such file or directory']],
    [
      'apply policy.yaml folder',
      [
        'folder: error[FILE-READ]: is a directory',
        '  hint: name a file; a pipe can be given as `-`, on standard input',
      ],
    ],
    [
      'apply x.csv policy.yaml',
      [
        'x.csv: error[POLICY-SHAPE]: this is a table, not a policy',
        '  hint: the policy comes first, the data second: `anon apply POLICY DATA`',
      ],
    ],
    [
      'apply policy.yaml policy.yaml',
      [
        'policy.yaml: error[DATA-FORMAT]: this is a policy, not data',
        '  hint: the policy comes first, the data second: `anon apply POLICY DATA`',
      ],
    ],
    [
      'apply policy.yaml policy.json',
      [
        'policy.json: error[DATA-FORMAT]: this is a policy, not data',
        '  hint: the policy comes first, the data second: `anon apply POLICY DATA`',
      ],
    ],
    [
      'apply archive.yaml x.csv',
      [
        'archive.yaml: error[POLICY-SHAPE]: this is a zip archive or an Excel workbook, not a policy',
        '  hint: the policy comes first, the data second: `anon apply POLICY DATA`',
      ],
    ],
    [
      'apply policy.yaml archive.yaml --format csv',
      [
        'archive.yaml: error[DATA-ENCODING]: the input is a zip archive or an Excel workbook, not text',
        '  hint: export it as CSV or NDJSON in UTF-8',
      ],
    ],
    [
      'apply empty.yaml x.csv',
      [
        'empty.yaml: error[POLICY-SHAPE]: the policy is empty',
        '  hint: a policy begins with `policy: anon/v1`; `anon schema` prints what may follow',
      ],
    ],
    [
      'apply tabs.yaml x.csv',
      [
        'tabs.yaml:7:1: error[POLICY-YAML]: a tab is used for indentation',
        '  7 | \\tid: { role: identifier, transform: { tokenize: { domain: person } } }',
        '    | ^^',
        '  hint: YAML is indented with spaces only',
      ],
    ],
    [
      'apply unmarked.yaml x.csv',
      ['unmarked.yaml:1:1: error[POLICY-SHAPE]: the policy has no `policy`', '  hint: add `policy: anon/v1`'],
    ],
  ])('anon %s', async (line, said) => {
    const args = line.split(' ');
    const { status, stdout, stderr } = await space.call(args[0] === 'apply' ? [...args, ...out] : args);
    expect(stderr.trimEnd().split('\n')).toEqual(said);
    expect([status, stdout]).toEqual([2, '']);
  });

  it('a policy in JSON is one', async () => {
    const { status, stderr } = await space.call(['apply', 'policy.json', 'x.csv', ...out]);
    expect(stderr).toBe('out: 30 records written\n  leak check: nothing found\n');
    expect(status).toBe(0);
  });
});
