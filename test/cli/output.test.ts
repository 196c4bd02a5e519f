import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { header, jsonPolicy, jsonRows, policy, rows } from './refused.ts';
import { binary, type Workspace, workspace } from './session.ts';

const apply = ['apply', 'policy.yaml', 'x.csv', '--key', 'issuer.key'];
const use = ['--trust', 'issuer.pub', '--organization', 'urn:org:example', '--purpose', 'AcademicResearch'];
const env = { SOURCE_DATE_EPOCH: '1790000000' };

function prepared(): Workspace {
  const space = workspace();
  space.write('policy.yaml', policy);
  space.write('x.csv', header + rows(20));
  return space;
}

/** All files of a directory by name. */
function contents(space: Workspace, folder: string): Record<string, string> {
  const names = space.files().filter((name) => name.startsWith(`${folder}/`));
  return Object.fromEntries(
    names.map((name) => [name.slice(folder.length), readFileSync(join(space.dir, name), 'latin1')]),
  );
}

function mode(space: Workspace, name: string): string {
  return (statSync(join(space.dir, name)).mode & 0o777).toString(8);
}

describe('the same input, policy, key and SOURCE_DATE_EPOCH', () => {
  it('give the same bytes, as a directory and as a tar', async () => {
    const space = prepared();
    for (const name of ['1', '2']) {
      expect(await space.call([...apply, '--out', name], { env })).toMatchObject({ status: 0, stdout: '' });
      expect(await space.call([...apply, '--tar', `${name}.tar`], { env })).toMatchObject({ status: 0, stdout: '' });
    }
    expect(Object.keys(contents(space, '1'))).toContain('/data/x.csv');
    expect(contents(space, '1')).toEqual(contents(space, '2'));
    expect(readFileSync(join(space.dir, '1.tar')).equals(readFileSync(join(space.dir, '2.tar')))).toBe(true);
    expect(spawnSync('tar', ['-xf', '1.tar', '--one-top-level=3'], { cwd: space.dir }).status).toBe(0);
    expect(contents(space, '3')).toEqual(contents(space, '1'));
  });

  it('give the same bytes compressed', async () => {
    const space = prepared();
    space.write('policy.yaml', `${policy}output: { compress: gzip }\n`);
    for (const name of ['1', '2']) expect((await space.call([...apply, '--out', name], { env })).status).toBe(0);
    expect(Object.keys(contents(space, '1'))).toContain('/data/x.csv.gz');
    expect(contents(space, '1')).toEqual(contents(space, '2'));
  });
});

it('says how many values could not be read and were left empty', async () => {
  const space = workspace();
  const rule = '{ role: insensitive, type: date, invalid: redact, transform: keep }';
  space.write('p.yaml', `policy: anon/v1\nname: p\nversion: "1"\nfields: { day: ${rule} }\n`);
  space.write('x.csv', 'day\n21.11.2026\n2026-11-21\n22.11.2026\n');
  expect((await space.call(['apply', 'p.yaml', 'x.csv', '--data-only', 'a'])).stderr).toContain(
    'unreadable: 2 values of `day` left empty',
  );
  const { stdout } = await space.call(['apply', 'p.yaml', 'x.csv', '--data-only', 'b', '--json']);
  expect(JSON.parse(stdout).unreadable).toEqual([{ name: 'day', count: 2 }]);
});

it('refuses a delimiter for a format that has none to choose, and to show a pseudonym key', async () => {
  const space = workspace();
  const field = 'fields: { day: { role: insensitive, transform: keep } }';
  space.write('p.yaml', `policy: anon/v1\nname: p\nversion: "1"\ninput: { delimiter: ";" }\n${field}\n`);
  space.write('x.tsv', 'day\n1\n');
  expect(await space.call(['apply', 'p.yaml', 'x.tsv', '--stdout'])).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('tsv has none to choose'),
  });
  await space.call(['keys', 'generate', '--type', 'pseudonym', 'p.key']);
  const shown = await space.call(['keys', 'show', 'p.key']);
  expect(shown).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('a pseudonym key has nothing to show'),
  });
  expect(space.run(['keys', 'show', 'p.key'])).toEqual(shown);
});

describe('streams', () => {
  it('a tar on standard output is what verify reads from standard input', () => {
    const space = prepared();
    const line = `anon() { "$NODE" "$ANON" "$@"; }
      set -o pipefail
      anon apply policy.yaml x.csv --key issuer.key --tar - | anon verify - "$@"`;
    const { status, stdout, stderr } = spawnSync('bash', ['-c', line, 'bash', ...use], {
      cwd: space.dir,
      env: { ...space.env, NODE: process.execPath, ANON: binary },
      encoding: 'utf8',
    });
    expect(stdout).toMatch(/\nallow urn:anon:license:[0-9a-f]{32}\n$/);
    expect(stderr).toContain('standard output: 20 records written');
    expect(status).toBe(0);
    expect(space.files()).toEqual(['policy.yaml', 'x.csv']);
  });

  it.each([
    ['csv', policy, 'x.csv', header + rows(20)],
    ['tsv', policy, 'x.tsv', (header + rows(20)).replaceAll(',', '\t')],
    ['ndjson', jsonPolicy, 'x.ndjson', jsonRows(20)],
    ['json', jsonPolicy, 'x.json', `[\n${jsonRows(20).trim().replaceAll('\n', ',\n')}\n]\n`],
  ])(
    '--stdout, --data-only and the bundle hold the same data, also from standard input: %s',
    async (format, text, file, data) => {
      const space = workspace();
      space.write('policy.yaml', text);
      space.write(file, data);
      const { status, stdout } = await space.call(['apply', 'policy.yaml', file, '--stdout']);
      expect(status).toBe(0);
      expect(stdout.split('\n').length).toBe(data.split('\n').length);
      const args = ['apply', 'policy.yaml', '-', '--format', format];
      expect(space.run([...args, '--stdout'], { input: data }).stdout).toBe(stdout);
      expect((await space.call(['apply', 'policy.yaml', file, '--data-only', 'alone'])).status).toBe(0);
      expect(space.run([...args, '--key', 'issuer.key', '--out', 'bundle'], { input: data }).status).toBe(0);
      expect(contents(space, 'alone')).toEqual({ [`/${file}`]: stdout });
      expect(contents(space, 'bundle')).toMatchObject({ [`/data/data.${format}`]: stdout });
    },
  );
});

