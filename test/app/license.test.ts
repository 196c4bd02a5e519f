import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { readBundle } from '../../src/app/earlier-release.ts';
import { type ApproveRequest, approveLicense } from '../../src/app/license-approve.ts';
import { type IssueRequest, issueLicense } from '../../src/app/license-issue.ts';
import { renewLicense } from '../../src/app/license-renew.ts';
import { readLicense } from '../../src/app/license-show.ts';
import { publicKeyOf } from '../../src/crypto/ed25519.ts';
import { writePrivatePem, writePublicPem } from '../../src/crypto/keys.ts';
import type { Terminal } from '../../src/io/terminal.ts';
import { otherSeed, packTar, parts, sampleBundle, seed } from '../release/sample.ts';

const root = mkdtempSync(join(tmpdir(), 'anon-license-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
for (const [name, of] of [
  ['issuer', seed],
  ['other', otherSeed],
] as const) {
  writeFileSync(join(root, `${name}.key`), writePrivatePem(of), { mode: 0o600 });
  writeFileSync(join(root, `${name}.pub`), writePublicPem(publicKeyOf(of)));
}
const issuer = join(root, 'issuer.key');
const other = join(root, 'other.key');
const trust = [join(root, 'issuer.pub')];

/** At the very second in which the sample was issued. */
const terminal: Terminal = {
  env: { HOME: root, SOURCE_DATE_EPOCH: String(Date.parse(parts.statement.issued) / 1000) },
  color: false,
  now: () => Date.parse('2026-12-01T00:00:00Z'),
  out: async () => {},
  send: async () => true,
  err: () => {},
  askSecret: async () => null,
};
const none = { trust: [] };
const terms = {
  licensor: { id: 'urn:org:example-hospital', name: 'Example Hospital Trust' },
  licensee: { id: 'urn:org:example-university', name: 'Example University' },
  use: ['research-restricted'],
  valid: { from: '2026-10-01', until: '2027-06-30' },
};

let dir: string;
let count = 0;
beforeEach(() => {
  dir = join(root, String(count++));
  mkdirSync(dir);
});

function bundle(files = sampleBundle()): string {
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(dir, 'bundle', name)), { recursive: true });
    writeFileSync(join(dir, 'bundle', name), bytes);
  }
  return join(dir, 'bundle');
}

function issue(changes: Partial<IssueRequest> & { license?: Record<string, unknown> } = {}) {
  const { license, ...request } = changes;
  const file = join(dir, 'terms.yaml');
  writeFileSync(file, JSON.stringify({ ...terms, ...license }));
  return issueLicense(
    {
      bundle: join(dir, 'bundle'),
      key: issuer,
      passphraseFile: undefined,
      trust: [],
      target: { kind: 'bundle', path: join(dir, 'new') },
      replace: false,
      from: { terms: file },
      ...request,
    },
    terminal,
  );
}

function approve(changes: Partial<ApproveRequest> & { bundle: string }) {
  const request = { key: other, passphraseFile: undefined, trust, target: undefined, replace: false };
  return approveLicense({ ...request, confirm: async () => true, ...changes }, terminal);
}

describe('new terms by the issuer', () => {
  test('have a new id and no parent, also within one second', async () => {
    const before = (await readLicense(bundle(), none, terminal)).statement.predicate;
    const outcome = await issue();
    expect(outcome).toMatchObject({ before: before.id, sublicense: false });
    const { statement } = await readBundle(join(dir, 'new'));
    const { predicate } = statement;
    expect(predicate.id).toBe(outcome.license);
    expect(predicate.id).not.toBe(before.id);
    expect(predicate.title).toBe(before.title);
    expect(predicate.terms.permissions).toEqual(['publish-aggregates', 'use']);
    for (const kept of ['privacy', 'transforms', 'lineage', 'files'] as const)
      expect(predicate[kept]).toEqual(before[kept]);
    expect(readFileSync(join(dir, 'new/LICENSE.md'), 'utf8')).toContain(predicate.id);
  });

  test.each<[what: string, changes: Parameters<typeof issue>[0], code: string]>([
    ['of a time that is over', { license: { valid: { from: '2026-10-01', until: '2026-10-31' } } }, 'EXPIRED'],
    ['without the time', { license: { valid: undefined } }, 'POLICY-SHAPE'],
    ['by an unknown template', { license: { use: ['research'] } }, 'POLICY-SHAPE'],
    ['that widen their template', { license: { purposes: ['Marketing'] } }, 'POLICY-MEANING'],
    ['over the bundle itself', { target: { kind: 'bundle', path: '' }, replace: true }, 'FILE-EXISTS'],
    ['by somebody whose parent is not trusted', { key: other }, 'KEY'],
    ['by somebody whom the license does not permit it', { key: other, trust }, 'DELEGATION'],
  ])('are refused: %s', async (_, changes, code) => {
    const path = bundle();
    const target = changes?.target === undefined ? {} : { target: { ...changes.target, path } };
    await expect(issue({ ...changes, ...target })).rejects.toMatchObject({ diagnostics: [{ code }] });
    expect(readdirSync(dir).sort()).toEqual(['bundle', 'terms.yaml']);
  });

  test('are refused for a bundle that somebody else has signed in their name', async () => {
    bundle();
    const file = join(dir, 'bundle/license.intoto.json');
    const envelope = JSON.parse(readFileSync(file, 'utf8'));
    const forged = Buffer.from(envelope.signatures[0].sig, 'base64').fill(1, 3, 4).toString('base64');
    writeFileSync(file, JSON.stringify({ ...envelope, signatures: [{ sig: forged }] }));
    await expect(issue()).rejects.toMatchObject({ diagnostics: [{ code: 'SIGNATURE' }] });
  });
});

