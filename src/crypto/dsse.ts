import { at, Failure, fail } from '../base/diagnostic.ts';
import { type JsonValue, metadataLimits, parseStrictJson } from '../base/strict-json.ts';
import { decodeBase64Strict, encodeBase64 } from './base64.ts';
import { publicKeyOf, rulesOutEd25519, signEd25519, verifyEd25519 } from './ed25519.ts';
import { keyIdOf } from './keys.ts';

/** Dead Simple Signing Envelope 1.0 (github.com/secure-systems-lab/dsse), with Ed25519 signatures. */
export interface Envelope {
  payloadType: string;
  payload: Buffer;
  /** At least one. Well encoded, but not verified: `sig` has any length. */
  signatures: readonly { keyid?: string; sig: Buffer }[];
}

/** A trusted key, and the principal (person or organization) that it speaks for. */
export interface VerificationKey {
  principal: string;
  keyId: string;
  /** 32 bytes. */
  publicKey: Buffer;
}

const envelopeBytes = 4 << 20;
const signatureCount = 16;
/** Bytes hashed in search of a key: every signature under every key hashes the whole message once. About two seconds of one core. */
const searchedBytes = 1 << 30;
/** The payload is one string, so the document's limit is the string's. */
const envelopeLimits = { ...metadataLimits, bytes: envelopeBytes, string: envelopeBytes };

/** Pre-authentication encoding, the bytes that are signed: `DSSEv1 LEN(type) type LEN(body) body`, lengths in bytes. */
export function pae(type: string, body: Uint8Array): Buffer {
  const typeBytes = Buffer.byteLength(type, 'utf8');
  return Buffer.concat([Buffer.from(`DSSEv1 ${typeBytes} ${type} ${body.length} `, 'utf8'), body]);
}

/**
 * Reads an envelope without judging its signatures. Unknown members are allowed, as DSSE asks; all else is strict. Throws LIMIT beyond 4 MiB,
 * 16 signatures or the limits of metadata, otherwise ENVELOPE.
 */
export function parseEnvelope(bytes: Uint8Array): Envelope {
  const envelope = readJson(bytes);
  if (!isObject(envelope)) throw malformed('the envelope is not a JSON object');
  const { payloadType, signatures } = envelope;
  if (typeof payloadType !== 'string') throw malformed('`payloadType` is not a string', 'payloadType');
  if (!Array.isArray(signatures)) throw malformed('`signatures` is not an array', 'signatures');
  if (signatures.length === 0) throw malformed('the envelope is not signed', 'signatures');
  if (signatures.length > signatureCount)
    throw fail('LIMIT', `the envelope has more than ${signatureCount} signatures`);
  return { payloadType, payload: base64Member(envelope, 'payload'), signatures: signatures.map(readSignature) };
}

/**
 * The keys under which a signature of the envelope verifies, at most one for each principal. `keyid` is only a hint: keys that it names are
 * tried first, then all others. One signature counts for one key, and one public key for one principal.
 * Throws LIMIT where so many signatures of so large a payload name none of so many keys that trying them all would take too long.
 */
export function verifyEnvelope(envelope: Envelope, keys: readonly VerificationKey[]): VerificationKey[] {
  const message = pae(envelope.payloadType, envelope.payload);
  const verified: VerificationKey[] = [];
  let searched = 0;
  const rulesOut = (sig: Buffer, publicKey: Buffer): boolean => {
    searched += message.length;
    if (searched > searchedBytes)
      throw fail('LIMIT', 'the envelope has more signatures than can be tried on its payload');
    return rulesOutEd25519(message, sig, publicKey);
  };
  for (const { keyid, sig } of envelope.signatures) {
    const open = keys.filter((key) => !verified.some((v) => sameSigner(v, key)));
    const ordered = [...open.filter((key) => key.keyId === keyid), ...open.filter((key) => key.keyId !== keyid)];
    const signer = ordered.find(({ publicKey }) => !rulesOut(sig, publicKey) && verifyEd25519(message, sig, publicKey));
    if (signer !== undefined) verified.push(signer);
  }
  return verified;
}

/** The envelope as JSON text with a final newline: signed by each of the 32-byte seeds, in their order, with the ids of their keys. */
export function signEnvelope(payloadType: string, payload: Uint8Array, seeds: readonly Uint8Array[]): string {
  const message = pae(payloadType, payload);
  const signatures = seeds.map((seed) => ({
    keyid: keyIdOf(publicKeyOf(seed)),
    sig: encodeBase64(signEd25519(message, seed)),
  }));
  return `${JSON.stringify({ payloadType, payload: encodeBase64(payload), signatures })}\n`;
}

/** The envelope with one more signature, over the same bytes; those that are there stay as they are. Text as of `signEnvelope`. */
export function addSignature({ payloadType, payload, signatures }: Envelope, seed: Uint8Array): string {
  const signed = signatures.map(({ keyid, sig }) => ({
    ...(keyid === undefined ? {} : { keyid }),
    sig: encodeBase64(sig),
  }));
  const added = { keyid: keyIdOf(publicKeyOf(seed)), sig: encodeBase64(signEd25519(pae(payloadType, payload), seed)) };
  return `${JSON.stringify({ payloadType, payload: encodeBase64(payload), signatures: [...signed, added] })}\n`;
}

function readJson(bytes: Uint8Array): JsonValue {
  try {
    return parseStrictJson(bytes, envelopeLimits);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'JSON') throw error;
    throw new Failure(error.diagnostics.map((d) => ({ ...d, code: 'ENVELOPE' as const })));
  }
}

function readSignature(signature: JsonValue, index: number): Envelope['signatures'][number] {
  const field = `signatures[${index}]`;
  if (!isObject(signature)) throw malformed('a signature is not a JSON object', field);
  const { keyid } = signature;
  if (keyid !== undefined && typeof keyid !== 'string') throw malformed('`keyid` is not a string', field);
  try {
    const sig = base64Member(signature, 'sig');
    return keyid === undefined ? { sig } : { keyid, sig };
  } catch (error) {
    throw error instanceof Failure ? at(error, { field }) : error;
  }
}

function base64Member(object: { [k: string]: JsonValue }, name: string): Buffer {
  const text = object[name];
  if (typeof text !== 'string') throw malformed(`\`${name}\` is not a string`);
  const bytes = decodeBase64Strict(text);
  if (bytes === null) throw malformed(`\`${name}\` is not base64`);
  return bytes;
}

function sameSigner(a: VerificationKey, b: VerificationKey): boolean {
  return a.principal === b.principal || a.publicKey.equals(b.publicKey);
}

function isObject(value: JsonValue): value is { [k: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(message: string, field?: string) {
  return fail('ENVELOPE', message, field === undefined ? {} : { place: { field } });
}