describe('--replace', () => {
  it.each([['--out'], ['--tar'], ['--data-only']])('%s: puts the new in the place of the old', async (option) => {
    const space = prepared();
    expect((await space.call([...apply, option, 'out', '--report', 'r.json'])).status).toBe(0);
    space.write('x.csv', header + rows(30));
    const run = await space.call([...apply, option, 'out', '--report', 'r.json', '--replace']);
    expect(run.stderr).toContain('out: 30 records written');
    expect(readFileSync(join(space.dir, 'r.json'), 'utf8')).toContain('30');
    expect(readdirSync(space.dir).filter((name) => name.startsWith('.'))).toEqual([]);
    if (option !== '--data-only') expect((await space.call(['verify', 'out', ...use])).status).toBe(0);
  });

  it('takes an empty directory, and no directory at all', async () => {
    const space = prepared();
    spawnSync('mkdir', ['empty'], { cwd: space.dir });
    for (const name of ['empty', 'none']) {
      expect((await space.call([...apply, '--out', name, '--replace'])).status).toBe(0);
      expect(existsSync(join(space.dir, name, 'data/x.csv'))).toBe(true);
    }
  });
});

describe('permissions', () => {
  it.each([
    ['022', { folder: '755', file: '644' }],
    ['077', { folder: '700', file: '600' }],
    ['000', { folder: '755', file: '644' }],
  ])('umask %s', (umask, { folder, file }) => {
    const space = prepared();
    const anon = '"$1" "$2"';
    const line = `umask ${umask}
      ${anon} apply policy.yaml x.csv --key issuer.key --out out --report report.json &&
      ${anon} apply policy.yaml x.csv --key issuer.key --tar x.tar &&
      ${anon} keys generate new.key --plain && ${anon} keys generate pseudo.key --type pseudonym`;
    const { status } = spawnSync('bash', ['-c', line, 'bash', process.execPath, binary], {
      cwd: space.dir,
      env: space.env,
    });
    expect(status).toBe(0);
    for (const name of ['out', 'out/data']) expect([name, mode(space, name)]).toEqual([name, folder]);
    for (const name of ['out/license.intoto.json', 'out/data/x.csv', 'x.tar', 'new.pub']) {
      expect([name, mode(space, name)]).toEqual([name, file]);
    }
    // What holds secrets, or compares with the source, is for its owner alone.
    for (const name of ['new.key', 'pseudo.key', 'report.json'])
      expect([name, mode(space, name)]).toEqual([name, '600']);
  });

  it.each([
    ['csv', policy, 'x.csv', header + rows(20), 'ndjson', 'application/x-ndjson'],
    ['ndjson', jsonPolicy, 'x.jsonl.gz', gzipSync(jsonRows(20)), 'csv', 'text/csv'],
    ['ndjson', jsonPolicy, 'x.ndjson', jsonRows(20), 'json', 'application/json'],
    ['csv', policy, 'x.csv', header + rows(20), 'csv', 'text/csv'],
  ])(
    'names and describes what is written in another format: %s, %#',
    async (_, text, file, data, format, mediatype) => {
      const space = workspace();
      space.write('policy.yaml', `${text}output: { format: ${format} }\n`);
      space.write(file, data);
      expect(await space.call(['apply', 'policy.yaml', file, '--key', 'issuer.key', '--out', 'bundle'])).toMatchObject({
        status: 0,
      });
      const [described] = JSON.parse(readFileSync(join(space.dir, 'bundle/datapackage.json'), 'utf8')).resources;
      expect(described).toMatchObject({ path: `data/x.${format}`, format, mediatype });
      expect(described.schema?.fields.map(({ name }: { name: string }) => name)).toEqual(
        format === 'csv' ? ['id', 'age', 'note'] : undefined,
      );
      expect((await space.call(['verify', 'bundle', ...use])).status).toBe(0);
      const { stdout } = await space.call(['apply', 'policy.yaml', file, '--stdout']);
      expect(stdout).toBe(readFileSync(join(space.dir, `bundle/data/x.${format}`), 'utf8'));
      expect(stdout.trim().split('\n')).toHaveLength({ csv: 21, ndjson: 20, json: 22 }[format]!);
    },
  );
});