describe('a renewal', () => {
  const renew = (until: string, key = issuer) =>
    renewLicense(
      {
        bundle: join(dir, 'bundle'),
        key,
        passphraseFile: undefined,
        trust,
        target: { kind: 'tar', path: join(dir, 'new.tar') },
        replace: false,
        until,
      },
      terminal,
    );

  test.each<[until: string, key: string, code: string]>([
    ['2027-02-29', issuer, 'USAGE'],
    ['2026-09-30', issuer, 'USAGE'],
    ['2026-11-01', issuer, 'EXPIRED'],
    ['2028-01-01', other, 'KEY'],
    ['2028-06-01', issuer, 'TERMS'],
  ])('until %s by %s is refused with %s', async (until, key, code) => {
    const duties = [{ deleteBy: '2028-03-01T00:00:00Z' }];
    bundle(sampleBundle(undefined, { terms: { ...parts.statement.terms, duties } }));
    await expect(renew(until, key)).rejects.toMatchObject({ diagnostics: [{ code }] });
    expect(readdirSync(dir)).toEqual(['bundle']);
  });

  test('leaves a day of deletion that lies behind it', async () => {
    const duties = [{ deleteBy: '2028-03-01T00:00:00Z' }];
    bundle(sampleBundle(undefined, { terms: { ...parts.statement.terms, duties } }));
    expect(await renew('2028-02-29')).toMatchObject({ deletionMoved: false, notAfter: '2028-03-01T00:00:00Z' });
    const { statement } = await readBundle(join(dir, 'new.tar'));
    expect(statement.predicate.terms.duties).toEqual(duties);
  });
});

describe('an approval', () => {
  test('of a tar changes the tar, and nothing in it but the envelope', async () => {
    const path = join(dir, 'bundle.tar');
    const files = sampleBundle();
    writeFileSync(path, packTar(files));
    expect(await approve({ bundle: path })).toMatchObject({ signatures: 2, threshold: 0 });
    const { signatures } = await readLicense(path, none, terminal);
    expect(signatures).toHaveLength(2);
    const envelope = readFileSync(path).subarray(512).toString('latin1').split('\n')[0]!;
    files.set('license.intoto.json', Buffer.from(`${envelope}\n`, 'latin1'));
    expect(readFileSync(path)).toEqual(packTar(files));
    expect(readdirSync(dir)).toEqual(['bundle.tar']);
  });

  test('may go elsewhere, and leaves the bundle as it was', async () => {
    const path = bundle();
    const before = readFileSync(join(path, 'license.intoto.json'));
    await approve({ bundle: path, target: { kind: 'bundle', path: join(dir, 'approved') } });
    expect(readFileSync(join(path, 'license.intoto.json'))).toEqual(before);
    expect((await readLicense(join(dir, 'approved'), none, terminal)).signatures).toHaveLength(2);
    await readBundle(join(dir, 'approved'));
  });

  test.each<[what: string, changes: Partial<ApproveRequest>, code: string]>([
    ['of one’s own license', { key: issuer }, 'KEY'],
    ['without the key of the issuer', { trust: [join(root, 'other.pub')] }, 'KEY'],
    ['that is not confirmed', { confirm: async () => false }, 'USAGE'],
    ['of standard input in place', { bundle: '-' }, 'USAGE'],
  ])('%s is refused', async (_, changes, code) => {
    const path = bundle();
    const before = readFileSync(join(path, 'license.intoto.json'));
    await expect(approve({ bundle: path, ...changes })).rejects.toMatchObject({ diagnostics: [{ code }] });
    expect(readFileSync(join(path, 'license.intoto.json'))).toEqual(before);
  });

  test('of changed data is refused before anybody is asked', async () => {
    const path = bundle();
    writeFileSync(join(path, 'report.json'), '{}');
    let asked = false;
    const confirm = async () => {
      asked = true;
      return true;
    };
    await expect(approve({ bundle: path, confirm })).rejects.toMatchObject({ diagnostics: [{ code: 'DIGEST' }] });
    expect(asked).toBe(false);
  });
});
