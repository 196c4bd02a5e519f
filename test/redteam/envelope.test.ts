import { describe, expect, it } from 'vitest';
import { pae, parseEnvelope, verifyEnvelope } from '../../src/crypto/dsse.ts';
import { publicKeyOf, signEd25519 } from '../../src/crypto/ed25519.ts';
import { keyIdOf } from '../../src/crypto/keys.ts';
import { envelopeName } from '../../src/release/layout.ts';
import { licensePayloadType } from '../../src/release/statement.ts';
import { type Json, otherSeed, seed } from '../release/sample.ts';
import { answerTo, base64, bundle, enveloped, payload, signedText, withEnvelope } from './attacks.ts';

const text = bundle.get(envelopeName)!.toString();
const sig = (e: Json): Json => e.signatures[0];
const signature = (over: Buffer, by = seed) => base64(signEd25519(over, by));

describe('an envelope is refused', () => {
  const attacks: [what: string, code: string, files: Map<string, Buffer>][] = [
    ['that is empty', 'ENVELOPE', withEnvelope('')],
    ['that is white space', 'ENVELOPE', withEnvelope(' \n')],
    ['that is null', 'ENVELOPE', withEnvelope('null')],
    ['in a list', 'ENVELOPE', withEnvelope(`[${text}]`)],
    ['in a string', 'ENVELOPE', withEnvelope(JSON.stringify(text))],
    ['twice', 'ENVELOPE', withEnvelope(text + text)],
    ['with text behind it', 'ENVELOPE', withEnvelope(`${text}x`)],
    ['with a zero behind it', 'ENVELOPE', withEnvelope(`${text}\0`)],
    ['with a byte order mark', 'ENVELOPE', withEnvelope(`\ufeff${text}`)],
    ['in UTF-16', 'ENVELOPE', withEnvelope(Buffer.from(text, 'utf16le'))],
    ['that breaks off', 'ENVELOPE', withEnvelope(text.slice(0, -3))],
    ['with a comment', 'ENVELOPE', withEnvelope(`/**/${text}`)],
    ['with a comma too many', 'ENVELOPE', withEnvelope(text.replace(/\}\s*$/, ',}'))],
    ['in single quotes', 'ENVELOPE', withEnvelope(text.replaceAll('"', "'"))],
    ['with two payloads', 'ENVELOPE', withEnvelope(text.replace('{', '{"payload":"e30=",'))],
    ['with two payloads, one escaped', 'ENVELOPE', withEnvelope(text.replace('{', '{"p\\u0061yload":"e30=",'))],
    ['with two lists of signatures', 'ENVELOPE', withEnvelope(text.replace('{', '{"signatur\\u0065s":[],'))],
    ['with __proto__', 'ENVELOPE', withEnvelope(text.replace('{', '{"__proto__":{"payload":"e30="},'))],
    ['with __proto__ escaped', 'ENVELOPE', withEnvelope(text.replace('{', '{"__prot\\u006f__":{},'))],
    ['with a lone surrogate', 'ENVELOPE', withEnvelope(text.replace('{', '{"x":"\\ud800",'))],
    ['with -0', 'ENVELOPE', withEnvelope(text.replace('{', '{"x":-0,'))],
    ['with a number beyond a double', 'ENVELOPE', withEnvelope(text.replace('{', '{"x":1e400,'))],
    ['with a number below a double', 'ENVELOPE', withEnvelope(text.replace('{', '{"x":1e-400,'))],
    ['with a number past 2^53', 'ENVELOPE', withEnvelope(text.replace('{', '{"x":9007199254740993,'))],
    ['65 levels deep', 'LIMIT', withEnvelope(text.replace('{', `{"x":${'['.repeat(64)}${']'.repeat(64)},`))],
    ['of a million levels', 'LIMIT', withEnvelope('['.repeat(1_000_000))],
    ['of too many members', 'LIMIT', withEnvelope(text.replace('{', `{"x":[${'0,'.repeat(100_000)}0],`))],
    ['of more than 4 MiB', 'LIMIT', withEnvelope(text + ' '.repeat(4 << 20))],
    ['without a type', 'ENVELOPE', enveloped((e) => delete e.payloadType)],
    ['with a number as type', 'ENVELOPE', enveloped((e) => (e.payloadType = 1))],
    ['with another type', 'PAYLOADTYPE', enveloped((e) => (e.payloadType = 'application/json'))],
    ['with a type in capitals', 'PAYLOADTYPE', enveloped((e) => (e.payloadType = licensePayloadType.toUpperCase()))],
    ['with a parameter of the type', 'PAYLOADTYPE', enveloped((e) => (e.payloadType += '; v=1'))],
    ['signed as trust', 'PAYLOADTYPE', signedText(payload, [seed], 'application/vnd.anon.trust+json')],
    ['signed as context', 'PAYLOADTYPE', signedText(payload, [seed], 'application/vnd.anon.context+json')],
    ['without a payload', 'ENVELOPE', enveloped((e) => delete e.payload)],
    ['with a plain payload', 'ENVELOPE', enveloped((e) => (e.payload = JSON.parse(payload.toString())))],
    ['with another payload', 'SIGNATURE', enveloped((e) => (e.payload = base64('{}')))],
    ['with an empty payload', 'SIGNATURE', enveloped((e) => (e.payload = ''))],
    ['wrapped in another, unsigned', 'SIGNATURE', enveloped((e) => (e.payload = base64(text)))],
    ['wrapped in another, signed', 'SCHEMA', signedText(text)],
    [
      'with a line feed in base64',
      'ENVELOPE',
      enveloped((e) => (e.payload = `${e.payload.slice(0, 76)}\n${e.payload.slice(76)}`)),
    ],
    ['with a space behind base64', 'ENVELOPE', enveloped((e) => (e.payload += ' '))],
    ['with = inside', 'ENVELOPE', enveloped((e) => (e.payload = `e30=${e.payload}`))],
    ['with = too many', 'ENVELOPE', enveloped((e) => (e.payload = `${e.payload.replace(/=+$/, '')}===`))],
    ['with both alphabets', 'ENVELOPE', enveloped((e) => (e.payload = `-_+/${e.payload}`))],
    [
      'with stray bits',
      'ENVELOPE',
      enveloped(
        (e) =>
          (sig(e).sig = sig(e).sig.replace(/.==$/, (end: string) => `${String.fromCharCode(end.charCodeAt(0) + 1)}==`)),
      ),
    ],
    ['with a percent escape', 'ENVELOPE', enveloped((e) => (sig(e).sig = sig(e).sig.replace('==', '%3D%3D')))],
    ['with one character of base64', 'ENVELOPE', enveloped((e) => (sig(e).sig = 'A'))],
    ['without signatures', 'ENVELOPE', enveloped((e) => (e.signatures = []))],
    ['without a list of signatures', 'ENVELOPE', enveloped((e) => (e.signatures = sig(e)))],
    ['with a list of lists', 'ENVELOPE', enveloped((e) => (e.signatures = [e.signatures]))],
    ['with a string as signature', 'ENVELOPE', enveloped((e) => (e.signatures = [sig(e).sig]))],
    ['with null beside the signature', 'ENVELOPE', enveloped((e) => e.signatures.push(null))],
    ['with a malformed one beside the signature', 'ENVELOPE', enveloped((e) => e.signatures.push({ sig: '!' }))],
    ['with a number as keyid', 'ENVELOPE', enveloped((e) => (sig(e).keyid = 1))],
    ['with null as keyid', 'ENVELOPE', enveloped((e) => (sig(e).keyid = null))],
    ['with 17 signatures', 'LIMIT', enveloped((e) => (e.signatures = Array(17).fill(sig(e))))],
    ['with an empty signature', 'SIGNATURE', enveloped((e) => (sig(e).sig = ''))],
    [
      'with a short signature',
      'SIGNATURE',
      enveloped((e) => (sig(e).sig = base64(Buffer.from(sig(e).sig, 'base64').subarray(0, 63)))),
    ],
    [
      'with a long signature',
      'SIGNATURE',
      enveloped((e) => (sig(e).sig = base64(Buffer.concat([Buffer.from(sig(e).sig, 'base64'), Buffer.alloc(1)])))),
    ],
    ['with zeros as signature', 'SIGNATURE', enveloped((e) => (sig(e).sig = base64(Buffer.alloc(64))))],
    [
      'with a signature of the identity',
      'SIGNATURE',
      enveloped((e) => (sig(e).sig = base64(Buffer.concat([Buffer.of(1), Buffer.alloc(63)])))),
    ],
    ['with S + L', 'SIGNATURE', enveloped((e) => (sig(e).sig = malleable(sig(e).sig)))],
    ['with a huge signature', 'SIGNATURE', enveloped((e) => (sig(e).sig = base64(Buffer.alloc(1 << 20))))],
    ['signed over the payload alone', 'SIGNATURE', enveloped((e) => (sig(e).sig = signature(payload)))],
    [
      'signed over base64',
      'SIGNATURE',
      enveloped((e) => (sig(e).sig = signature(pae(licensePayloadType, Buffer.from(e.payload))))),
    ],
    ['signed over another type', 'SIGNATURE', enveloped((e) => (sig(e).sig = signature(pae('x', payload))))],
    [
      'signed as a JWS',
      'SIGNATURE',
      enveloped((e) => (sig(e).sig = signature(Buffer.from(`eyJhbGciOiJFZERTQSJ9.${e.payload}`)))),
    ],
    [
      'signed by another in the name of the issuer',
      'SIGNATURE',
      enveloped((e) => (sig(e).sig = signature(pae(licensePayloadType, payload), otherSeed))),
    ],
    [
      'that brings its own key',
      'SIGNATURE',
      enveloped((e) =>
        Object.assign(sig(e), {
          sig: signature(pae(licensePayloadType, payload), otherSeed),
          keyid: keyIdOf(publicKeyOf(otherSeed)),
          publicKey: publicKeyOf(otherSeed).toString('hex'),
          cert: 'x',
          alg: 'none',
        }),
      ),
    ],
  ];
  it.each(attacks)('%s: %s', async (_, code, files) => expect(await answerTo(files)).toBe(code));
});

