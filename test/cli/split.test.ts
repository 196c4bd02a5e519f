import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { canary, expectRefused, header, jsonPolicy, jsonRows, policy, rows } from './refused.ts';
import { type Workspace, workspace } from './session.ts';

const use = ['--trust', 'issuer.pub', '--organization', 'urn:org:example', '--purpose', 'AcademicResearch'];
const apply = ['apply', 'policy.yaml', 'x.csv'];

function prepared(output = '', data = header + rows(25)): Workspace {
  const space = workspace();
  space.write('policy.yaml', `${policy}${output}`);
  space.write('x.csv', data);
  return space;
}

const names = (space: Workspace, folder: string) => readdirSync(join(space.dir, folder)).sort();
const bytesOf = (space: Workspace, name: string) => readFileSync(join(space.dir, name));

/** The records of some files together; each has the header. */
function together(files: readonly Buffer[]): string[][] {
  return files.flatMap((bytes) => {
    const [first, ...records] = parse(bytes) as string[][];
    expect(first).toEqual(['id', 'age', 'note']);
    return records;
  });
}

describe('--split-records', () => {
  it('makes several files in one bundle, which verifies as a whole', async () => {
    const space = prepared();
    const whole = parse((await space.call([...apply, '--stdout'])).stdout).slice(1);
    const run = await space.call([...apply, '--key', 'issuer.key', '--out', 'out', '--split-records', '10']);
    expect(run.stderr).toContain('out: 25 records written');
    const data = ['x-0001.csv', 'x-0002.csv', 'x-0003.csv'];
    expect(names(space, 'out/data')).toEqual(data.flatMap((name) => [name, `${name}.chunks`]));
    expect(together(data.map((name) => bytesOf(space, `out/data/${name}`)))).toEqual(whole);
    const { payload } = JSON.parse(bytesOf(space, 'out/license.intoto.json').toString());
    const { files } = JSON.parse(Buffer.from(payload, 'base64').toString()).predicate;
    expect(files.map(({ name, records }: { name: string; records: number }) => [name, records])).toEqual([
      ['data/x-0001.csv', 10],
      ['data/x-0002.csv', 10],
      ['data/x-0003.csv', 5],
    ]);
    const { resources } = JSON.parse(bytesOf(space, 'out/datapackage.json').toString());
    expect(resources.map(({ path }: { path: string }) => path)).toEqual(data.map((name) => `data/${name}`));
    expect((await space.call(['verify', 'out', ...use])).status).toBe(0);

    // One byte of one file, and one file less, are noticed.
    const first = bytesOf(space, 'out/data/x-0002.csv');
    space.write('out/data/x-0002.csv', first.subarray(1));
    expect((await space.call(['verify', 'out', ...use])).stdout).toContain('DIGEST');
  });

  it('goes into a tar, with gzip in each file', async () => {
    const space = prepared('output: { compress: gzip, level: 9 }\n');
    const args = [...apply, '--key', 'issuer.key', '--split-records', '7'];
    expect((await space.call([...args, '--tar', 'x.tar'])).status).toBe(0);
    expect((await space.call(['verify', 'x.tar', ...use])).status).toBe(0);
    expect((await space.call([...args, '--out', 'out'])).status).toBe(0);
    const data = names(space, 'out/data').filter((name) => !name.endsWith('.chunks'));
    expect(data).toEqual(['x-0001.csv.gz', 'x-0002.csv.gz', 'x-0003.csv.gz', 'x-0004.csv.gz']);
    const whole = parse(
      (await space.call([...apply, '--data-only', 'whole'])) && gunzipSync(bytesOf(space, 'whole/x.csv.gz')),
    );
    expect(together(data.map((name) => gunzipSync(bytesOf(space, `out/data/${name}`))))).toEqual(whole.slice(1));
  });

  it('makes the files of --data-only, which --replace replaces', async () => {
    const space = prepared();
    const args = [...apply, '--data-only', 'out', '--split-records', '10'];
    expect((await space.call(args)).status).toBe(0);
    expect((await space.call([...apply, '--data-only', 'out', '--split-records', '20', '--replace'])).status).toBe(0);
    expect(names(space, 'out')).toEqual(['x-0001.csv', 'x-0002.csv']);
    const mine = { out: ['mine.txt'], photos: ['x-0001.jpg', 'x-0002.jpg'], gaps: ['x-0001.csv', 'x-0003.csv'] };
    for (const [folder, files] of Object.entries(mine)) {
      for (const name of files) space.write(join(folder, name), 'work');
      const again = [...apply, '--data-only', folder, '--split-records', '10', '--replace'];
      const run = await space.call(again);
      expectRefused(space, space.files(), run, { code: 'FILE-EXISTS', at: folder });
      if (folder === 'photos') expect(space.run(again)).toEqual(run);
    }
  });

  it('splits lines of JSON', () => {
    const space = workspace();
    space.write('policy.yaml', jsonPolicy);
    const run = space.run(
      ['apply', 'policy.yaml', '--format', 'ndjson', '--data-only', 'out', '--split-records', '15'],
      {
        input: jsonRows(20),
      },
    );
    expect(run.status).toBe(0);
    const lines = ['out/data-0001.ndjson', 'out/data-0002.ndjson'].map((name) =>
      bytesOf(space, name).toString().split('\n'),
    );
    expect(lines.map(({ length }) => length)).toEqual([16, 6]);
    expect(() =>
      lines
        .flat()
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    ).not.toThrow();
  });
});

describe('--split-bytes', () => {
  it('keeps files within a size; the policy can say it too', async () => {
    const space = prepared('output: { split: { bytes: 400 } }\n');
    const whole = parse(
      (await space.call([...apply, '--data-only', 'whole', '--split-bytes', '1MB'])) &&
        bytesOf(space, 'whole/x-0001.csv'),
    );
    expect((await space.call([...apply, '--data-only', 'out'])).status).toBe(0);
    const files = names(space, 'out').map((name) => bytesOf(space, `out/${name}`));
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) expect(file.length).toBeLessThanOrEqual(400);
    expect(together(files)).toEqual(whole.slice(1));
  });

  it('splits between records, not between lines', async () => {
    const lines = Array.from({ length: 9 }, (_, i) => `${canary}-${i},n,30,"two\nlines ${i}"\n`).join('');
    const space = prepared('', header + lines);
    expect((await space.call([...apply, '--data-only', 'out', '--split-bytes', '60B'])).status).toBe(0);
    const files = names(space, 'out').map((name) => bytesOf(space, `out/${name}`));
    expect(files).toHaveLength(9);
    expect(together(files).map(([, , note]) => note)).toEqual(Array.from({ length: 9 }, (_, i) => `two\nlines ${i}`));
  });
});

it.each<[string, string, readonly string[], RegExp]>([
  ['--stdout', '', ['--stdout', '--split-records', '5'], /does not go to standard output/],
  [
    '--stdout and a policy that splits',
    'output: { split: { records: 5 } }\n',
    ['--stdout'],
    /does not go to standard output/,
  ],
  ['a size that is none', '', ['--data-only', 'o', '--split-bytes', '5M'], /MiB or GiB, such as 100MB/],
  ['no number', '', ['--data-only', 'o', '--split-records', '5k'], /not a whole number/],
  ['nothing', '', ['--data-only', 'o', '--split-records', '0'], /not a whole number/],
])('refuses %s', async (_, output, args, says) => {
  const space = prepared(output);
  expectRefused(space, ['policy.yaml', 'x.csv'], await space.call([...apply, ...args]), { code: 'USAGE', says });
});
