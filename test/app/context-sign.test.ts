import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { contextPayloadType, type SignContextRequest, signContext } from '../../src/app/context-sign.ts';
import { Failure } from '../../src/base/diagnostic.ts';
import { parseEnvelope, verifyEnvelope } from '../../src/crypto/dsse.ts';
import { writePrivatePem } from '../../src/crypto/keys.ts';
import type { Terminal } from '../../src/io/terminal.ts';
import { keyOf, seed } from '../release/sample.ts';

const dir = mkdtempSync(join(tmpdir(), 'anon-context-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const key = join(dir, 'licensee.key');
writeFileSync(key, writePrivatePem(seed), { mode: 0o600 });

const terminal: Terminal = {
  env: {},
  color: false,
  now: () => Date.parse('2026-11-21T12:00:00.700Z'),
  out: async () => {},
  send: async () => true,
  err: () => {},
  askSecret: async () => null,
};
const organization = 'urn:org:example-university';
let made = 0;

async function sign(changes: Partial<SignContextRequest>) {
  const out = join(dir, `${made++}.json`);
  const use = { organization, purpose: 'AcademicResearch', audience: '*' };
  const request = { context: undefined, use, validFor: 'P1D', key, passphraseFile: undefined, replace: false };
  const signed = await signContext({ ...request, out, ...changes }, terminal);
  const envelope = parseEnvelope(readFileSync(out));
  return { signed, envelope, use: JSON.parse(envelope.payload.toString()) };
}

function context(value: unknown): string {
  const file = join(dir, `${made++}.context`);
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
}

test('a stated use is dated, addressed and signed', async () => {
  const { signed, envelope, use } = await sign({ validFor: 'PT8H' });
  expect(use).toEqual({
    organization,
    purpose: 'AcademicResearch',
    action: 'use',
    safeguards: [],
    audience: '*',
    issued: '2026-11-21T12:00:00Z',
    expires: '2026-11-21T20:00:00Z',
  });
  expect(envelope.payloadType).toBe(contextPayloadType);
  expect(verifyEnvelope(envelope, [keyOf(seed)])).toHaveLength(1);
  expect(signed).toMatchObject({ audience: '*', expires: '2026-11-21T20:00:00Z' });
});

test('a file and flags may say the same, and different things', async () => {
  const file = context({ organization, region: 'DE', audience: 'urn:anon:license:x' });
  const { use } = await sign({ context: file, use: { organization, user: 'u1' } });
  expect(use).toMatchObject({ organization, region: 'DE', user: 'u1', audience: 'urn:anon:license:x' });
});

describe('refused', () => {
  test.each<[what: string, changes: () => Partial<SignContextRequest>, message: string]>([
    [
      'flags against the file',
      () => ({ context: context({ organization: 'urn:other' }) }),
      '`organization` is stated both',
    ],
    [
      'a file that is dated',
      () => ({ context: context({ expires: '2099-01-01T00:00:00Z' }) }),
      'dated already: expires',
    ],
    [
      'an unknown purpose',
      () => ({ use: { organization, purpose: 'academicResearch', audience: '*' } }),
      'did you mean `AcademicResearch`?',
    ],
    ['an unknown member', () => ({ context: context({ organisation: 'x' }) }), 'stated use, as a whole'],
    ['no license', () => ({ use: { organization } }), 'names its license'],
    ['no organization', () => ({ use: { audience: '*' } }), 'names its organization'],
    ['no duration', () => ({ validFor: '1 day' }), '--valid-for'],
    ['no end of time', () => ({ validFor: 'P9000Y' }), '--valid-for'],
    [
      'JSON that two readers could read differently',
      () => ({ context: context('{"user":"a","us\\u0065r":"b"}') }),
      'not strict JSON',
    ],
    ['no key', () => ({ key: undefined }), 'no signing key'],
    ['an output that exists', () => ({ out: key }), 'exists already'],
  ])('%s', async (_, changes, message) => {
    const error = await sign(changes()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Failure);
    expect((error as Failure).message).toContain(message);
    expect((error as Failure).exit).toBe(2);
  });
});
