import { createPublicKey, verify } from 'node:crypto';
import nacl from 'tweetnacl';

/** Ed25519 (RFC 8032) with one verdict per signature: tweetnacl, held to the rules that it leaves to its caller. */

/** The 64-byte signature of `message` by the key of a 32-byte seed. */
export function signEd25519(message: Uint8Array, seed: Uint8Array): Buffer {
  return Buffer.from(nacl.sign.detached(message, keyPairOf(seed).secretKey));
}

/** The 32-byte public key of a 32-byte seed. */
export function publicKeyOf(seed: Uint8Array): Buffer {
  return Buffer.from(keyPairOf(seed).publicKey);
}

/** To derive one takes as long as to sign, and one run asks several times for that of the same seed. */
const keyPairs = new WeakMap<Uint8Array, nacl.SignKeyPair>();

function keyPairOf(seed: Uint8Array): nacl.SignKeyPair {
  const known = keyPairs.get(seed);
  // A secret key begins with its seed.
  if (known !== undefined && Buffer.compare(known.secretKey.subarray(0, seed.length), seed) === 0) return known;
  const pair = nacl.sign.keyPair.fromSeed(seed);
  keyPairs.set(seed, pair);
  return pair;
}

/** Overwrite a seed that is not needed any more, and what was derived from it. */
export function wipeSeed(seed: Uint8Array): void {
  keyPairs.get(seed)?.secretKey.fill(0);
  keyPairs.delete(seed);
  seed.fill(0);
}

/**
 * Whether `signature` is that of `message` by `publicKey`, in the strictest reading: no second signature can be made from a first one,
 * and no key or signature verifies more than one message. Anything of the wrong length is false.
 */
export function verifyEd25519(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || !isSoundPublicKey(publicKey)) return false;
  if (!isSoundPoint(signature.subarray(0, 32))) return false;
  // RFC 8032 §5.1.7 requires S < L; tweetnacl takes S + kL as well.
  if (littleEndian(signature.subarray(32)) >= groupOrder) return false;
  return nacl.sign.detached.verify(message, signature, publicKey);
}

/**
 * True when `verifyEd25519` is certain to say no, found by OpenSSL in a seventieth of the time. For the search among many keys, whose cost an
 * attacker may choose; a signature that this does not rule out has not been verified.
 */
export function rulesOutEd25519(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || !isSoundPublicKey(publicKey)) return true;
  const x = Buffer.from(publicKey).toString('base64url');
  return !verify(null, message, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), signature);
}

/** Whether 32 bytes could be an honest public key: canonical, and not of small order. */
export function isSoundPublicKey(publicKey: Uint8Array): boolean {
  return publicKey.length === 32 && isSoundPoint(publicKey);
}

const fieldPrime = 2n ** 255n - 19n;
const groupOrder = 2n ** 252n + 27742317777372353535851937790883648493n;
/** The y of two of the points of order 8; its negative is that of the other two. */
const orderEight = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;
/** The y of all eight points of small order: order 4, 1, 2, and twice 8. The sign of x, the top bit, does not matter. */
const smallOrder: ReadonlySet<bigint> = new Set([0n, 1n, fieldPrime - 1n, orderEight, fieldPrime - orderEight]);

/**
 * RFC 8032 §5.1.3 wants y < p, which tweetnacl does not check for public keys: with it, the 14 encodings of small-order points that
 * ed25519 blocklists hold (two of them y = p and p + 1, each with either sign) come down to the five y above.
 */
function isSoundPoint(encoding: Uint8Array): boolean {
  const y = BigInt.asUintN(255, littleEndian(encoding));
  return y < fieldPrime && !smallOrder.has(y);
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
}
