import { createHmac, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { type DomainPrf, derivePrf, type Normalization, readKeyBytes } from '../../src/crypto/prf.ts';

const key = Buffer.from('0123456789abcdef0123456789abcdef');

function digestColumn(prf: DomainPrf, values: readonly string[]): Buffer[] {
  const bytes = Buffer.from(values.join(''));
  const sizes = values.map((value) => Buffer.byteLength(value));
  const end = Int32Array.from(
    sizes,
    (
      (at) => (size: number) =>
        (at += size)
    )(0),
  );
  const start = end.map((to, i) => to - sizes[i]!);
  const out = Buffer.alloc(32 * values.length);
  prf.digestColumn({ bytes, start, end, count: values.length }, out);
  return values.map((_, i) => out.subarray(32 * i, 32 * i + 32));
}

describe('derivation', () => {
  test('is HMAC-SHA256 under an HKDF-SHA256 key with the documented info', () => {
    const derived = Buffer.from(hkdfSync('sha256', key, '', 'anon/v1/tokenize/patient/urn:org:u', 32));
    const expected = createHmac('sha256', derived).update('ada').digest();
    expect(derivePrf(key, 'tokenize', 'patient', 'urn:org:u', []).digest('ada')).toEqual(expected);
  });
  test('differs by key, technique, domain and licensee', () => {
    const digests = [
      derivePrf(key, 'tokenize', 'patient', '', []),
      derivePrf(Buffer.alloc(32), 'tokenize', 'patient', '', []),
      derivePrf(key, 'fake', 'patient', '', []),
      derivePrf(key, 'tokenize', 'visit', '', []),
      derivePrf(key, 'tokenize', 'patient', 'urn:org:u', []),
    ].map((prf) => prf.digest('ada').toString('hex'));
    expect(new Set(digests).size).toBe(5);
  });
  test('refuses names that could stand for two pairs', () => {
    expect(() => derivePrf(key, 'tokenize', 'a/b', '', [])).toThrow('hold no /');
    expect(() => derivePrf(key, 'tokenize/a', 'b', '', [])).toThrow('hold no /');
  });
  test('takes a licensee with slashes, which stands last', () => {
    expect(() => derivePrf(key, 'tokenize', 'a', 'https://example.org/u', [])).not.toThrow();
  });
});

describe('normalization', () => {
  test.each<[Normalization[], string, string]>([
    [[], ' Ä ', ' Ä '],
    [['trim'], '\t\u00a0Ada\u2003\n', 'Ada'],
    [['nfc'], 'e\u0301', '\u00e9'],
    [['nfkc'], '\ufb01', 'fi'],
    [['lowercase'], 'ÄDA', 'äda'],
    [['trim', 'nfc', 'lowercase'], ' E\u0301VE ', '\u00e9ve'],
    // U+00A8 is NFKC of a space and U+0308: which step comes first shows.
    [['nfkc', 'trim'], '\u00a8', '\u0308'],
    [['trim', 'nfkc'], '\u00a8', ' \u0308'],
  ])('%j of %j', (steps, text, expected) => {
    const prf = derivePrf(key, 't', 'd', '', steps);
    expect(prf.normalize(text)).toBe(expected);
    expect(digestColumn(prf, [text])).toEqual([derivePrf(key, 't', 'd', '', []).digest(expected)]);
  });

  test('columns give what single values give', () => {
    const steps = fc.uniqueArray(fc.constantFrom<Normalization>('trim', 'nfc', 'nfkc', 'lowercase'));
    const character = fc.constantFrom(
      ...' \t\n\v\f\r\x1c\x1f\0@AZ[`az{\x7f',
      '\u00a0',
      '\ufeff',
      'É',
      'e\u0301',
      'İ',
      'ﬁ',
      '😀',
    );
    const value = fc.oneof(fc.string({ unit: character, maxLength: 80 }), fc.string({ maxLength: 300 }));
    fc.assert(
      fc.property(steps, fc.array(value, { maxLength: 10 }), (normalize, values) => {
        const prf = derivePrf(key, 't', 'd', '', normalize);
        expect(digestColumn(prf, values)).toEqual(values.map((text) => prf.digest(prf.normalize(text))));
      }),
      { seed: 2, numRuns: 500 },
    );
  });
  test('more values than are normalized at once', () => {
    const prf = derivePrf(key, 't', 'd', '', ['trim', 'lowercase']);
    const values = Array.from({ length: 1100 }, (_, i) => ` ${i % 3 === 0 ? 'É' : 'E'}${i} `);
    expect(digestColumn(prf, values)).toEqual(values.map((text) => prf.digest(text.trim().toLowerCase())));
  });
  test('a value longer than any before it', () => {
    const prf = derivePrf(key, 't', 'd', '', ['lowercase']);
    const values = ['A', 'B'.repeat(1000), 'C'.repeat(5000)];
    expect(digestColumn(prf, values)).toEqual(values.map((text) => prf.digest(text.toLowerCase())));
  });
});

describe('key files', () => {
  const bytes = Buffer.from(Array.from({ length: 32 }, (_, i) => 255 - i));
  const text = bytes.toString('base64');
  test('base64 of 32 bytes, with or without a newline', () => {
    expect(readKeyBytes(Buffer.from(text))).toEqual(bytes);
    expect(readKeyBytes(Buffer.from(`${text}\n`))).toEqual(bytes);
  });
  test.each([
    ['raw bytes', bytes],
    ['two newlines', Buffer.from(`${text}\n\n`)],
    ['a carriage return', Buffer.from(`${text}\r\n`)],
    ['no padding', Buffer.from(text.replace('=', ''))],
    ['the URL-safe alphabet', Buffer.from(text.replaceAll('/', '_').replaceAll('+', '-'))],
    ['bits left over', Buffer.from(text.replace(/.=$/, 'B='))],
    ['base64 of 16 bytes', Buffer.from(bytes.subarray(16).toString('base64'))],
    ['16 bytes', bytes.subarray(0, 16)],
  ])('anything else is taken as it is: %s', (_, raw) => {
    expect(readKeyBytes(raw)).toEqual(raw);
  });
  test('fewer than 16 bytes are no key, and are not shown', () => {
    const short = Buffer.from('hunter2-hunter2');
    expect(() => readKeyBytes(short)).toThrow(Failure);
    try {
      readKeyBytes(short);
    } catch (error) {
      expect((error as Failure).diagnostics).toMatchObject([
        { code: 'KEY-FORMAT', message: 'a key needs at least 16 bytes' },
      ]);
      expect(JSON.stringify((error as Failure).diagnostics)).not.toContain('hunter2');
    }
  });
});
