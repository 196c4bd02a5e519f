import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import {
  type Envelope,
  pae,
  parseEnvelope,
  signEnvelope,
  type VerificationKey,
  verifyEnvelope,
} from '../../src/crypto/dsse.ts';
import { publicKeyOf, signEd25519 } from '../../src/crypto/ed25519.ts';
import { keyIdOf } from '../../src/crypto/keys.ts';

const type = 'application/vnd.in-toto+json';
const [ann, bob, eve] = [1, 2, 3].map((byte) => Buffer.alloc(32, byte)) as [Buffer, Buffer, Buffer];

function trusted(seed: Buffer, principal: string): VerificationKey {
  const publicKey = publicKeyOf(seed);
  return { principal, keyId: keyIdOf(publicKey), publicKey };
}

const keys = [trusted(ann, 'ann'), trusted(bob, 'bob')];
const principals = (envelope: Envelope, of = keys) => verifyEnvelope(envelope, of).map((key) => key.principal);
const parse = (text: string) => parseEnvelope(Buffer.from(text));

function refusal(text: string): Failure {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

test('the encoding that is signed, as in the DSSE 1.0 protocol text', () => {
  const encoded = pae('http://example.com/HelloWorld', Buffer.from('hello world'));
  expect(encoded.toString()).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
  expect(pae('é', Buffer.alloc(0)).toString()).toBe('DSSEv1 2 é 0 ');
});

test('two contents are never encoded alike', () => {
  const part = fc.string({ unit: fc.constantFrom('a', ' ', '1', '2', 'é'), maxLength: 6 });
  fc.assert(
    fc.property(part, part, part, part, (type1, body1, type2, body2) => {
      const same = type1 === type2 && body1 === body2;
      expect(pae(type1, Buffer.from(body1)).equals(pae(type2, Buffer.from(body2)))).toBe(same);
    }),
    { seed: 20261121, numRuns: 500 },
  );
});

test('what is signed is read back and verifies', () => {
  const payload = Buffer.from('{"a":1}');
  const text = signEnvelope(type, payload, [bob, ann]);
  expect(text).toBe(signEnvelope(type, payload, [bob, ann]));
  expect(text.endsWith('}\n')).toBe(true);
  const envelope = parse(text);
  expect(envelope.payloadType).toBe(type);
  expect(envelope.payload).toEqual(payload);
  expect(envelope.signatures.map((s) => s.keyid)).toEqual([keys[1]!.keyId, keys[0]!.keyId]);
  expect(principals(envelope)).toEqual(['bob', 'ann']);
  expect(principals(envelope, [keys[0]!])).toEqual(['ann']);
  expect(principals(envelope, [trusted(eve, 'eve')])).toEqual([]);
  expect(principals({ ...envelope, payloadType: `${type}x` })).toEqual([]);
  expect(principals({ ...envelope, payload: Buffer.from('{"a":2}') })).toEqual([]);
});

test('keyid is a hint: missing, unknown and wrong ones do not matter', () => {
  const { signatures, ...rest } = parse(signEnvelope(type, Buffer.from('x'), [ann]));
  const { sig } = signatures[0]!;
  for (const keyid of ['', 'unknown', keys[1]!.keyId])
    expect(principals({ ...rest, signatures: [{ keyid, sig }] })).toEqual(['ann']);
  expect(principals({ ...rest, signatures: [{ sig }] })).toEqual(['ann']);
});

test('a signature that does not verify is not counted and harms no other', () => {
  const { signatures, ...rest } = parse(signEnvelope(type, Buffer.from('x'), [ann]));
  const broken = Buffer.from(signatures[0]!.sig);
  broken[5]! ^= 1;
  const odd = [Buffer.alloc(0), Buffer.alloc(63), Buffer.alloc(64), Buffer.alloc(65), broken].map((sig) => ({ sig }));
  expect(principals({ ...rest, signatures: odd })).toEqual([]);
  expect(principals({ ...rest, signatures: [...odd, ...signatures] })).toEqual(['ann']);
});

test('principals are counted, not signatures or keys', () => {
  const envelope = parse(signEnvelope(type, Buffer.from('x'), [ann, ann, bob, eve]));
  expect(principals(envelope)).toEqual(['ann', 'bob']);
  expect(principals(envelope, [...keys, trusted(eve, 'ann')])).toEqual(['ann', 'bob']);
  // One key that two principals claim is one signer, however often it signs.
  expect(principals(envelope, [trusted(ann, 'ann'), trusted(ann, 'alias')])).toEqual(['ann']);
});

const sig = Buffer.alloc(64, 1).toString('base64');
const envelopeText = (members: object) =>
  JSON.stringify({ payloadType: 't', payload: 'eA==', signatures: [{ sig }], ...members });

test('unknown members are allowed, and all forms of base64', () => {
  expect(parse(envelopeText({ extra: [1], signatures: [{ sig, cert: 'x' }] })).payload.toString()).toBe('x');
  expect(parse(envelopeText({ payload: 'eA' })).payload.toString()).toBe('x');
  expect(parse(envelopeText({ payload: '_-8' })).payload).toEqual(parse(envelopeText({ payload: '/+8=' })).payload);
  expect(parse(envelopeText({ payload: '' })).payload).toHaveLength(0);
});

const malformed: Record<string, string> = {
  'no JSON': 'envelope',
  'an empty file': '',
  'a list': '[]',
  null: 'null',
  'text after it': `${envelopeText({})}{}`,
  'a name twice': '{"payloadType":"t","payload":"eA==","payload":"eQ==","signatures":[{"sig":""}]}',
  'a name twice, escaped': '{"payloadType":"t","payload":"eA==","p\\u0061yload":"eQ==","signatures":[{"sig":""}]}',
  'no payloadType': envelopeText({ payloadType: undefined }),
  'payloadType of another type': envelopeText({ payloadType: 1 }),
  'no payload': envelopeText({ payload: undefined }),
  'payload of another type': envelopeText({ payload: { a: 1 } }),
  'payload with white space': envelopeText({ payload: 'eA ==' }),
  'payload with a newline': envelopeText({ payload: 'eA==\n' }),
  'payload with stray bits': envelopeText({ payload: 'eB==' }),
  'payload with inner padding': envelopeText({ payload: 'eA==eA==' }),
  'payload of both alphabets': envelopeText({ payload: '_+8=' }),
  'no signatures': envelopeText({ signatures: undefined }),
  'zero signatures': envelopeText({ signatures: [] }),
  'signatures of another type': envelopeText({ signatures: { sig } }),
  'a signature of another type': envelopeText({ signatures: [sig] }),
  'null as a signature': envelopeText({ signatures: [{ sig }, null] }),
  'a signature without sig': envelopeText({ signatures: [{ keyid: 'x' }] }),
  'a signature that is not base64': envelopeText({ signatures: [{ sig: `${sig}*` }] }),
  'keyid of another type': envelopeText({ signatures: [{ sig, keyid: null }] }),
};

test.each(Object.entries(malformed))('%s is malformed', (_, text) => {
  expect(refusal(text).code).toBe('ENVELOPE');
});

test('the place of a defect, never its content', () => {
  expect(refusal(envelopeText({ signatures: [{ sig }, { sig: 'secret!' }] })).diagnostics[0]).toEqual({
    code: 'ENVELOPE',
    message: '`sig` is not base64',
    place: { field: 'signatures[1]' },
  });
  expect(refusal('{\n"a":x}').diagnostics[0]!.place).toEqual({ line: 2, column: 5 });
});

test('limits: 4 MiB, 16 signatures, depth of metadata', () => {
  const signatures = (count: number) => envelopeText({ signatures: Array.from({ length: count }, () => ({ sig })) });
  expect(parse(signatures(16)).signatures).toHaveLength(16);
  expect(refusal(signatures(17)).code).toBe('LIMIT');
  const room = (4 << 20) - envelopeText({ payload: '' }).length;
  const full = envelopeText({ payload: 'A'.repeat(room - (room % 4)) }).padEnd(4 << 20);
  expect(parse(full).payload).toHaveLength(Math.floor(room / 4) * 3);
  expect(refusal(`${full} `).code).toBe('LIMIT');
  expect(refusal(`{"x":${'['.repeat(64)}`).code).toBe('LIMIT');
});

test('the one signer is found among 64 keys and forged signatures', () => {
  const payload = Buffer.alloc(1000, 1);
  const many = Array.from({ length: 64 }, (_, i) => trusted(Buffer.alloc(32, 100 + i), `p${i}`));
  const forged = Array.from({ length: 16 }, (_, i) => ({ sig: signEd25519(Buffer.of(i), eve) }));
  const honest = parse(signEnvelope(type, payload, [Buffer.alloc(32, 163)])).signatures[0]!;
  expect(
    principals({ payloadType: type, payload, signatures: [...forged.slice(1), { sig: honest.sig }] }, many),
  ).toEqual(['p63']);
});
