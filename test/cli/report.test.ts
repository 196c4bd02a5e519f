import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { canary, header, jsonPolicy, jsonRows, policy, rows } from './refused.ts';
import { type Workspace, workspace } from './session.ts';

const env = { SOURCE_DATE_EPOCH: '1790000000' };
const sign = ['--key', 'issuer.key'];

function prepared(text = policy, name = 'x.csv', data: string | Uint8Array = header + rows(20)): Workspace {
  const space = workspace();
  space.write('policy.yaml', text);
  space.write(name, data);
  return space;
}

const read = (space: Workspace, name: string) => readFileSync(join(space.dir, name), 'utf8');

/** A chart's data in words. */
function described(page: string, title: string): string[] {
  return [...page.matchAll(/<title[^>]*>([^<]*)<\/title><desc[^>]*>([^<]*)<\/desc>/g)].flatMap(([, name, words]) =>
    name === title ? [words!] : [],
  );
}

describe('the page of a bundle', () => {
  it('is made with the bundle, or later from it: the same bytes; verify proves it', async () => {
    const space = prepared();
    const apply = ['apply', 'policy.yaml', 'x.csv', ...sign];
    expect(await space.call([...apply, '--out', 'bundle', '--html'], { env })).toMatchObject({ status: 0 });
    const page = read(space, 'bundle/report.html');
    expect(page).toContain('<!DOCTYPE html>');
    expect(page).not.toContain(canary);
    expect(await space.call(['report', 'bundle', '--out', '-'])).toEqual({ status: 0, stdout: page, stderr: '' });

    const use = ['--organization', 'urn:org:example', '--purpose', 'AcademicResearch', '--region', 'GB'];
    const verify = ['verify', 'bundle', '--trust', 'issuer.pub', ...use];
    expect(await space.call(verify)).toMatchObject({ status: 0 });
    space.write('bundle/report.html', page.replace('20', '21'));
    expect((await space.call([...verify, '--json'])).stdout).toContain('DIGEST');
    expect(await space.call(['report', 'bundle', '--out', 'page.html'])).toMatchObject({ status: 1 });
    expect(existsSync(join(space.dir, 'page.html'))).toBe(false);
  });

  it('can be made of a bundle without one, and replaces nothing unless told', async () => {
    const space = prepared();
    expect(await space.call(['apply', 'policy.yaml', 'x.csv', ...sign, '--tar', 'b.tar'], { env })).toMatchObject({
      status: 0,
    });
    const report = ['report', 'b.tar', '--out', 'page.html'];
    expect(await space.call(report)).toEqual({ status: 0, stdout: '', stderr: 'wrote page.html\n' });
    expect(read(space, 'page.html')).toContain('k = 20');
    expect(await space.call(report)).toMatchObject({ status: 2 });
    expect((await space.call(['report', 'b.tar'])).stderr).toContain('say where the page goes');
  });

  it('hides counts of a few individuals of the source', async () => {
    const text = policy.replace('models:', 'max-suppression: 0.1, models:');
    const space = prepared(text, 'x.csv', `${header}${rows(60)}z1,N,79,x\n`);
    const apply = ['apply', 'policy.yaml', 'x.csv', ...sign, '--out', 'bundle', '--report', 'licensor.html'];
    expect(await space.call(apply, { env })).toMatchObject({ status: 0 });
    const page = read(space, 'licensor.html');
    expect(page.match(/Counts of a few individuals before suppression are not shown/g)).toHaveLength(2);
    expect(page).not.toContain('NaN');
  });

  it.each(['global', 'local'])('tells of levels that were searched for: %s', async (recoding) => {
    const searched = policy
      .replace('fields:', 'hierarchies: { age: { intervals: [0, 20, 40, 60, 80, 100], then: [2] } }\nfields:')
      .replace(/^ {2}age: .*$/m, '  age: { role: quasi-identifier, transform: { generalize: { hierarchy: age } } }')
      .replace(
        /^privacy:[\s\S]*?(?=^\w)/m,
        `privacy: { models: [{ k-anonymity: { k: 2 } }], search: { recoding: ${recoding} } }\n`,
      );
    const space = prepared(searched);
    const apply = ['apply', 'policy.yaml', 'x.csv', ...sign, '--out', 'bundle', '--html', '--report', 'licensor.html'];
    expect(await space.call(apply, { env })).toMatchObject({ status: 0 });
    for (const page of ['bundle/report.html', 'licensor.html'])
      expect(read(space, page)).toContain('Levels of generalization');
  });

  it('is of bundles alone', async () => {
    const space = prepared();
    const { status, stderr } = await space.call(['apply', 'policy.yaml', 'x.csv', '--data-only', 'out', '--html']);
    expect(status).toBe(2);
    expect(stderr).toContain('--html puts a page into a bundle');
  });
});

describe("the licensor's page", () => {
  const ages = Array.from({ length: 60 }, (_, i) => 20 + (i % 15));
  const csv = `${header}${ages.map((age, i) => `p-${1000 + i},Name ${canary},${age},${i < 5 ? 'rare' : 'often'}\n`).join('')}`;

  it('compares values with the source, small cells hidden, for its owner alone to read', async () => {
    const space = prepared(policy, 'x.csv', csv);
    const { status } = await space.call(['apply', 'policy.yaml', 'x.csv', '--data-only', 'out', '--report', 'r.html']);
    expect(status).toBe(0);
    const page = read(space, 'r.html');
    expect(statSync(join(space.dir, 'r.html')).mode & 0o777).toBe(0o600);
    expect(described(page, 'note')).toEqual(['often: source 91.7 %, released 91.7 %']);
    expect(described(page, 'age, released')).toEqual(['[20,40): 100 %']);
    expect(page).not.toContain('rare');
    expect(page).not.toContain(canary);
    expect(page).not.toContain('p-1000');
  });

  it.each([
    ['compressed, from standard input', policy, csv, ['--format', 'csv'], 'output: { compress: gzip }\n'],
    ['split', policy, csv, ['--format', 'csv', '--split-records', '7'], ''],
    ['in another format', policy, csv, ['--format', 'csv'], 'output: { format: ndjson }\n'],
  ])('reads an output that is %s', (_, text, data, options, output) => {
    const space = prepared(text + output);
    const input = output.includes('gzip') ? gzipSync(data) : data;
    const args = ['apply', 'policy.yaml', '-', '--data-only', 'out', '--report', 'r.html', ...options];
    expect(space.run(args, { input })).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('60 records written'),
    });
    expect(described(read(space, 'r.html'), 'note')).toEqual(['often: source 91.7 %, released 91.7 %']);
  });

  it('reads the records of NDJSON, and of a document', async () => {
    const space = prepared(jsonPolicy, 'x.ndjson', jsonRows(20));
    const args = ['--data-only', 'out', '--replace', '--report', 'r.html'];
    expect(await space.call(['apply', 'policy.yaml', 'x.ndjson', ...args])).toMatchObject({ status: 0 });
    expect(described(read(space, 'r.html'), '$.note')).toEqual(['text: source 100 %, released 100 %']);
    space.write('x.json', `{"of":"a","items":[${jsonRows(20).trim().replaceAll('\n', ',')}]}`);
    space.write('policy.yaml', `${jsonPolicy}input: { records: "$.items[*]", around: drop }\n`);
    expect(await space.call(['apply', 'policy.yaml', 'x.json', ...args])).toMatchObject({ status: 0 });
    expect(described(read(space, 'r.html'), '$.note')).toEqual(['text: source 100 %, released 100 %']);
  });
});
