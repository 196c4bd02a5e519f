import { createHash, createPrivateKey, sign } from 'node:crypto';
import { renderers } from '../../src/release/license-md.ts';
import { sampleBundle, statementOf } from '../release/sample.ts';
import { keyFor, trustContent } from '../release/trusted.ts';
import type { Json } from './json.ts';

/** Bundles, trust files, lists and stated uses, sound or with one thing wrong, that hold now. */

const now = Date.now();
/** So many seconds from now. */
export const at = (seconds: number) => `${new Date(now + seconds * 1000).toISOString().slice(0, 19)}Z`;
export const day = 86_400;
export const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');
/** PKCS#8 of an Ed25519 seed (RFC 8410) is this and the seed. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

function seal(type: string, payload: string, signers: string): string {
  const message = Buffer.from(`DSSEv1 ${type.length} ${type} ${Buffer.byteLength(payload)} ${payload}`);
  const signatures = [...signers].map((letter) => {
    const key = createPrivateKey({ key: Buffer.concat([pkcs8, keyFor(letter).seed]), format: 'der', type: 'pkcs8' });
    return { keyid: keyFor(letter).id, sig: sign(null, message, key).toString('base64') };
  });
  return JSON.stringify({ payloadType: type, payload: Buffer.from(payload).toString('base64'), signatures });
}

type Change = (value: Json) => unknown;

const base = sampleBundle(undefined, { issued: at(-day), notBefore: at(-day), notAfter: at(day) });

/** A bundle whose statement was changed before it was signed, by the keys of these letters; LICENSE.md says the same unless `text` is told otherwise. */
export function bundle(change: Change = () => {}, { signers = 'i', text = true, raw = (json: string) => json } = {}) {
  const files = new Map(base);
  const statement = statementOf(files);
  statement.predicate.issuer.key = keyFor('i').id;
  statement.predicate.issuer.id = 'urn:hospital';
  change(statement);
  if (text) {
    const license = renderers.get('license-md/1')!.render(statement);
    files.set('LICENSE.md', Buffer.from(license));
    const own = statement.subject.find(({ name }: Json) => name === 'LICENSE.md');
    own.digest.sha256 = sha256(license);
  }
  return files.set(
    'license.intoto.json',
    Buffer.from(seal('application/vnd.in-toto+json', raw(JSON.stringify(statement)), signers)),
  );
}

/** The sound bundle with another envelope around its statement, or another text of it. */
export function enveloped(change: Change, written: (envelope: Json) => string = JSON.stringify): Map<string, Buffer> {
  const files = bundle();
  const envelope = JSON.parse(String(files.get('license.intoto.json')));
  change(envelope);
  return files.set('license.intoto.json', Buffer.from(written(envelope)));
}

export const same: Change = () => {};

export const without = (name: string) => {
  const files = bundle();
  files.delete(name);
  return files;
};
export const withFile = (name: string, bytes: string | Buffer = 'x') => bundle().set(name, Buffer.from(bytes));

export function trust(change: Change = () => {}, signers = 'a'): string {
  const content = { ...trustContent(), issued: at(-day), expires: at(day) };
  change(content);
  return seal('application/vnd.anon.trust+json', JSON.stringify(content), signers);
}

export function revocations(entries: Json[] = [], change: Change = () => {}, signers = 'r'): string {
  const whole = entries.map((entry) => ({ at: at(-60), reason: 'withdrawn', ...entry }));
  const content = { version: 1, issued: at(-60), expires: at(day), entries: whole };
  change(content);
  return seal('application/vnd.anon.revocations+json', JSON.stringify(content), signers);
}

export const use = { organization: 'urn:org:example-university', purpose: 'AcademicResearch', region: 'DE' };
export const signedUse = (more: object = {}, signers = 'u') => {
  const stated = { ...use, audience: '*', issued: at(-60), expires: at(60), ...more };
  return JSON.parse(seal('application/vnd.anon.context+json', JSON.stringify(stated), signers));
};

export interface Case {
  readonly files?: Map<string, Buffer>;
  /** The same as a tar, changed. */
  readonly tar?: (tar: Buffer) => Buffer;
  readonly trust?: string;
  readonly revocations?: string;
  readonly context?: Json;
}

export const status = (maxAge = 'P1D') =>
  bundle(({ predicate }) => (predicate.status = { required: true, maxAge, from: 'x' }));
export const approved = (threshold: number, signers: string, distinctFromIssuer = true) =>
  bundle(({ predicate }) => (predicate.approvals = { threshold, distinctFromIssuer }), { signers });
export const terms = (change: Change) => bundle(({ predicate }) => change(predicate.terms));
export const idOf = (files: Map<string, Buffer>) => statementOf(files).predicate.id;
export const sound = bundle();
const order = 2n ** 252n + 27742317777372353535851937790883648493n;

/** The same signature with L added to S. */
export function another(sig: string): string {
  const bytes = Buffer.from(sig, 'base64');
  let s = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString('hex')}`) + order;
  for (let i = 32; i < 64; i++, s >>= 8n) bytes[i] = Number(s & 255n);
  return bytes.toString('base64');
}
