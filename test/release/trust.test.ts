import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { parseInstant } from '../../src/base/time.ts';
import { publicKeyOf } from '../../src/crypto/ed25519.ts';
import { checkTrustTime, isValidAt, keysIn, parseTrust, trustOfKey } from '../../src/release/trust.ts';
import type { Json } from './sample.ts';
import { keyFor, principal, trustBytes, trustContent, trustFile } from './trusted.ts';

const now = parseInstant('2026-12-01T00:00:00Z')!;
const minute = 60_000;

function failureOf(action: () => unknown): Failure {
  try {
    action();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a trust file', () => {
  it('names principals, their keys and roles', () => {
    const { trust, sha256 } = trustFile();
    expect(trust).toMatchObject({ version: 1, thresholds: { root: 1, approver: 0 } });
    expect([...trust.principals.keys()]).toHaveLength(8);
    expect(keysIn(trust, 'approver', now).map(({ principal }) => principal)).toEqual([
      'urn:steward',
      'urn:steward',
      'urn:second',
    ]);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  const changes: [string, RegExp, (content: Json) => unknown][] = [
    ['an unknown member', /unrecognized|Unrecognized/i, (c) => (c.threshold = 1)],
    ['an unknown role', /roles/, (c) => (c.principals['urn:ada'].roles = ['admin'])],
    ['a role twice', /roles/, (c) => (c.principals['urn:ada'].roles = ['root', 'root'])],
    ['an unknown member of a principal', /urn:ada/, (c) => (c.principals['urn:ada'].admin = true)],
    ['an unknown threshold', /thresholds/, (c) => (c.thresholds.issuer = 1)],
    ['a threshold of zero roots', /thresholds.root/, (c) => (c.thresholds.root = 0)],
    ['more roots asked for than there are', /thresholds.root/, (c) => (c.thresholds.root = 3)],
    ['no roots', /thresholds.root/, (c) => (c.principals = { 'urn:x': principal('x', ['issuer']) })],
    ['a key with two principals', /twice/, (c) => (c.principals['urn:mallory'] = principal('i', ['approver']))],
    ['a key twice with one principal', /twice/, (c) => (c.principals['urn:ada'] = principal('aa', ['root']))],
    [
      'a key twice, written differently',
      /twice/,
      (c) => (c.principals['urn:x'].keys = [{ pem: keyFor('a').pem.replaceAll('\n', '\r\n') }]),
    ],
    ['a principal without keys', /keys/, (c) => (c.principals['urn:ada'].keys = [])],
    ['version 0', /version/, (c) => (c.version = 0)],
    ['half a version', /version/, (c) => (c.version = 1.5)],
    ['an end before its beginning', /expires/, (c) => (c.expires = c.issued)],
    ['a time with fractions', /issued/, (c) => (c.issued = '2026-01-01T00:00:00.5Z')],
    ['an offset', /expires/, (c) => (c.expires = '2027-01-01T00:00:00+01:00')],
    [
      'a window that ends before it begins',
      /until/,
      (c) => {
        c.principals['urn:ada'].keys[0] = { ...c.principals['urn:ada'].keys[0], from: c.expires, until: c.issued };
      },
    ],
    ['a direction override in a name', /name/, (c) => (c.principals['urn:ada'].name = 'a\u202eb')],
    ['an escape sequence in an id', /record|key/i, (c) => (c.principals['a\u001b[2J'] = principal('z', ['issuer']))],
    [
      'more than 64 keys',
      /64/,
      (c) => {
        for (let i = 0; i < 65; i++) c.principals[`urn:${i}`] = principal(String.fromCodePoint(0x100 + i), ['issuer']);
      },
    ],
    ...[
      '',
      'x',
      `# me\n${keyFor('x').pem}`,
      keyFor('x').pem.repeat(2),
      keyFor('x').pem.replace('PUBLIC', 'PRIVATE'),
    ].map((pem): [string, RegExp, (content: Json) => unknown] => [
      `${JSON.stringify(pem.slice(0, 12))}… for a key`,
      /pem/,
      (c) => (c.principals['urn:x'] = { name: 'x', keys: [{ pem }], roles: ['issuer'] }),
    ]),
    [
      'the key of an algorithm that is not Ed25519',
      /pem/,
      (c) => {
        const pem =
          '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEMKBCTNIcKUSDii11ySs3526iDZ8A\niTo7Tu6KPAqv7D7gS2XpJFbZiItSs3m9+9Ue6GnvHw/GW2ZZaVtszggXIw==\n-----END PUBLIC KEY-----\n';
        c.principals['urn:x'] = { name: 'x', keys: [{ pem }], roles: ['issuer'] };
      },
    ],
  ];
  it.each(changes)('with %s is refused', (_, message, change) => {
    const content = trustContent((c) => {
      c.principals['urn:x'] = principal('y', ['issuer']);
      change(c);
    });
    const failure = failureOf(() => parseTrust(trustBytes(content)));
    expect([failure.code, failure.exit]).toEqual(['TRUST-FORMAT', 2]);
    expect(failure.message).toMatch(message);
    expect(failure.message).not.toMatch(/MCowBQ|\u001b|\u202e/);
  });

  it.each([
    ['a duplicate member by an escape', '{"version":1,"v\\u0065rsion":2}'],
    ['__proto__', '{"__proto__":{}}'],
    ['a list', '[]'],
    ['nothing', ''],
    ['a deep document', '['.repeat(65) + ']'.repeat(65)],
  ])('that holds %s is refused', (_, payload) => {
    expect(failureOf(() => parseTrust(trustBytes(payload))).code).toBe('TRUST-FORMAT');
  });

  it('in an envelope of another type is refused', () => {
    const failure = failureOf(() => parseTrust(trustBytes(trustContent(), 'a', 'application/vnd.in-toto+json')));
    expect(failure.code).toBe('TRUST-FORMAT');
    expect(failureOf(() => parseTrust(Buffer.from(JSON.stringify(trustContent())))).code).toBe('TRUST-FORMAT');
  });

  it('of hostile size is read or refused within seconds', () => {
    const begin = performance.now();
    const pem = keyFor('x').pem;
    const keys = Array.from({ length: 20_000 }, () => ({ pem, from: 'x' }));
    const content = trustContent((c) => (c.principals['urn:x'] = { name: 'x', keys, roles: ['issuer'] }));
    const failure = failureOf(() => parseTrust(trustBytes(content)));
    expect(failure.diagnostics.length).toBeLessThanOrEqual(50);
    expect(performance.now() - begin).toBeLessThan(10_000);
  });

  it('is in force from its beginning on, by the skew of clocks, to before its end', () => {
    const { trust } = trustFile();
    const at =
      (instant: string, ms = 0) =>
      () =>
        checkTrustTime(trust, parseInstant(instant)! + ms);
    expect(at('2025-12-31T23:55:00Z')).not.toThrow();
    expect(failureOf(at('2025-12-31T23:55:00Z', -1)).code).toBe('CLOCK');
    expect(at('2027-12-31T00:00:00Z', -1)).not.toThrow();
    expect(failureOf(at('2027-12-31T00:00:00Z')).code).toBe('TRUST');
  });
});

describe('a key', () => {
  it('is valid from its beginning on, by the skew of clocks, to before its end', () => {
    const { trust } = trustFile((c) => {
      c.principals['urn:ada'].keys[0] = {
        pem: keyFor('a').pem,
        from: '2026-12-01T00:00:00Z',
        until: '2026-12-02T00:00:00Z',
      };
    });
    const [key] = trust.principals.get('urn:ada')!.keys;
    expect([-6, -5, 0, 24 * 60 - 1, 24 * 60].map((minutes) => isValidAt(key!, now + minutes * minute))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it('alone is that of an issuer and of nobody else', () => {
    const trust = trustOfKey(publicKeyOf(keyFor('i').seed));
    expect(checkTrustTime(trust, now).detail).toBe('one key, as issuer');
    for (const role of ['root', 'approver', 'revoker', 'auditor', 'recipient'] as const)
      expect(keysIn(trust, role, null)).toEqual([]);
    expect(keysIn(trust, 'issuer', now)).toHaveLength(1);
  });
});
