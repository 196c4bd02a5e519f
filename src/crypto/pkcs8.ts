import { createCipheriv, createDecipheriv, scryptSync } from 'node:crypto';
import { fail } from '../base/diagnostic.ts';
import {
  type DerElement,
  derElement,
  derInteger,
  readDer,
  readDocument,
  readInteger,
  readSequence,
  tags,
} from './der.ts';
import { publicKeyOf } from './ed25519.ts';

/**
 * PKCS#8 private keys (RFC 5958) of Ed25519 (RFC 8410), plain and under a passphrase: PBES2 (RFC 8018) of scrypt (RFC 7914 §7) and AES-256-CBC.
 * Node writes passphrases with PBKDF2 only, 2,048 rounds of it; so the encrypted form is built here.
 */

/** Object identifiers, DER. */
export const ed25519Oid = Buffer.from('2b6570', 'hex'); // 1.3.101.112
const pbes2Oid = Buffer.from('2a864886f70d01050d', 'hex'); // 1.2.840.113549.1.5.13
const scryptOid = Buffer.from('2b06010401da47040b', 'hex'); // 1.3.6.1.4.1.11591.4.11
const aes256CbcOid = Buffer.from('60864801650304012a', 'hex'); // 2.16.840.1.101.3.4.1.42

interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

const writtenCost: ScryptCost = { N: 16_384, r: 8, p: 5 };
/** What reading a key may cost: scrypt takes 128 · N · r bytes, and time in proportion to N · r · p. */
const scryptBytes = 128 << 20;
const scryptWork = 1 << 22;

/** What encrypts a private key. Salt and initialization vector must be fresh and random. */
export interface KeyEncryption {
  passphrase: Uint8Array;
  /** 16 bytes. */
  salt: Uint8Array;
  /** 16 bytes. */
  iv: Uint8Array;
}

export function encodePrivateKey(seed: Uint8Array): Buffer {
  const algorithm = derElement(tags.sequence, derElement(tags.oid, ed25519Oid));
  return derElement(tags.sequence, derInteger(0), algorithm, derElement(tags.octets, derElement(tags.octets, seed)));
}

/** The seed. Throws KEY-FORMAT. */
export function decodePrivateKey(der: Buffer): Buffer {
  const info = readPrivateKeyInfo(der);
  if (info === null) throw fail('KEY-FORMAT', 'the private key is not well-formed PKCS#8');
  return seedOf(info);
}

export function encryptPrivateKey(seed: Uint8Array, { passphrase, salt, iv }: KeyEncryption): Buffer {
  if (salt.length !== 16 || iv.length !== 16) throw new RangeError('salt and initialization vector have 16 bytes each');
  const cipher = createCipheriv('aes-256-cbc', stretch(passphrase, salt, writtenCost), iv);
  const encrypted = Buffer.concat([cipher.update(encodePrivateKey(seed)), cipher.final()]);
  const cost = [derInteger(writtenCost.N), derInteger(writtenCost.r), derInteger(writtenCost.p)];
  const scrypt = algorithm(scryptOid, derElement(tags.sequence, derElement(tags.octets, salt), ...cost));
  const scheme = algorithm(
    pbes2Oid,
    derElement(tags.sequence, scrypt, algorithm(aes256CbcOid, derElement(tags.octets, iv))),
  );
  return derElement(tags.sequence, scheme, derElement(tags.octets, encrypted));
}

/** The seed. Throws KEY-PASSPHRASE when the passphrase is wrong, otherwise KEY-FORMAT. */
export function decryptPrivateKey(der: Buffer, passphrase: Uint8Array): Buffer {
  const { salt, cost, iv, encrypted } = readEncryption(der);
  if (128 * cost.N * cost.r > scryptBytes || cost.N * cost.r * cost.p > scryptWork) {
    throw fail('KEY-FORMAT', 'the private key asks for more scrypt work than anon accepts', {
      hint: 'encrypt it again with N = 16384, r = 8, p = 5',
    });
  }
  const decipher = createDecipheriv('aes-256-cbc', stretch(passphrase, salt, cost), iv);
  const info = readPrivateKeyInfo(unpadded(decipher, encrypted));
  // CBC proves nothing by itself: what a wrong passphrase yields fails by its padding, or once in 256 times by its structure.
  if (info === null) throw fail('KEY-PASSPHRASE', 'the passphrase does not open the private key');
  return seedOf(info);
}

interface PrivateKeyInfo {
  readonly algorithm: readonly DerElement[];
  readonly key: Buffer;
  readonly publicKey: Buffer | null;
}

