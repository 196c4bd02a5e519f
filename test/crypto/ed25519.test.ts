import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import nacl from 'tweetnacl';
import { expect, test } from 'vitest';
import {
  isSoundPublicKey,
  publicKeyOf,
  rulesOutEd25519,
  signEd25519,
  verifyEd25519,
  wipeSeed,
} from '../../src/crypto/ed25519.ts';

const seed = 20261121;
const hex = (text: string) => Buffer.from(text, 'hex');
const vectors = (name: string) => JSON.parse(readFileSync(new URL(`../vectors/${name}`, import.meta.url), 'utf8'));

const groupOrder = 2n ** 252n + 27742317777372353535851937790883648493n;
const littleEndian = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
const bytes32 = (value: bigint) => hex(value.toString(16).padStart(64, '0')).reverse();

interface Rfc8032Vector {
  name: string;
  seed: string;
  pk: string;
  msg: string;
  sig: string;
}

test.each<Rfc8032Vector>(vectors('rfc8032.json').vectors)('$name', (vector) => {
  const [message, signature, publicKey] = [hex(vector.msg), hex(vector.sig), hex(vector.pk)];
  expect(publicKeyOf(hex(vector.seed))).toEqual(publicKey);
  expect(signEd25519(message, hex(vector.seed))).toEqual(signature);
  expect(verifyEd25519(message, signature, publicKey)).toBe(true);
  expect(rulesOutEd25519(message, signature, publicKey)).toBe(false);
});

test('of the twelve speccheck cases exactly number 3 is accepted', () => {
  const cases: { message: string; pub_key: string; signature: string }[] = vectors('speccheck_cases.json');
  const accepted = cases.map((c) => verifyEd25519(hex(c.message), hex(c.signature), hex(c.pub_key)));
  const ruledOut = cases.map((c) => rulesOutEd25519(hex(c.message), hex(c.signature), hex(c.pub_key)));
  expect(accepted).toHaveLength(12);
  expect(ruledOut[3]).toBe(false);
  expect(accepted.flatMap((yes, i) => (yes ? [i] : []))).toEqual([3]);
});

/** Seven y and both signs of x: the blocklist of libsodium (`ge25519_has_small_order`). */
const smallOrder = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
].flatMap((text) => [hex(text), Buffer.from(bytes32(littleEndian(hex(text)) | (1n << 255n)))]);

test('a seed that is overwritten is another key', () => {
  const key = Buffer.alloc(32, 3);
  const before = publicKeyOf(key);
  key.fill(4);
  expect(publicKeyOf(key)).toEqual(publicKeyOf(Buffer.alloc(32, 4)));
  key.fill(3);
  expect(publicKeyOf(key)).toEqual(before);
  wipeSeed(key);
  expect(key).toEqual(Buffer.alloc(32));
  expect(publicKeyOf(key)).toEqual(publicKeyOf(Buffer.alloc(32)));
});

test('no key of small order is accepted, though tweetnacl takes each for some message', () => {
  const identity = bytes32(1n);
  for (const publicKey of smallOrder) {
    // With S = 0 and R the identity, the equation holds whenever the key's order divides the hash: once in 8 messages or more often.
    const signature = Buffer.concat([identity, bytes32(0n)]);
    const forged = Array.from({ length: 200 }, (_, i) => Buffer.of(i)).find((m) =>
      nacl.sign.detached.verify(m, signature, publicKey),
    );
    expect(forged, publicKey.toString('hex')).toBeDefined();
    expect(verifyEd25519(forged!, signature, publicKey)).toBe(false);
    expect(rulesOutEd25519(forged!, signature, publicKey)).toBe(true);
    expect(isSoundPublicKey(publicKey)).toBe(false);
    // R that is not of small order does not help the key.
    const honest = nacl.sign.detached(forged!, nacl.sign.keyPair.fromSeed(Buffer.alloc(32, 1)).secretKey);
    expect(verifyEd25519(forged!, honest, publicKey)).toBe(false);
  }
});

