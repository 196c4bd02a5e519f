import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { type Json, refuse, strictJson } from './json.ts';

/** Envelopes, keys and signatures as README.md says them: of that text alone, nothing of `src`. */

export interface Envelope {
  readonly type: string;
  readonly payload: Buffer;
  readonly signatures: readonly Buffer[];
}

/** Does a value fit the schema of this name, as `anon schema` prints it? */
export type Fits = (schema: string, value: Json) => boolean;

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

export function readEnvelope(bytes: Buffer, fits: Fits): Envelope {
  const envelope = strictJson(bytes, 'ENVELOPE', 4 << 20);
  if (envelope?.signatures?.length > 16) refuse('LIMIT');
  if (!fits('envelope', envelope)) refuse('ENVELOPE');
  const { payloadType, payload, signatures } = envelope;
  return { type: payloadType, payload: base64(payload), signatures: signatures.map(({ sig }: Json) => base64(sig)) };
}

export interface Key {
  readonly id: string;
  readonly key: KeyObject;
}

export function readKey(pem: string): Key {
  if (!/^-----BEGIN PUBLIC KEY-----\r?\n[A-Za-z0-9+/=\r\n]+-----END PUBLIC KEY-----\r?\n?$/.test(pem))
    refuse('NO ANSWER');
  const key = createPublicKey(pem);
  const der = key.export({ type: 'spki', format: 'der' });
  if (key.asymmetricKeyType !== 'ed25519' || !isSound(der.subarray(-32))) refuse('NO ANSWER');
  return { id: sha256(der), key };
}

/** Those of the keys that have signed. */
export function signersOf<K extends Key>({ type, payload, signatures }: Envelope, keys: readonly K[]): K[] {
  const head = `DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `;
  const signed = Buffer.concat([Buffer.from(head), payload]);
  const good = signatures.filter(
    (s) => s.length === 64 && isSound(s.subarray(0, 32)) && number(s.subarray(32)) < order,
  );
  return keys.filter(({ key }) => good.some((signature) => verify(null, signed, key, signature)));
}

function base64(text: string): Buffer {
  const body = text.replace(/={1,2}$/, '');
  if (body !== text && text.length % 4 !== 0) refuse('ENVELOPE');
  const bytes = Buffer.from(body, 'base64');
  const plain = body.replaceAll('-', '+').replaceAll('_', '/');
  return bytes.toString('base64').replace(/=+$/, '') === plain ? bytes : refuse('ENVELOPE');
}

// RFC 8032: p, L, and the y of the points of small order.
const prime = 2n ** 255n - 19n;
const order = 2n ** 252n + 27742317777372353535851937790883648493n;
const eighth = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;
const small = [0n, 1n, prime - 1n, eighth, prime - eighth];

const number = (bytes: Buffer): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);

function isSound(point: Buffer): boolean {
  const y = number(point) & (2n ** 255n - 1n);
  return y < prime && !small.includes(y);
}
