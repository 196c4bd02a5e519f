import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunResult, type Workspace, workspace } from './session.ts';

const policy = `policy: anon/v1
name: cohort
version: "1"
fields:
  id: { role: identifier, transform: drop }
  age: { role: insensitive, transform: keep }
license:
  title: Readmission cohort
  licensor: { id: "urn:org:hospital", name: Example Hospital }
  licensee: { id: "urn:org:university", name: Example University }
  use: [./universities.yaml, eea-only, four-eyes, delete-on-expiry]
  purposes: [AcademicResearch]
  valid: { from: 2020-01-01, until: 2090-09-30 }
`;
const universities = `terms: anon/v1
summary: Use, and sublicenses to laboratories.
for: Universities whose laboratories have licenses of their own.
permissions: [use, sublicense]
prohibitions: [reidentify]
`;
const lab = `licensor: { id: "urn:org:university", name: Example University }
licensee: { id: "urn:org:lab", name: Laboratory }
use: [eea-only, four-eyes, delete-on-expiry]
prohibitions: [reidentify, link]
purposes: [AcademicResearch]
valid: { from: 2020-01-01, until: 2080-12-31 }
`;

describe('a license, from the policy to the laboratory', () => {
  let at: Workspace;
  let id: string;
  const run = (line: string, input?: string): RunResult =>
    at.run(line.split(' '), input === undefined ? {} : { input });

  beforeAll(() => {
    at = workspace(afterAll);
    at.write('policy.yaml', policy);
    at.write('universities.yaml', universities);
    at.write('lab.yaml', lab);
    at.write('data.csv', 'id,age\n1,30\n2,40\n');
    for (const name of ['university', 'steward']) run(`keys generate ${name}.key --plain`);
    expect(run('apply policy.yaml data.csv --out bundle --key issuer.key')).toMatchObject({ status: 0 });
    id = idOf('bundle');
  });

  const idOf = (bundle: string): string => statementOf(at, bundle).predicate.id;

  it('is shown in plain words, and nothing is called verified', () => {
    const { status, stdout } = run('license show bundle');
    expect(status).toBe(0);
    expect(stdout).toContain(`license     ${id}\n`);
    expect(stdout).toContain('  The data may be used only in: EEA (European Economic Area).\n');
    expect(stdout).toContain('  The licensee must delete the data by 2090-10-01T00:00:00Z.\n');
    expect(stdout).toContain('  One approver must have signed beside the issuer.\n');
    expect(stdout).toMatch(
      /nothing of this was verified, nor the one signature of the envelope: `anon verify` does that\n$/,
    );
    const json = JSON.parse(run('license show bundle/license.intoto.json --json').stdout);
    expect(json).toMatchObject({ verified: false, statement: { predicate: { id } } });
  });

  it('is explained, with the flags that state it', () => {
    const { stdout } = run('license explain bundle');
    expect(stdout).toContain('purposes (asserted)\n');
    expect(stdout).toContain('duties.deleteBy (legal)\n');
    expect(stdout).toContain('approvals (verified)\n');
    expect(stdout).toContain(
      '  anon verify bundle --trust ISSUER.pub --organization urn:org:university --purpose AcademicResearch --region CODE\n',
    );
  });

  it('is approved by somebody else, once, over the same bytes', () => {
    const envelope = () => JSON.parse(readFileSync(join(at.dir, 'bundle/license.intoto.json'), 'utf8'));
    const before = envelope();
    expect(run('license approve bundle --key steward.key --trust issuer.pub')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(
        /The licensee is Example University[\s\S]*error\[USAGE\]: there is no terminal to ask/,
      ),
    });
    expect(run('license approve bundle --key issuer.key --trust issuer.pub --yes')).toMatchObject({ status: 1 });
    expect(run('license approve bundle --key steward.key --trust university.pub --yes').stderr).toContain('error[KEY]');
    expect(envelope()).toEqual(before);

    const approved = run('license approve bundle --key steward.key --trust issuer.pub --yes');
    expect(approved).toMatchObject({ status: 0, stderr: expect.stringContaining(`approved ${id}\n`) });
    expect(envelope()).toMatchObject({ payload: before.payload, signatures: [before.signatures[0], {}] });
    expect(run('license approve bundle --key steward.key --trust issuer.pub --yes').stderr).toContain(
      'error[KEY]: this key has signed the license already',
    );
    expect(at.files().filter((name) => name.includes('.tmp'))).toEqual([]);
  });

  it('is verified by a shell alone, approved or not', (context) => {
    const script = readFileSync('README.md', 'utf8').match(/<!-- shell-verify -->\n```sh\n([\s\S]*?)```/)![1]!;
    const { status, stdout } = spawnSync('openssl', ['version']);
    if (status !== 0 || !/^OpenSSL [3-9]/.test(String(stdout))) {
      console.warn('the shell alone is skipped: it needs openssl 3');
      return context.skip();
    }
    const shell = spawnSync('bash', ['--norc', '-euo', 'pipefail', '-c', script], { cwd: at.dir, env: at.env });
    expect(String(shell.stdout)).toMatch(/^Signature Verified Successfully\n(?:.*: OK\n){5}$/);
    expect(shell.status).toBe(0);
  });

  it('is given on as a sublicense, within its terms only', () => {
    const made = run('license issue bundle --terms lab.yaml --key university.key --trust issuer.pub --out for-the-lab');
    expect(made).toMatchObject({ status: 0, stderr: expect.stringContaining(`in place of ${id}\n`) });
    const { predicate } = statementOf(at, 'for-the-lab');
    expect(predicate).toMatchObject({
      issuer: { id: 'urn:org:university' },
      notAfter: '2081-01-01T00:00:00Z',
      lineage: { policy: { name: 'cohort' }, parents: [{ id }] },
    });
    expect(readFileSync(join(at.dir, 'for-the-lab', `attestations/license-${id.slice(-32)}.intoto.json`))).toEqual(
      readFileSync(join(at.dir, 'bundle/license.intoto.json')),
    );

    at.write('wide.yaml', lab.replace('eea-only, ', '').replace('[AcademicResearch]', '[AcademicResearch, Marketing]'));
    const refused = run('license issue bundle --terms wide.yaml --key university.key --trust issuer.pub --out wide');
    expect(refused).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/error\[DELEGATION\]: .*does not allow as much: purposes, regions\n/),
    });
    expect(at.files().some((name) => name.startsWith('wide/'))).toBe(false);
  });

  it('is renewed by its issuer, with the data and terms that it had', () => {
    const made = run('license renew bundle --until 2095-06-30 --key issuer.key --tar renewed.tar');
    expect(made).toMatchObject({ status: 0, stderr: expect.stringContaining('the day of deletion moves with it') });
    const { statement } = JSON.parse(run('license show renewed.tar --json').stdout);
    const before = statementOf(at, 'bundle').predicate;
    const { predicate } = statement;
    expect(predicate.id).not.toBe(id);
    expect(predicate.notAfter).toBe('2095-07-01T00:00:00Z');
    const { duties, ...terms } = predicate.terms;
    expect(duties).toEqual([{ deleteBy: '2095-07-01T00:00:00Z' }]);
    expect({ ...terms, duties: before.terms.duties }).toEqual(before.terms);
    expect([predicate.files, predicate.privacy, predicate.lineage]).toEqual([
      before.files,
      before.privacy,
      before.lineage,
    ]);
  });

  it('gets no new license once a byte of the bundle has changed', () => {
    const data = join(at.dir, 'bundle/data/data.csv');
    const bytes = readFileSync(data);
    writeFileSync(data, Buffer.from(bytes).fill('9', 4, 5));
    const refused = run('license renew bundle --until 2095-06-30 --key issuer.key --out changed');
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('error[DIGEST]') });
    writeFileSync(data, bytes);
    expect(at.files().some((name) => name.startsWith('changed/'))).toBe(false);
  });
});