test('no R of small order is accepted, though the equation can be made to hold', () => {
  const sha512 = (...parts: Uint8Array[]) => createHash('sha512').update(Buffer.concat(parts)).digest();
  const secret = sha512(Buffer.alloc(32, 7)).subarray(0, 32);
  secret[0]! &= 248;
  secret[31] = (secret[31]! & 63) | 64;
  const publicKey = publicKeyOf(Buffer.alloc(32, 7));
  const [r, message] = [bytes32(1n), Buffer.from('any')];
  // The owner of the key signs with nonce 0: R is the identity, S = H(R, A, M) · a.
  const s = (littleEndian(sha512(r, publicKey, message)) * littleEndian(secret)) % groupOrder;
  const signature = Buffer.concat([r, bytes32(s)]);
  expect(nacl.sign.detached.verify(message, signature, publicKey)).toBe(true);
  expect(verifyEd25519(message, signature, publicKey)).toBe(false);
});

test('S + L is a second signature for tweetnacl, and none for us', () => {
  const [message, key] = [Buffer.from('message'), Buffer.alloc(32, 9)];
  const signature = signEd25519(message, key);
  const second = Buffer.concat([signature.subarray(0, 32), bytes32(littleEndian(signature.subarray(32)) + groupOrder)]);
  expect(nacl.sign.detached.verify(message, second, publicKeyOf(key))).toBe(true);
  expect(verifyEd25519(message, second, publicKeyOf(key))).toBe(false);
  expect(rulesOutEd25519(message, second, publicKeyOf(key))).toBe(true);
});

test('odd lengths are false, not thrown', () => {
  const [message, key] = [Buffer.from('message'), Buffer.alloc(32, 9)];
  const [signature, publicKey] = [signEd25519(message, key), publicKeyOf(key)];
  for (const length of [0, 31, 32, 63, 65, 128]) {
    const odd = Buffer.concat([signature, signature]).subarray(0, length);
    expect(verifyEd25519(message, odd, publicKey)).toBe(false);
    expect(rulesOutEd25519(message, odd, publicKey)).toBe(true);
    if (length !== 32) expect(verifyEd25519(message, signature, odd)).toBe(false);
    if (length !== 32) expect(rulesOutEd25519(message, signature, odd)).toBe(true);
  }
});

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const pkcs8 = (key: Uint8Array) =>
  createPrivateKey({
    key: Buffer.concat([hex('302e020100300506032b657004220420'), key]),
    format: 'der',
    type: 'pkcs8',
  });

test('node signs and verifies alike', () => {
  fc.assert(
    fc.property(bytes(32), fc.uint8Array({ maxLength: 200 }), (key, message) => {
      const signature = signEd25519(message, key);
      expect(signature).toEqual(sign(null, message, pkcs8(key)));
      expect(verify(null, message, createPublicKey(pkcs8(key)), signature)).toBe(true);
      expect(verifyEd25519(message, signature, publicKeyOf(key))).toBe(true);
      expect(rulesOutEd25519(message, signature, publicKeyOf(key))).toBe(false);
    }),
    { seed, numRuns: 40 },
  );
});

test('one flipped bit anywhere fails, and is ruled out', () => {
  fc.assert(
    fc.property(bytes(32), fc.uint8Array({ minLength: 1, maxLength: 50 }), fc.nat(), (key, message, at) => {
      const parts = [Buffer.from(message), signEd25519(message, key), publicKeyOf(key)] as const;
      const bit = at % (parts.reduce((sum, part) => sum + part.length, 0) * 8);
      let offset = bit >> 3;
      for (const part of parts) {
        if (offset >= 0 && offset < part.length) part[offset]! ^= 1 << (bit & 7);
        offset -= part.length;
      }
      expect(verifyEd25519(...parts)).toBe(false);
      expect(rulesOutEd25519(...parts)).toBe(true);
    }),
    { seed, numRuns: 60 },
  );
});
