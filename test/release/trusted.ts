import { signEnvelope } from '../../src/crypto/dsse.ts';
import { publicKeyOf } from '../../src/crypto/ed25519.ts';
import { keyIdOf, writePublicPem } from '../../src/crypto/keys.ts';
import { parseRevocations, type Revocations, revocationsPayloadType } from '../../src/release/revocations.ts';
import { parseTrust, type TrustFile, trustPayloadType } from '../../src/release/trust.ts';
import type { Json } from './sample.ts';

/** A seed, a public key and a key id for each letter. */
export function keyFor(letter: string): Key {
  const known = made.get(letter) ?? makeKey(letter);
  made.set(letter, known);
  return known;
}

interface Key {
  readonly seed: Buffer;
  readonly pem: string;
  readonly id: string;
}

/** Keys are slow to make. */
const made = new Map<string, Key>();

function makeKey(letter: string): Key {
  const seed = Buffer.alloc(32, letter);
  return { seed, pem: writePublicPem(publicKeyOf(seed)), id: keyIdOf(publicKeyOf(seed)) };
}

export function principal(keys: string, roles: readonly string[], more: object = {}) {
  return { name: `Name of ${keys}`, keys: [...keys].map((letter) => ({ pem: keyFor(letter).pem })), roles, ...more };
}

/** Ada and Bob are roots, of which one must sign; the hospital issues, and so on. */
export function trustContent(change: (content: Json) => unknown = () => {}): Json {
  const content = {
    version: 1,
    issued: '2026-01-01T00:00:00Z',
    expires: '2027-12-31T00:00:00Z',
    principals: {
      'urn:ada': principal('a', ['root']),
      'urn:bob': principal('b', ['root']),
      'urn:hospital': principal('i', ['issuer'], { datasets: ['patients*'] }),
      'urn:steward': principal('ps', ['approver']),
      'urn:second': principal('q', ['approver']),
      'urn:revoker': principal('rt', ['revoker']),
      'urn:org:example-university': principal('u', ['recipient']),
      'urn:auditor': principal('x', ['auditor']),
    },
    thresholds: { root: 1 },
  };
  change(content);
  return content;
}

export function trustBytes(content: Json = trustContent(), signers = 'a', type = trustPayloadType): Buffer {
  const payload = typeof content === 'string' ? content : JSON.stringify(content);
  const seeds = [...signers].map((letter) => keyFor(letter).seed);
  return Buffer.from(signEnvelope(type, Buffer.from(payload), seeds));
}

export function trustFile(change?: (content: Json) => unknown, signers?: string): TrustFile {
  return parseTrust(trustBytes(trustContent(change), signers));
}

export const licenseId = `urn:anon:license:${'1'.repeat(32)}`;

export function revocationsContent(change: (content: Json) => unknown = () => {}): Json {
  const content = {
    version: 1,
    issued: '2026-11-30T12:00:00Z',
    expires: '2026-12-30T12:00:00Z',
    entries: [] as Json[],
  };
  change(content);
  return content;
}

export function revocationsBytes(content: Json = revocationsContent(), signers = 'r'): Buffer {
  return trustBytes(content, signers, revocationsPayloadType);
}

export function revocationsList(change?: (content: Json) => unknown, signers?: string): Revocations {
  return parseRevocations(revocationsBytes(revocationsContent(change), signers));
}

export function entry(kind: string, value: string, more: object = {}): Json {
  return { kind, value, at: '2026-11-01T00:00:00Z', reason: 'withdrawn', reinstated: false, ...more };
}