describe('an envelope is taken', () => {
  const urlSafe = (value: string) => value.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  const variations: [string, Map<string, Buffer>][] = [
    ['with white space', withEnvelope(` \r\n\t${JSON.stringify(JSON.parse(text), null, '\t')}\r\n`)],
    [
      'with its members in another order',
      withEnvelope(JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).reverse()))),
    ],
    [
      'with escapes',
      withEnvelope(text.replace('"payload"', '"\\u0070ayload"').replace('application/', 'application\\/')),
    ],
    [
      'with unknown members',
      enveloped((e) => Object.assign(e, { alg: 'none', extension: { crit: ['x'] }, constructor: 1, toString: null })),
    ],
    ['with unknown members of a signature', enveloped((e) => (sig(e).cert = 'x'))],
    [
      'in URL-safe base64 without padding',
      enveloped((e) => Object.assign(e, { payload: urlSafe(e.payload), signatures: [{ sig: urlSafe(sig(e).sig) }] })),
    ],
    ['without a keyid', enveloped((e) => delete sig(e).keyid)],
    ['with an empty keyid', enveloped((e) => (sig(e).keyid = ''))],
    ['with the keyid of another', enveloped((e) => (sig(e).keyid = keyIdOf(publicKeyOf(otherSeed))))],
    ['with the same signature 16 times', enveloped((e) => (e.signatures = Array(16).fill(sig(e))))],
    [
      'with wrong signatures beside the good one',
      enveloped((e) => e.signatures.unshift({ sig: '' }, { sig: base64(Buffer.alloc(64)) })),
    ],
    [
      'with a decimal point where an integer stands',
      signedText(payload.toString().replace('"threshold":0', '"threshold":0.0')),
    ],
    ['with white space in the statement', signedText(JSON.stringify(JSON.parse(payload.toString()), null, 2))],
  ];
  it.each(variations)('%s', async (_, files) => expect(await answerTo(files)).toBe('allow'));
});

/** RFC 8032 §5.1.7: S + L would verify too where S < L is not asked for. */
function malleable(text: string): string {
  const bytes = Buffer.from(text, 'base64');
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const s = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString('hex')}`) + order;
  const more = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse();
  return base64(Buffer.concat([bytes.subarray(0, 32), more]));
}

it('an envelope of many strangers over much is given up', () => {
  const envelope = parseEnvelope(enveloped((e) => (e.signatures = Array(16).fill(sig(e)))).get(envelopeName)!);
  const strangers = Array.from({ length: 64 }, (_, i) => {
    const publicKey = publicKeyOf(Buffer.alloc(32, i + 100));
    return { principal: `${i}`, keyId: keyIdOf(publicKey), publicKey };
  });
  expect(verifyEnvelope(envelope, strangers)).toEqual([]);
  const large = { ...envelope, payload: Buffer.alloc(3 << 20) };
  expect(() => verifyEnvelope(large, strangers)).toThrow('more signatures than can be tried');
  expect(verifyEnvelope({ ...large, signatures: large.signatures.slice(0, 1) }, strangers)).toEqual([]);
});
