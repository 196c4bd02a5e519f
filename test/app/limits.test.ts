import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { signContext } from '../../src/app/context-sign.ts';
import { approveLicense } from '../../src/app/license-approve.ts';
import { revoke } from '../../src/app/revocations.ts';
import { addToTrust, signTrust } from '../../src/app/trust-edit.ts';
import { publicKeyOf } from '../../src/crypto/ed25519.ts';
import { writePrivatePem, writePublicPem } from '../../src/crypto/keys.ts';
import type { Terminal } from '../../src/io/terminal.ts';
import { packTar, sampleBundle, seed } from '../release/sample.ts';
import { entry, keyFor, revocationsBytes, revocationsContent, trustBytes, trustContent } from '../release/trusted.ts';

/*
 * What is made must be readable. Each of these stands just within the limits of its reader, and is to grow by a little.
 */

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'anon-limits-'));
  write('a.key', writePrivatePem(keyFor('a').seed));
  write('r.key', writePrivatePem(keyFor('r').seed));
  write('issuer.pub', writePublicPem(publicKeyOf(seed)));
});
const made: string[] = [];
beforeEach(() => void made.push(dir));
afterAll(() => {
  for (const one of made) rmSync(one, { recursive: true, force: true });
});

const terminal: Terminal = {
  env: { HOME: '/nonexistent' },
  color: false,
  outColor: false,
  columns: undefined,
  errColumns: () => undefined,
  peakMemory: () => 0,
  now: () => Date.parse('2026-12-01T00:00:00Z'),
  out: async () => {},
  send: async () => true,
  err: () => {},
  askSecret: async () => null,
};
const signing = { passphraseFile: undefined, out: undefined };

function write(name: string, content: string | Uint8Array): string {
  const path = join(dir, name);
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}

function refused(message: RegExp) {
  return { diagnostics: [expect.objectContaining({ code: 'LIMIT', message: expect.stringMatching(message) })] };
}

/** An envelope of so many bytes: DSSE leaves the hint of a signature free. */
function padded(envelope: Buffer, bytes: number): Buffer {
  const { signatures, ...rest } = JSON.parse(envelope.toString());
  const pad = (length: number) => ({
    ...rest,
    signatures: [...signatures, { keyid: 'x'.repeat(length), sig: 'AA==' }],
  });
  const bare = JSON.stringify(pad(0)).length;
  return Buffer.from(JSON.stringify(pad(bytes - bare)));
}

const fullBytes = (4 << 20) - 20;

test('an approval leaves a license that has no room for its signature as it was', async () => {
  const files = sampleBundle();
  const approve = (bundle: string) =>
    approveLicense(
      {
        bundle,
        key: join(dir, 'a.key'),
        passphraseFile: undefined,
        trust: [join(dir, 'issuer.pub')],
        state: join(dir, 'state'),
        target: undefined,
        replace: false,
        confirm: async () => true,
      },
      terminal,
    );
  const envelope = files.get('license.intoto.json')!;
  const full = packTar(new Map([...files, ['license.intoto.json', padded(envelope, fullBytes)]]));
  const tar = write('full.tar', full);
  await expect(approve(tar)).rejects.toMatchObject(refused(/one more signature would be too large to be read again/));
  expect(readFileSync(tar).equals(full)).toBe(true);
  const { signatures, ...rest } = JSON.parse(envelope.toString());
  const sixteen = Array.from({ length: 16 }, (_, i) => signatures[i] ?? { sig: 'AA==' });
  const crowded = packTar(
    new Map([...files, ['license.intoto.json', Buffer.from(JSON.stringify({ ...rest, signatures: sixteen }))]]),
  );
  await expect(approve(write('crowded.tar', crowded))).rejects.toMatchObject(refused(/16 signatures already/));
});

test('a list of revocations takes no entry beyond what can be read', async () => {
  const hex = (i: number) => i.toString(16).padStart(64, '0');
  // Five members an entry and the entry itself, of 100,000 in all.
  const full = write(
    'revocations.json',
    revocationsBytes(
      revocationsContent((content) => {
        content.entries = Array.from({ length: 16_665 }, (_, i) => entry('digest', hex(i)));
      }),
    ),
  );
  const request = {
    ...signing,
    file: full,
    sign: [join(dir, 'r.key')],
    licenses: [],
    keys: [],
    digests: [hex(1 << 24)],
    reason: 'withdrawn',
    reinstate: false,
    validFor: 'P1D',
    state: join(dir, 'state'),
  };
  const before = readFileSync(full);
  await expect(revoke(request, terminal)).rejects.toMatchObject(refused(/^the list of revocations would be too large/));
  expect(readFileSync(full).equals(before)).toBe(true);
});

test('a trust file takes no seventeenth signature, and no globs beyond what can be read', async () => {
  const { signatures, ...rest } = JSON.parse(trustBytes().toString());
  const crowded = write(
    'trust.json',
    JSON.stringify({ ...rest, signatures: [...signatures, ...Array(15).fill({ sig: 'AA==' })] }),
  );
  const before = readFileSync(crowded);
  const file = { file: crowded, sign: [join(dir, 'r.key')], ...signing };
  await expect(signTrust(file, terminal)).rejects.toMatchObject(refused(/^the trust file would be too large/));
  expect(readFileSync(crowded).equals(before)).toBe(true);
  const globs = Array.from({ length: 99_800 }, (_, i) => `${i}`);
  const wide = write(
    'wide.json',
    trustBytes(
      trustContent((content) => {
        content.principals['urn:hospital'].datasets = globs;
      }),
    ),
  );
  const add = {
    ...signing,
    file: wide,
    sign: [join(dir, 'a.key')],
    expires: undefined,
    principal: 'urn:hospital',
    name: undefined,
    keys: [],
    roles: [],
    datasets: Array.from({ length: 200 }, (_, i) => `more-${i}`),
    from: undefined,
    until: undefined,
  };
  await expect(addToTrust(add, terminal)).rejects.toMatchObject(refused(/^the trust file would be too large/));
});

test('a signed context holds no more than verify reads of one', async () => {
  const context = write(
    'context.json',
    JSON.stringify({ safeguards: Array.from({ length: 99_997 }, (_, i) => `s${i}`) }),
  );
  const out = join(dir, 'signed.json');
  const request = {
    context,
    use: { organization: 'urn:org:example-university', audience: '*' },
    validFor: 'P1D',
    key: join(dir, 'a.key'),
    passphraseFile: undefined,
    out,
    replace: false,
  };
  await expect(signContext(request, terminal)).rejects.toMatchObject(refused(/^the signed context would be too large/));
  expect(existsSync(out)).toBe(false);
});
