import { createPublicKey } from 'node:crypto';
import { dsse } from '@sigstore/core';
import { DSSESignatureContent } from '@sigstore/verify/dist/bundle/dsse.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addSignature, pae, parseEnvelope, signEnvelope, verifyEnvelope } from '../../src/crypto/dsse.ts';
import { writePublicPem } from '../../src/crypto/keys.ts';
import { keyOf, otherSeed, sampleBundle, seed } from '../release/sample.ts';

/** What @sigstore/verify, of npm's provenance, makes of the signature at `index` of our envelope. */
function sigstoreAccepts(envelope: Buffer, publicKey: Buffer, index = 0): boolean {
  const { payloadType, payload, signatures } = JSON.parse(envelope.toString());
  const { keyid, sig } = signatures[index];
  const content = new DSSESignatureContent({
    payloadType,
    payload: Buffer.from(payload, 'base64'),
    signatures: [{ keyid, sig: Buffer.from(sig, 'base64') }],
  });
  return content.verifySignature(createPublicKey(writePublicPem(publicKey)));
}

describe('sigstore', () => {
  test('encodes what is signed as anon does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.uint8Array(), (type, body) => {
        expect(pae(type, body)).toEqual(dsse.preAuthEncoding(type, Buffer.from(body)));
      }),
    );
  });

  test('accepts the envelope of a bundle by the key that signed it, and by no other', () => {
    const envelope = sampleBundle().get('license.intoto.json')!;
    expect(sigstoreAccepts(envelope, keyOf(seed).publicKey)).toBe(true);
    expect(sigstoreAccepts(envelope, keyOf(otherSeed).publicKey)).toBe(false);
    const changed = JSON.parse(envelope.toString());
    changed.payloadType = 'application/vnd.anon.trust+json';
    expect(sigstoreAccepts(Buffer.from(JSON.stringify(changed)), keyOf(seed).publicKey)).toBe(false);
  });

  test('accepts an approval beside it', () => {
    const approved = Buffer.from(addSignature(parseEnvelope(sampleBundle().get('license.intoto.json')!), otherSeed));
    expect(sigstoreAccepts(approved, keyOf(seed).publicKey, 0)).toBe(true);
    expect(sigstoreAccepts(approved, keyOf(otherSeed).publicKey, 1)).toBe(true);
    expect(sigstoreAccepts(approved, keyOf(otherSeed).publicKey, 0)).toBe(false);
  });
});

test('a signature that is added leaves the bytes and the others as they were', () => {
  const text = signEnvelope('t', Buffer.from([0, 255]), [seed]);
  const first = parseEnvelope(Buffer.from(text));
  const both = parseEnvelope(Buffer.from(addSignature(first, otherSeed)));
  expect(both.payload).toEqual(first.payload);
  expect(both.signatures[0]).toEqual(first.signatures[0]);
  const keys = [keyOf(seed, 'a'), keyOf(otherSeed, 'b')];
  expect(verifyEnvelope(both, keys).map(({ principal }) => principal)).toEqual(['a', 'b']);
  const hintless = { ...first, signatures: first.signatures.map(({ sig }) => ({ sig })) };
  expect(JSON.parse(addSignature(hintless, otherSeed)).signatures[0]).not.toHaveProperty('keyid');
});
