import { execFileSync, spawnSync } from 'node:child_process';
import {
  createCipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  scryptSync,
} from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { derElement, tags } from '../../src/crypto/der.ts';
import { publicKeyOf } from '../../src/crypto/ed25519.ts';
import {
  isEncryptedPem,
  keyIdOf,
  parsePrivatePem,
  parsePublicPem,
  writePrivatePem,
  writePublicPem,
} from '../../src/crypto/keys.ts';
import { readPem, writePem } from '../../src/crypto/pem.ts';

const seed = Buffer.from('d4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842', 'hex');
const passphrase = Buffer.from('correct horse');
const encryption = { passphrase, salt: Buffer.alloc(16, 0x5a), iv: Buffer.alloc(16, 0xa5) };
const encrypted = writePrivatePem(seed, encryption);
const key32 = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));

function refusal(parse: () => unknown): string {
  try {
    parse();
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
  return 'accepted';
}

const pkcs8 = (body: string) => `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----\n`;
const rfc8410 = {
  public:
    '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n',
  private: pkcs8('MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC'),
  /** Version 2, with an attribute and the public key. */
  withPublic: pkcs8(
    'MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\noB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB\nZ9w7lshQhqowtrbLDFw4rXAxZuE=',
  ),
};

test('RFC 8410 §10: the example keys', () => {
  expect(parsePrivatePem(rfc8410.private)).toEqual(seed);
  expect(parsePrivatePem(rfc8410.withPublic)).toEqual(seed);
  expect(parsePublicPem(rfc8410.public)).toEqual(publicKeyOf(seed));
  expect(writePrivatePem(seed)).toBe(rfc8410.private);
  expect(writePublicPem(publicKeyOf(seed))).toBe(rfc8410.public);
});

test('the key id is the digest of the SPKI that node writes', () => {
  const { publicKey } = generateKeyPairSync('ed25519');
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  expect(keyIdOf(spki.subarray(-32))).toBe(createHash('sha256').update(spki).digest('hex'));
});

test('node reads what we write, and we what node writes', () => {
  fc.assert(
    fc.property(key32, (key) => {
      const [privatePem, publicPem] = [writePrivatePem(key), writePublicPem(publicKeyOf(key))];
      const node: KeyObject = createPrivateKey(privatePem);
      expect(node.export({ type: 'pkcs8', format: 'pem' })).toBe(privatePem);
      expect(createPublicKey(node).export({ type: 'spki', format: 'pem' })).toBe(publicPem);
      expect(createPublicKey(publicPem).asymmetricKeyType).toBe('ed25519');
      expect(parsePrivatePem(privatePem)).toEqual(key);
      expect(parsePublicPem(publicPem)).toEqual(publicKeyOf(key));
    }),
    { seed: 20261121, numRuns: 30 },
  );
});

test('under a passphrase: node opens it, and we do; it tells nothing without', () => {
  expect(isEncryptedPem(encrypted)).toBe(true);
  expect(isEncryptedPem(rfc8410.private)).toBe(false);
  expect(parsePrivatePem(encrypted, passphrase)).toEqual(seed);
  expect(createPrivateKey({ key: encrypted, passphrase }).export({ type: 'pkcs8', format: 'pem' })).toBe(
    rfc8410.private,
  );
  expect(readPem(encrypted)!.der.includes(seed)).toBe(false);
  expect(writePrivatePem(seed, encryption)).toBe(encrypted);
  expect(writePrivatePem(seed, { ...encryption, salt: Buffer.alloc(16) })).not.toBe(encrypted);
  expect(() => writePrivatePem(seed, { ...encryption, salt: Buffer.alloc(8) })).toThrow(RangeError);
});

test('no passphrase, a wrong one, an empty one', () => {
  expect(refusal(() => parsePrivatePem(encrypted))).toBe('KEY-PASSPHRASE');
  for (const wrong of ['correct horsf', 'correct horse\n', '']) {
    expect(refusal(() => parsePrivatePem(encrypted, Buffer.from(wrong)))).toBe('KEY-PASSPHRASE');
  }
  expect(parsePrivatePem(rfc8410.private, passphrase)).toEqual(seed);
});

/** An encrypted key file of the given scrypt parameters; its content is noise. */
function withScrypt(cost: readonly number[], more: { ivBytes?: number; blocks?: Buffer } = {}): string {
  const oid = (text: string) => derElement(tags.oid, Buffer.from(text, 'hex'));
  const integer = (value: number) =>
    derElement(
      tags.integer,
      Buffer.from(
        value
          .toString(16)
          .padStart(10, '0')
          .replace(/^(00)+(?=[0-7]|0$)/, ''),
        'hex',
      ),
    );
  const sequence = (...parts: Buffer[]) => derElement(tags.sequence, ...parts);
  const scrypt = sequence(
    oid('2b06010401da47040b'),
    sequence(derElement(tags.octets, Buffer.alloc(16)), ...cost.map(integer)),
  );
  const cipher = sequence(oid('60864801650304012a'), derElement(tags.octets, Buffer.alloc(more.ivBytes ?? 16)));
  const scheme = sequence(oid('2a864886f70d01050d'), sequence(scrypt, cipher));
  const der = sequence(scheme, derElement(tags.octets, more.blocks ?? Buffer.alloc(64)));
  return writePem({ label: 'ENCRYPTED PRIVATE KEY', der });
}

test('scrypt parameters are bounded before any work', () => {
  const code = (...cost: number[]) => refusal(() => parsePrivatePem(withScrypt(cost), passphrase));
  expect(code(16, 1, 1)).toBe('KEY-PASSPHRASE');
  expect(code(16, 1, 1, 32)).toBe('KEY-PASSPHRASE');
  expect(code(131_072, 8, 1)).toBe('KEY-PASSPHRASE');
  const refused = [
    [262_144, 8, 1],
    [16, 2 ** 30, 1],
    [16_384, 8, 33],
    [2, 1, 2 ** 30],
    [15, 8, 1],
    [1, 8, 1],
    [0, 8, 1],
    [16, 0, 1],
    [16, 1, 0],
    [16, 1, 1, 16],
    [16, 1],
    [16, 1, 1, 32, 32],
    [2 ** 31, 1, 1],
  ];
  for (const cost of refused) expect(code(...cost), String(cost)).toBe('KEY-FORMAT');
});

test('cipher text and initialization vector of impossible lengths', () => {
  const code = (more: Parameters<typeof withScrypt>[1]) =>
    refusal(() => parsePrivatePem(withScrypt([16, 1, 1], more), passphrase));
  expect(code({ ivBytes: 8 })).toBe('KEY-FORMAT');
  expect(code({ blocks: Buffer.alloc(0) })).toBe('KEY-FORMAT');
  expect(code({ blocks: Buffer.alloc(63) })).toBe('KEY-FORMAT');
});

test('good padding around something else is a wrong passphrase too', () => {
  const cipher = createCipheriv(
    'aes-256-cbc',
    scryptSync(passphrase, Buffer.alloc(16), 32, { N: 16, r: 1, p: 1 }),
    Buffer.alloc(16),
  );
  const blocks = Buffer.concat([cipher.update('neither DER nor a key'), cipher.final()]);
  expect(refusal(() => parsePrivatePem(withScrypt([16, 1, 1], { blocks }), passphrase))).toBe('KEY-PASSPHRASE');
});

test('keys of other algorithms, labels and schemes are KEY-FORMAT', () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const x25519 = generateKeyPairSync('x25519');
  const own = createPrivateKey(rfc8410.private);
  const pbkdf2 = own.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase });
  const privates = [
    ec.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    ec.privateKey.export({ type: 'sec1', format: 'pem' }),
    x25519.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    pbkdf2,
    rfc8410.public,
    '',
  ];
  for (const pem of privates) expect(refusal(() => parsePrivatePem(String(pem), passphrase))).toBe('KEY-FORMAT');
  const publics = [
    ec.publicKey.export({ type: 'spki', format: 'pem' }),
    x25519.publicKey.export({ type: 'spki', format: 'pem' }),
    rfc8410.private,
    '',
  ];
  for (const pem of publics) expect(refusal(() => parsePublicPem(String(pem)))).toBe('KEY-FORMAT');
});

