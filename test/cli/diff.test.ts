import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { header, jsonPolicy, jsonRows, policy, rows } from './refused.ts';
import { type Workspace, workspace } from './session.ts';

const env = { SOURCE_DATE_EPOCH: '1790000000' };

async function released(space: Workspace, name: string, text = policy, data = header + rows(20)): Promise<void> {
  space.write('policy.yaml', text);
  space.write('x.csv', data);
  const args = ['apply', 'policy.yaml', 'x.csv', '--key', 'issuer.key'];
  const target = name.endsWith('.tar') ? ['--tar', name] : ['--out', name];
  expect(await space.call([...args, ...target], { env })).toMatchObject({ status: 0 });
}

/** What differs from run to run. */
function still(text: string): string {
  return text.replace(/urn:anon:license:[0-9a-f]{32}/g, 'urn:anon:license:…').replace(/\b[0-9a-f]{64}\b/g, '…');
}

describe('anon diff', () => {
  it('says how two releases differ', async () => {
    const space = workspace();
    await released(space, 'old');
    const next = policy
      .replace('version: "1"', 'version: "2"')
      .replace('name: { role: identifier, transform: drop }', 'name: { role: identifier, transform: redact }')
      .replace('[0, 20, 40, 60, 80]', '[0, 40, 80]')
      .replace('{ k: 2 }', '{ k: 5 }')
      .replace('[AcademicResearch]', '[AcademicResearch, PublicBenefit]')
      .replace('9998-12-31', '9997-12-31');
    await released(space, 'new.tar', next, header + rows(30));
    const { status, stdout, stderr } = await space.call(['diff', 'old', 'new.tar']);
    expect(still(stdout)).toMatchInlineSnapshot(`
      "--- old: urn:anon:license:…, issued 2026-09-21T14:13:20Z
      +++ new.tar: urn:anon:license:…, issued 2026-09-21T14:13:20Z
      license
        ~ notAfter                             9999-01-01T00:00:00Z -> 9998-01-01T00:00:00Z
      terms
        + purposes                             PublicBenefit
      fields
        ~ age parameters.generalize.intervals  [0,20,40,60,80] -> [0,40,80]
        + name parameters.redact               {"with":null}
        ~ name technique                       ["drop"] -> ["redact"]
      schema
        + data/x.csv name                      string
      privacy
        ~ models k-anonymity.measured.k        20 -> 30
        ~ models k-anonymity.required.k        2 -> 5
        ~ risk average                         0.05 -> 0.03333333333333333
        ~ risk highest                         0.05 -> 0.03333333333333333
        ~ suppressed of                        20 -> 30
      files
        ~ data/x.csv bytes                     852 -> 1277
        ~ data/x.csv records                   20 -> 30
        ~ data/x.csv sha256                    … -> …
      policy
        ~ sha256                               … -> …
        ~ version                              1 -> 2
      source
        ~ commitment                           hmac-sha256:… -> hmac-sha256:…
        ~ records                              20 -> 30
      18 differences
      "
    `);
    expect(stderr).toBe('');
    expect(status).toBe(1);
    expect(await space.call(['diff', 'old', 'new.tar', '--quiet'])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: '',
    });

    const json = JSON.parse((await space.call(['diff', 'old', 'new.tar', '--json'])).stdout);
    expect(json).toMatchObject({ same: false, before: { bundle: 'old' }, after: { bundle: 'new.tar' } });
    expect(json.differences).toContainEqual({
      section: 'terms',
      path: ['purposes'],
      change: 'added',
      after: 'PublicBenefit',
    });
  });

  it('says when they do not, as directory, as tar and on standard input', async () => {
    const space = workspace();
    await released(space, 'a');
    await released(space, 'b.tar');
    const { status, stdout } = await space.call(['diff', 'a', 'b.tar']);
    expect(stdout).toMatch(/^--- a: .*\n\+\+\+ b\.tar: .*\nno differences\n$/);
    expect(status).toBe(0);
    expect(JSON.parse((await space.call(['diff', 'a', 'b.tar', '--json'])).stdout)).toMatchObject({
      same: true,
      differences: [],
    });
    expect(space.run(['diff', '-', '-'])).toMatchObject({ status: 2, stdout: '' });
  });

  it('gives no answer about a bundle that is not whole or not there, and tells of both', async () => {
    const space = workspace();
    await released(space, 'a');
    await released(space, 'b');
    appendFileSync(join(space.dir, 'b/report.json'), ' ');
    const broken = await space.call(['diff', 'b', 'a']);
    expect(broken).toMatchObject({ status: 2, stdout: '' });
    expect(space.run(['diff', 'b', 'a'])).toEqual(broken);
    expect(broken.stderr).toContain('b: error[DIGEST]: report.json is not the file that was signed');
    const json = await space.call(['diff', 'b', 'a', '--json']);
    expect(json).toMatchObject({ status: 2, stderr: '' });
    expect(JSON.parse(json.stdout).diagnostics[0]).toMatchObject({ code: 'DIGEST', file: 'b' });
    const both = await space.call(['diff', 'b', 'nowhere']);
    expect(both.status).toBe(2);
    expect(both.stderr).toMatch(/error\[DIGEST\][\s\S]*nowhere: error\[FILE-MISSING\]/);
  });
});

