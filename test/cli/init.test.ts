import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Workspace, workspace } from './session.ts';

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));

function bring(space: Workspace, ...names: string[]): void {
  for (const name of names) copyFileSync(join(examples, name), join(space.dir, name.replace(/.*\//, '')));
}

/** What a person does with a draft: fill in the license, and decide. */
function fillIn(space: Workspace, file: string): void {
  const path = join(space.dir, file);
  const filled = readFileSync(path, 'utf8')
    .replaceAll('transform: reject', 'transform: drop')
    .replace(/(name|contact): # FILL.*/g, '$1: Example')
    .replace(/id: # FILL.*/, 'id: "urn:org:example"')
    .replace(/purposes: # FILL.*/, 'purposes: [AcademicResearch]')
    .replace(/from: # FILL.*/, 'from: 2020-01-01')
    .replace(/until: # FILL.*/, 'until: 2099-12-31');
  writeFileSync(path, filled);
}

describe('anon init', () => {
  it('drafts a policy for a table that is applied once it is filled in', async () => {
    const space = workspace();
    bring(space, 'charts/charts.csv');
    const drafted = await space.call(['init', 'charts.csv', '--standard', 'gdpr']);
    expect(drafted).toEqual({
      status: 0,
      stdout: '',
      stderr:
        'wrote policy.yaml: 29 fields, of which 1 are left to decide (`reject`)\nfill in what is marked, and read every line\n',
    });
    const refused = await space.call(['apply', 'policy.yaml', 'charts.csv', '--out', 'bundle', '--key', 'issuer.key']);
    expect(refused.status).toBe(2);
    expect(space.run(['apply', 'policy.yaml', 'charts.csv', '--out', 'bundle', '--key', 'issuer.key'])).toEqual(
      refused,
    );
    expect(refused.stderr).toContain('error[POLICY-MEANING]: it is left to decide what happens to this field');
    expect(refused.stderr.match(/error\[POLICY-SHAPE\]/g)).toHaveLength(7);
    fillIn(space, 'policy.yaml');
    const applied = await space.call(['apply', 'policy.yaml', 'charts.csv', '--out', 'bundle', '--key', 'issuer.key']);
    expect(applied.stderr + applied.stdout).toContain('leak check: nothing found');
    expect(applied.status).toBe(0);
  });

  it('drafts one for nested records, and for tables that refer to each other', async () => {
    const space = workspace();
    bring(space, 'clickstream/events.ndjson', 'clinic/patients.csv', 'clinic/visits.csv');
    const env = { ANON_FIXTURE_KEY: Buffer.alloc(32, 7).toString('base64') };
    expect(
      await space.call(['init', 'events.ndjson', '--standard', 'ci-fixture', '--out', 'f.yaml', '--quiet']),
    ).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    });
    fillIn(space, 'f.yaml');
    const fixtures = ['apply', 'f.yaml', 'events.ndjson', '--stdout'];
    const once = await space.call(fixtures, { env });
    expect(once.status).toBe(0);
    expect(once.stdout.split('\n')).toHaveLength(643);
    expect(once.stdout).toBe((await space.call(fixtures, { env })).stdout);

    const both = ['patients.csv', 'visits.csv'];
    const { stdout, status } = await space.call(['init', ...both, '--out', 't.yaml', '--json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      file: 't.yaml',
      undecided: 0,
      tables: [{ unit: null }, { unit: 'patient_id' }],
    });
    expect(readFileSync(join(space.dir, 't.yaml'), 'utf8')).toContain('references: "patients.patient_id"');
    // What the draft says of a run without a license, done to the letter.
    const [alone, section] = readFileSync(join(space.dir, 't.yaml'), 'utf8').split('# FILL IN what stands empty');
    expect(section).toContain('remove the section, and write `scope: global` under `domains`');
    space.write('alone.yaml', alone!.replaceAll('scope: licensee', 'scope: global'));
    const unlicensed = await space.call(['apply', 'alone.yaml', ...both, '--data-only', 'alone']);
    expect(unlicensed.status, unlicensed.stderr).toBe(0);
    fillIn(space, 't.yaml');
    const applied = await space.call(['apply', 't.yaml', ...both, '--data-only', 'out']);
    expect(applied.status, applied.stderr).toBe(0);
  });

  it('replaces nothing unasked, and shows no value in the place of a name', async () => {
    const space = workspace();
    space.write('policy.yaml', 'mine');
    space.write('x.csv', 'id;mail\n1;a@b.example\n');
    space.write('headless.csv', 'canary,canary@mail.example,2024-01-01\nother,o@mail.example,2024-01-02\n');
    const before = space.files();
    expect((await space.call(['init', 'x.csv'])).stderr).toContain('policy.yaml: error[FILE-EXISTS]');
    const headless = await space.call(['init', 'headless.csv', '--out', 'new.yaml']);
    expect(headless.stderr).toContain('the first line looks like a record');
    expect(headless.stderr).not.toContain('canary');
    for (const args of [[], ['x.csv', 'x.csv'], ['x.csv', '--rows', '0']]) {
      expect(await space.call(['init', '--out', 'new.yaml', ...args]), args.join(' ')).toMatchObject({
        status: 2,
        stdout: '',
      });
    }
    expect(space.files()).toEqual(before);
    const replaced = await space.call(['init', 'x.csv', '--replace', '--rows', '1']);
    expect(replaced.status).toBe(0);
    expect(readFileSync(join(space.dir, 'policy.yaml'), 'utf8')).toContain('delimiter: ";"');
  });
});