test('public keys of small order and not canonical are refused', () => {
  for (const key of [Buffer.alloc(32), Buffer.alloc(32, 0xff), Buffer.from('01'.padEnd(64, '0'), 'hex')]) {
    expect(refusal(() => parsePublicPem(writePublicPem(key)))).toBe('KEY-FORMAT');
  }
});

test('a private key whose public key is another is refused', () => {
  const { label, der } = readPem(rfc8410.withPublic)!;
  const swapped = Buffer.concat([der.subarray(0, -32), publicKeyOf(Buffer.alloc(32, 1))]);
  expect(refusal(() => parsePrivatePem(writePem({ label, der: swapped })))).toBe('KEY-FORMAT');
});

test('a changed byte of a public or plain private key never passes for the same kind of file', () => {
  const files = [
    [readPem(rfc8410.public)!, 12, parsePublicPem] as const,
    [readPem(rfc8410.private)!, 16, (text: string) => parsePrivatePem(text)] as const,
  ];
  for (const [{ label, der }, head, parse] of files) {
    for (let i = 0; i < head; i++) {
      const changed = Buffer.from(der);
      changed[i]! ^= 0x01;
      expect(
        refusal(() => parse(writePem({ label, der: changed }))),
        `${label} ${i}`,
      ).toBe('KEY-FORMAT');
    }
    for (const wrong of [der.subarray(0, -1), Buffer.concat([der, Buffer.of(0)])]) {
      expect(refusal(() => parse(writePem({ label, der: wrong })))).toBe('KEY-FORMAT');
    }
  }
});