/** The parts of a OneAsymmetricKey, of any algorithm; null when the bytes are none. */
function readPrivateKeyInfo(der: Buffer): PrivateKeyInfo | null {
  const [versionElement, algorithmElement, key, ...rest] = readDocument(der) ?? [];
  const version = readInteger(versionElement);
  const algorithm = readSequence(algorithmElement);
  if (algorithm === null || key?.tag !== tags.octets) return null;
  if (rest[0]?.tag === 0xa0) rest.shift(); // attributes, which say nothing that anon uses
  // Version 1 (written 0) ends here; version 2 (written 1) has the public key, [1] BIT STRING, of which all bits count.
  const [publicKey] = rest;
  if (version !== rest.length || version > 1) return null;
  if (publicKey === undefined) return { algorithm, key: key.body, publicKey: null };
  if (publicKey.tag !== 0x81 || publicKey.body[0] !== 0) return null;
  return { algorithm, key: key.body, publicKey: publicKey.body.subarray(1) };
}

function seedOf({ algorithm, key, publicKey }: PrivateKeyInfo): Buffer {
  if (!isOid(algorithm[0], ed25519Oid) || algorithm.length !== 1) {
    throw fail('KEY-FORMAT', 'the private key is not an Ed25519 key', {
      hint: '`openssl genpkey -algorithm ed25519` makes one',
    });
  }
  const inner = readDer(key);
  if (inner?.length !== 1 || inner[0]!.tag !== tags.octets || inner[0]!.body.length !== 32) {
    throw fail('KEY-FORMAT', 'the private key does not hold 32 bytes');
  }
  const seed = Buffer.from(inner[0]!.body);
  if (publicKey !== null && !publicKey.equals(publicKeyOf(seed))) {
    throw fail('KEY-FORMAT', 'the public key in the file is not that of its private key');
  }
  return seed;
}

interface Encryption {
  readonly salt: Buffer;
  readonly cost: ScryptCost;
  readonly iv: Buffer;
  readonly encrypted: Buffer;
}

function readEncryption(der: Buffer): Encryption {
  const [scheme, encrypted, ...more] = readDocument(der) ?? [];
  // AES encrypts blocks of 16 bytes, and CBC padding makes one at least.
  const blocks = encrypted?.tag === tags.octets ? encrypted.body.length / 16 : 0;
  if (blocks < 1 || !Number.isInteger(blocks) || more.length > 0) {
    throw fail('KEY-FORMAT', 'the private key is not well-formed PKCS#8');
  }
  const [derivation, cipher, ...others] = parametersOf(scheme, pbes2Oid) ?? [];
  const scrypt = others.length === 0 ? parametersOf(derivation, scryptOid) : null;
  const [cipherOid, iv, ...extra] = readSequence(cipher) ?? [];
  const ivIsGood = iv?.tag === tags.octets && iv.body.length === 16 && extra.length === 0;
  if (scrypt === null || !isOid(cipherOid, aes256CbcOid) || !ivIsGood) {
    throw fail('KEY-FORMAT', 'the private key is encrypted with something other than scrypt and AES-256-CBC', {
      hint: '`openssl pkcs8 -topk8 -scrypt -in OLD -out NEW` encrypts it again',
    });
  }
  return { ...readScrypt(scrypt), iv: iv.body, encrypted: encrypted!.body };
}

/** scrypt-params (RFC 7914 §7.1): salt, N, r, p, and possibly the key's length. */
function readScrypt([salt, N, r, p, ...rest]: readonly DerElement[]): { salt: Buffer; cost: ScryptCost } {
  const [n, blocks, lanes] = [readInteger(N), readInteger(r), readInteger(p)];
  const lengthIsGood = rest.length === 0 || (rest.length === 1 && readInteger(rest[0]) === 32);
  const costIsGood = n !== null && n > 1 && (n & (n - 1)) === 0 && blocks !== null && lanes !== null;
  if (salt?.tag !== tags.octets || !lengthIsGood || !costIsGood || blocks < 1 || lanes < 1) {
    throw fail('KEY-FORMAT', 'the scrypt parameters of the private key are not well-formed');
  }
  return { salt: salt.body, cost: { N: n, r: blocks, p: lanes } };
}

/** The parameters of an AlgorithmIdentifier that names `oid` and has a SEQUENCE of them; otherwise null. */
function parametersOf(element: DerElement | undefined, oid: Buffer): DerElement[] | null {
  const [name, parameters, ...more] = readSequence(element) ?? [];
  return isOid(name, oid) && more.length === 0 ? readSequence(parameters) : null;
}

function isOid(element: DerElement | undefined, oid: Buffer): boolean {
  return element?.tag === tags.oid && element.body.equals(oid);
}

function algorithm(oid: Buffer, parameters: Buffer): Buffer {
  return derElement(tags.sequence, derElement(tags.oid, oid), parameters);
}

function stretch(passphrase: Uint8Array, salt: Uint8Array, cost: ScryptCost): Buffer {
  // Twice the memory of the blocks: OpenSSL counts its working space as well.
  return scryptSync(passphrase, salt, 32, { ...cost, maxmem: 2 * scryptBytes });
}

/** The plain bytes, or none when the padding is wrong. */
function unpadded(decipher: ReturnType<typeof createDecipheriv>, encrypted: Buffer): Buffer {
  try {
    return Buffer.concat([decipher.update(encrypted), decipher.final()]);
  } catch {
    return Buffer.alloc(0);
  }
}
