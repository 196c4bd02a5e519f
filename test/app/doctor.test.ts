import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { checks } from '../../src/app/doctor/index.ts';
import { isLeast, leastNode } from '../../src/app/doctor/program.ts';
import { examine } from '../../src/app/doctor.ts';
import { generateKey } from '../../src/app/keys.ts';
import { openAuditLog } from '../../src/io/audit-log.ts';
import type { Terminal } from '../../src/io/terminal.ts';
import { exported, start } from '../release/audit/logs.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'anon-doctor-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function terminal(env: Terminal['env'] = {}): Terminal {
  return {
    env: { HOME: '/nonexistent', ...env },
    color: false,
    now: () => start,
    out: async () => {},
    send: async () => true,
    err: () => {},
    askSecret: () => Promise.reject(new Error('nobody is asked')),
  };
}

/** What the check of this name found. */
async function found(name: string, env: Terminal['env'] = {}, state?: string) {
  expect(checks.names).toContain(name);
  return (await examine(state, terminal(env))).find(({ check }) => check.name === name)!.findings;
}

const quiet = { type: 'signing', passphraseFile: undefined, plain: true } as const;

it('runs every check, and finds nothing where nothing is prepared', async () => {
  const examined = await examine(join(folder(), 'state'), terminal());
  expect(examined.map(({ check }) => check.name)).toEqual(checks.names);
  for (const { check, findings } of examined)
    expect(findings, check.name).toEqual([{ status: 'ok', detail: expect.any(String) }]);
});

it('takes the Node that package.json takes', () => {
  const { engines } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(engines.node).toBe(`>=${leastNode.join('.')}`);
  expect(['18.20.0', '20.18.9', '20.19.0', '20.20.2', '22.0.0'].map(isLeast)).toEqual([false, false, true, true, true]);
});

it('opens the signing key, and shows its id', async () => {
  const key = join(folder(), 'issuer.key');
  const { keyId } = await generateKey({ path: key, ...quiet }, terminal());
  expect(await found('signing key', { ANON_SIGNING_KEY: key })).toEqual([
    { status: 'ok', detail: `${key}: key id ${keyId}` },
  ]);
});

it('finds a signing key that others can read, that is missing, or that is none', async () => {
  const dir = folder();
  const key = join(dir, 'issuer.key');
  await generateKey({ path: key, ...quiet }, terminal());
  chmodSync(key, 0o640);
  expect(await found('signing key', { ANON_SIGNING_KEY: key })).toEqual([
    expect.objectContaining({ status: 'problem', code: 'KEY-PERMISSIONS', mend: `run \`chmod 600 ${key}\`` }),
  ]);
  const missing = join(dir, 'other.key');
  expect(await found('signing key', { ANON_SIGNING_KEY: missing })).toMatchObject([{ code: 'KEY-MISSING' }]);
  writeFileSync(missing, 'top secret\n', { mode: 0o600 });
  const wrong = await found('signing key', { ANON_SIGNING_KEY: missing });
  expect(wrong).toMatchObject([{ code: 'KEY-FORMAT' }]);
  expect(JSON.stringify(wrong)).not.toContain('secret\\n');
});

it('asks nobody for a passphrase, and tells when the one in the file is wrong', async () => {
  const dir = folder();
  const key = join(dir, 'issuer.key');
  const right = join(dir, 'right');
  const wrong = join(dir, 'wrong');
  writeFileSync(right, 'correct horse\n', { mode: 0o600 });
  writeFileSync(wrong, 'battery staple\n', { mode: 0o600 });
  const { keyId } = await generateKey({ path: key, ...quiet, plain: false, passphraseFile: right }, terminal());
  const signingKey = (file?: string) => found('signing key', { ANON_SIGNING_KEY: key, ANON_PASSPHRASE_FILE: file });
  expect(await signingKey()).toEqual([{ status: 'ok', detail: `${key}: has a passphrase, which will be asked for` }]);
  expect(await signingKey(right)).toEqual([{ status: 'ok', detail: `${key}: key id ${keyId}` }]);
  expect(await signingKey(wrong)).toMatchObject([{ status: 'problem', code: 'KEY-PASSPHRASE' }]);
});

it('finds a passphrase file that others can read, or that is empty', async () => {
  const file = join(folder(), 'passphrase');
  writeFileSync(file, 'correct horse\n', { mode: 0o644 });
  expect(await found('passphrase', { ANON_PASSPHRASE_FILE: file })).toMatchObject([{ code: 'KEY-PERMISSIONS' }]);
  chmodSync(file, 0o600);
  expect(await found('passphrase', { ANON_PASSPHRASE_FILE: file })).toMatchObject([{ status: 'ok' }]);
  writeFileSync(file, '\n');
  expect(await found('passphrase', { ANON_PASSPHRASE_FILE: file })).toMatchObject([{ code: 'KEY-PASSPHRASE' }]);
});

it('finds a state directory that others can read, and one that is a file', async () => {
  const state = join(folder(), 'state');
  mkdirSync(state, { mode: 0o700 });
  expect(await found('state', {}, state)).toMatchObject([{ status: 'ok' }]);
  chmodSync(state, 0o755);
  expect(await found('state', {}, state)).toEqual([
    { status: 'problem', code: 'AUDIT', detail: `${state}: others can read or change it`, mend: `chmod 700 ${state}` },
  ]);
  rmSync(state, { recursive: true });
  writeFileSync(state, '', { mode: 0o600 });
  expect(await found('state', {}, state)).toMatchObject([{ status: 'problem', detail: `${state}: is no directory` }]);
});

it('finds an audit log in which an entry was changed', async () => {
  const state = join(folder(), 'state');
  mkdirSync(state, { mode: 0o700 });
  const log = await openAuditLog(join(state, 'audit'), { now: () => start, otherState: false });
  for (let i = 0; i < 2; i++) await log.append(() => exported('u1'));
  const [whole] = await found('audit log', {}, state);
  expect(whole).toMatchObject({ status: 'ok', detail: expect.stringMatching(/^\d entries/) });
  const entry = join(state, 'audit/entries/000000/000000001.json');
  chmodSync(entry, 0o600);
  writeFileSync(entry, readFileSync(entry, 'utf8').replace('u1', 'u2'));
  expect((await found('audit log', {}, state)).map(({ status }) => status)).toContain('problem');
});