test('messages hold nothing of the key', () => {
  const damaged = rfc8410.private.replace('MC4C', 'MC4D');
  try {
    parsePrivatePem(damaged);
    expect.unreachable();
  } catch (error) {
    expect(String((error as Failure).message)).not.toMatch(/[A-Za-z0-9+/]{20}/);
  }
});

const openssl = spawnSync('openssl', ['version']);
if (openssl.status !== 0) console.warn('openssl is not on PATH: its reading of our keys is not tested');

test.skipIf(openssl.status !== 0)('openssl opens our keys, and we those that it writes', () => {
  const run = (args: string[], input: string) =>
    execFileSync('openssl', args, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });
  expect(run(['pkey'], rfc8410.private)).toBe(rfc8410.private);
  expect(run(['pkey', '-passin', 'pass:correct horse'], encrypted)).toBe(rfc8410.private);
  expect(run(['pkey', '-pubin', '-pubout'], writePublicPem(publicKeyOf(seed)))).toBe(rfc8410.public);
  const scrypt = run(['pkcs8', '-topk8', '-scrypt', '-passout', 'pass:correct horse'], rfc8410.private);
  expect(parsePrivatePem(scrypt, passphrase)).toEqual(seed);
  const pbkdf2 = run(['pkcs8', '-topk8', '-passout', 'pass:correct horse'], rfc8410.private);
  expect(refusal(() => parsePrivatePem(pbkdf2, passphrase))).toBe('KEY-FORMAT');
  const fresh = run(['genpkey', '-algorithm', 'ed25519'], '');
  expect(run(['pkey', '-pubout'], fresh)).toBe(writePublicPem(publicKeyOf(parsePrivatePem(fresh))));
});

test('a public key in the place of a private one is named as such', () => {
  const pem = writePublicPem(publicKeyOf(seed));
  expect(() => parsePrivatePem(pem)).toThrow('the file holds a public key, with which nobody signs');
});