describe('what became of a license', () => {
  it('stands in the audit log, and what cannot be logged is not made', () => {
    const at = workspace();
    const run = (line: string) => at.run(line.split(' '));
    at.write('policy.yaml', policy.replace('./universities.yaml', 'research-restricted'));
    at.write('data.csv', 'id,age\n1,30\n');
    run('keys generate steward.key --plain');
    expect(run('apply policy.yaml data.csv --out bundle --key issuer.key').status).toBe(0);
    expect(run('license approve bundle --key steward.key --trust issuer.pub --yes').status).toBe(0);
    expect(run('license renew bundle --until 2095-06-30 --key issuer.key --tar renewed.tar').status).toBe(0);
    const { entries } = JSON.parse(run('audit show --json').stdout);
    const [id, renewed] = [statementOf(at, 'bundle').predicate.id, entries[3].event.license];
    expect(entries.map((entry: { event: object }) => entry.event)).toMatchObject([
      { type: 'state-reset', otherState: false },
      { type: 'license-issued', license: id, licensee: 'urn:org:university', deleteBy: '2090-10-01T00:00:00Z' },
      { type: 'license-approved', license: id, approver: expect.stringMatching(/^urn:anon:key:[0-9a-f]{64}$/) },
      { type: 'license-renewed', replaces: id, notAfter: '2095-07-01T00:00:00Z' },
    ]);
    expect(run('audit report').stdout).toMatch(
      new RegExp(`\\nLicenses\\n.*\\n.*${id} .* urn:org:university .* urn:anon:key:.*\\n.*${renewed} .* ${id} .*\\n`),
    );
    at.write('blocked/audit', '');
    const refused = run('license renew bundle --until 2096-06-30 --key issuer.key --out unlogged --state blocked');
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('error[AUDIT]')]);
    expect(at.files().filter((name) => name.startsWith('unlogged') || name.includes('.tmp'))).toEqual([]);
  });
});

describe('a policy with templates', () => {
  it('is refused where its words widen them, at their place', () => {
    const at = workspace();
    at.write('data.csv', 'id,age\n1,30\n');
    at.write(
      'policy.yaml',
      policy
        .replace('./universities.yaml', 'research-restricted')
        .replace('[AcademicResearch]', '[AcademicResearch, Marketing]'),
    );
    const { status, stderr } = at.run(['apply', 'policy.yaml', 'data.csv', '--out', 'bundle', '--key', 'issuer.key']);
    expect(status).toBe(2);
    expect(stderr).toBe(`policy.yaml:12:32: error[POLICY-MEANING]: this allows what \`research-restricted\` does not
  12 |   purposes: [AcademicResearch, Marketing]
     |                                ^^^^^^^^^
  hint: beside templates a license only narrows: say less, or use another template
`);
  });
});

function statementOf(at: Workspace, bundle: string) {
  const { payload } = JSON.parse(readFileSync(join(at.dir, bundle, 'license.intoto.json'), 'utf8'));
  return JSON.parse(Buffer.from(payload, 'base64').toString());
}
