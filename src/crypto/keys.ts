import { type Failure, fail } from '../base/diagnostic.ts';
import { derElement, tags } from './der.ts';
import { sha256Hex } from './digest.ts';
import { isSoundPublicKey } from './ed25519.ts';
import { readPem, writePem } from './pem.ts';
import {
  decodePrivateKey,
  decryptPrivateKey,
  ed25519Oid,
  encodePrivateKey,
  encryptPrivateKey,
  type KeyEncryption,
} from './pkcs8.ts';

/** Ed25519 keys as files: SPKI and PKCS#8 in PEM (RFC 8410, RFC 7468). Messages never hold any of their content. */

/** The id of a 32-byte public key: hex SHA-256 of its SubjectPublicKeyInfo in DER. */
export function keyIdOf(publicKey: Buffer): string {
  return sha256Hex(spkiOf(publicKey));
}

/** The 32 bytes of a public key file that is one PEM block and nothing else but a final line end. Throws KEY-FORMAT. */
export function parsePublicPem(text: string): Buffer {
  const block = readPem(text);
  if (block === null) throw notPem('public');
  if (block.label !== 'PUBLIC KEY') throw fail('KEY-FORMAT', 'the file does not hold a public key');
  const publicKey = block.der.subarray(-32);
  // An Ed25519 SubjectPublicKeyInfo has but one encoding: 12 fixed bytes and the key.
  if (publicKey.length !== 32 || !block.der.equals(spkiOf(publicKey))) {
    throw fail('KEY-FORMAT', 'the public key is not an Ed25519 key', {
      hint: '`openssl pkey -pubout` writes that of an Ed25519 private key',
    });
  }
  if (!isSoundPublicKey(publicKey)) {
    throw fail('KEY-FORMAT', 'the public key is of small order or not canonical, which no honest key is');
  }
  return publicKey;
}

export function writePublicPem(publicKey: Buffer): string {
  return writePem({ label: 'PUBLIC KEY', der: spkiOf(publicKey) });
}

/**
 * The 32-byte seed of a private key file that is one PEM block and nothing else but a final line end. Throws KEY-PASSPHRASE when the
 * passphrase is missing or wrong, otherwise KEY-FORMAT. A passphrase for a key that has none is ignored.
 */
export function parsePrivatePem(text: string, passphrase?: Uint8Array): Buffer {
  const block = readPem(text);
  if (block === null) throw notPem('private');
  if (block.label === 'PRIVATE KEY') return decodePrivateKey(block.der);
  if (block.label === 'PUBLIC KEY') {
    throw fail('KEY-FORMAT', 'the file holds a public key, with which nobody signs', {
      hint: 'give the private key beside it: `anon keys generate issuer.key` writes issuer.key and issuer.pub',
    });
  }
  if (block.label !== encryptedLabel) throw fail('KEY-FORMAT', 'the file does not hold a PKCS#8 private key');
  if (passphrase === undefined) throw fail('KEY-PASSPHRASE', 'the private key needs a passphrase');
  return decryptPrivateKey(block.der, passphrase);
}

/** Whether a private key file asks for a passphrase. */
export function isEncryptedPem(text: string): boolean {
  return text.startsWith(`-----BEGIN ${encryptedLabel}-----`);
}

/** The private key file of a 32-byte seed; encrypted when a passphrase, with random salt and initialization vector, is given. */
export function writePrivatePem(seed: Uint8Array, encryption?: KeyEncryption): string {
  if (encryption === undefined) return writePem({ label: 'PRIVATE KEY', der: encodePrivateKey(seed) });
  return writePem({ label: encryptedLabel, der: encryptPrivateKey(seed, encryption) });
}

const encryptedLabel = 'ENCRYPTED PRIVATE KEY';

function spkiOf(publicKey: Buffer): Buffer {
  const algorithm = derElement(tags.sequence, derElement(tags.oid, ed25519Oid));
  // The leading zero says that all bits of the last byte count.
  return derElement(tags.sequence, algorithm, derElement(tags.bitString, Buffer.of(0), publicKey));
}

function notPem(kind: 'public' | 'private'): Failure {
  return fail('KEY-FORMAT', `the ${kind} key is not exactly one PEM block`, {
    hint: 'the file must begin with -----BEGIN and hold no comment, certificate or second key',
  });
}