describe('anon apply --against', () => {
  it('stops when the fields are not those of the earlier release, and writes nothing', async () => {
    const space = workspace();
    await released(space, 'old');
    const next = policy
      .replace('  note:', '  "note*":')
      .replace('age: { role: quasi-identifier, type: integer,', 'years: { role: quasi-identifier, type: integer,')
      .replace('name: { role: identifier, transform: drop }', 'name: { role: identifier, transform: redact }');
    space.write('policy.yaml', next);
    space.write('x.csv', `id,name,years,note,note2\n${rows(4).replaceAll('text', 'text,more')}`);
    const before = space.files();
    const { status, stdout, stderr } = await space.call([
      'apply',
      'policy.yaml',
      'x.csv',
      '--key',
      'issuer.key',
      '--out',
      'new',
      '--against',
      'old',
    ]);
    expect(stderr).toMatchInlineSnapshot(`
      "x.csv: error[DRIFT]: field \`age\` of the earlier release is not there
      x.csv: error[DRIFT]: field \`name\` would be released, and was dropped in the earlier release
      x.csv: error[DRIFT]: field \`years\` is not in the earlier release
      x.csv: error[DRIFT]: field \`note2\` is not in the earlier release
        hint: nothing was written; correct data or policy, or leave out --against for a release that is meant to differ
      "
    `);
    expect(stdout).toBe('');
    expect(status).toBe(1);
    expect(space.files()).toEqual(before);
  });

  it('lets a release with the same fields pass, also in the place of the earlier one', async () => {
    const space = workspace();
    await released(space, 'old.tar');
    space.write('x.csv', header + rows(30));
    const args = ['apply', 'policy.yaml', 'x.csv', '--key', 'issuer.key', '--tar', 'old.tar', '--against', 'old.tar'];
    expect(await space.call(args)).toMatchObject({ status: 2, stderr: expect.stringContaining('FILE-EXISTS') });
    expect(await space.call([...args, '--replace'])).toMatchObject({ status: 0 });
  });

  it('compares the paths of JSON', async () => {
    const space = workspace();
    space.write('policy.yaml', jsonPolicy);
    space.write('x.ndjson', jsonRows(4));
    const args = ['apply', 'policy.yaml', 'x.ndjson', '--key', 'issuer.key', '--out'];
    expect((await space.call([...args, 'old'])).status).toBe(0);
    expect((await space.call([...args, 'same', '--against', 'old'])).status).toBe(0);
    space.write(
      'policy.yaml',
      jsonPolicy.replace(
        '"$.note": { role: insensitive, transform: keep }',
        '"$.note": { role: insensitive, transform: drop }',
      ),
    );
    const changed = await space.call([...args, 'new', '--against', 'old']);
    expect(changed.stderr).toContain('error[DRIFT]: field `$.note` would be dropped, and was released');
    expect(changed.status).toBe(1);
  });

  it('refuses an earlier release that is not whole, by the code of verify', async () => {
    const space = workspace();
    await released(space, 'old');
    appendFileSync(join(space.dir, 'old/data/x.csv'), 'more');
    const { status, stderr } = await space.call(['apply', 'policy.yaml', 'x.csv', '--stdout', '--against', 'old']);
    expect(stderr).toContain('old: error[DIGEST]: ');
    expect(status).toBe(1);
  });
});
