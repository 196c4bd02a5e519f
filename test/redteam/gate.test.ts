import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../src/base/time.ts';
import { signEnvelope } from '../../src/crypto/dsse.ts';
import { envelopeName } from '../../src/release/layout.ts';
import { licensePayloadType } from '../../src/release/statement.ts';
import { type Json, now, rewritten, sampleBundle, seed, statementOf, use } from '../release/sample.ts';
import { entry, keyFor, principal, revocationsList, trustFile } from '../release/trusted.ts';
import { answerTo, bundle } from './attacks.ts';

/** Of the key that signed the sample: 32 bytes of 7. */
const hospital = (roles: readonly string[]) => principal('\u0007', roles, { name: 'Hospital' });
const id = 'urn:hospital';
const trusting = (change: (c: Json) => unknown = () => {}) =>
  trustFile((c) => {
    c.principals[id] = hospital(['issuer']);
    change(c);
  }).trust;
const trust = trusting();
const signedBy = (files: ReadonlyMap<string, Buffer>, ...seeds: Buffer[]) =>
  new Map([
    ...files,
    [
      envelopeName,
      Buffer.from(signEnvelope(licensePayloadType, Buffer.from(JSON.stringify(statementOf(files))), seeds)),
    ],
  ]);
const seedsOf = (letters: string) => [...letters].map((letter) => keyFor(letter).seed);

describe('the terms against a stated use', () => {
  const terms = (change: (terms: Json) => unknown) => rewritten(bundle, (s) => change(s.predicate.terms));
  const all = terms((t) =>
    Object.assign(t, {
      projects: ['P-17'],
      safeguards: ['EncryptionAtRest', 'Mfa'],
      purposes: ['ScientificResearch', 'AcademicResearch'],
    }),
  );
  const whole = { ...use, user: 'u1', project: 'P-17', safeguards: ['Mfa', 'EncryptionAtRest'] };
  const asked: [what: string, code: string, change: object][] = [
    ['as it is licensed', 'allow', {}],
    ['with a safeguard more', 'allow', { safeguards: ['Mfa', 'EncryptionAtRest', 'x'] }],
    ['in a country of the group', 'allow', { region: 'IS' }],
    ['in another licensed country', 'allow', { region: 'GB' }],
    ...['organization', 'purpose', 'region', 'project'].map((name) => [`without ${name}`, 'TERMS', { [name]: undefined }] as [string, string, object]),
    ['without safeguards', 'TERMS', { safeguards: [] }],
    ['with one safeguard of two', 'TERMS', { safeguards: ['Mfa'] }],
    ['with a safeguard in other letters', 'TERMS', { safeguards: ['mfa', 'EncryptionAtRest'] }],
    ['with safeguards in one word', 'TERMS', { safeguards: ['EncryptionAtRest,Mfa'] }],
    ['by another', 'TERMS', { organization: 'urn:org:other' }],
    ['by the licensee in other letters', 'TERMS', { organization: 'URN:ORG:example-university' }],
    ['by the name of the licensee', 'TERMS', { organization: 'Example University' }],
    ['by a part of the licensee', 'TERMS', { organization: 'urn:org:example' }],
    ['by more than the licensee', 'TERMS', { organization: 'urn:org:example-university/x' }],
    ['for a broader purpose', 'TERMS', { purpose: 'ResearchAndDevelopment' }],
    ['for a sister purpose', 'TERMS', { purpose: 'CommercialResearch' }],
    ['for a purpose in other letters', 'TERMS', { purpose: 'academicresearch' }],
    ['for a purpose that is a member of objects', 'TERMS', { purpose: 'constructor' }],
    ['in a group', 'TERMS', { region: 'EEA' }],
    ['in small letters', 'TERMS', { region: 'de' }],
    ['elsewhere', 'TERMS', { region: 'US' }],
    ['in a territory of a member', 'TERMS', { region: 'AX' }],
    ['in a country that is none', 'TERMS', { region: 'toString' }],
    ['in the UK by its other name', 'TERMS', { region: 'UK' }],
    ['in another project', 'TERMS', { project: 'P-18' }],
    ['in a project in other letters', 'TERMS', { project: 'p-17' }],
    ['to train', 'TERMS', { action: 'train' }],
    ['to reidentify, which is prohibited', 'TERMS', { action: 'reidentify' }],
    ['to do what nobody knows', 'TERMS', { action: 'sell' }],
    ['meant for it', 'allow', { audience: statementOf(all).predicate.id }],
    ['meant for any', 'allow', { audience: '*' }],
    ['meant for another', 'TERMS', { audience: `urn:anon:license:${'0'.repeat(32)}` }],
    ['meant for a pattern', 'TERMS', { audience: 'urn:anon:license:*' }],
    ['over', 'EXPIRED', { expires: '2026-12-01T00:00:00Z' }],
    ['not over', 'allow', { expires: '2026-12-01T00:00:01Z' }],
    ['dated ahead by the skew', 'allow', { issued: '2026-12-01T00:05:00Z' }],
    ['dated ahead by more', 'NOTYET', { issued: '2026-12-01T00:05:01Z' }],
    ['of no time', 'NOTYET', { issued: 'yesterday' }],
    ['that ends at no time', 'EXPIRED', { expires: 'never' }],
  ]; // biome-ignore format: one list
  it.each(asked)('%s: %s', async (_, code, change) => {
    expect(await answerTo(all, { use: { ...whole, ...change } as typeof use })).toBe(code);
  });

  const limits: [string, string, (terms: Json) => unknown, object?][] = [
    ['a user who is not named', 'TERMS', (t) => (t.licensee.users = ['u2']), { user: 'u1' }],
    ['no user where users are named', 'TERMS', (t) => (t.licensee.users = ['u2'])],
    ['no user where users are counted', 'QUOTA', (t) => (t.limits = { users: 1 })],
    ['exports that nobody counts', 'QUOTA', (t) => (t.limits = { exports: 1 })],
    ['data that had to be deleted', 'EXPIRED', (t) => (t.duties = [{ deleteBy: '2026-12-01T00:00:00Z' }])],
    ['a use that is prohibited and permitted', 'TERMS', (t) => (t.prohibitions = ['use'])],
    ['an unsigned use where a key is named', 'TERMS', (t) => (t.licensee.key = 'a'.repeat(64))],
  ];
  it.each(limits)('%s: %s', async (_, code, change, more = {}) =>
    expect(await answerTo(terms(change), { use: { ...use, ...more } })).toBe(code),
  );
});

describe('trust', () => {
  const roles: [string, string, (c: Json) => unknown][] = [
    ['of an issuer', 'allow', () => {}],
    ['of nobody', 'SIGNATURE', (c) => delete c.principals[id]],
    ...['root', 'approver', 'revoker', 'auditor', 'recipient'].map(
      (role) => [`of a ${role}`, 'KEY', (c: Json) => (c.principals[id].roles = [role])] as [string, string, (c: Json) => unknown],
    ),
    ['of an issuer of other data', 'KEY', (c) => (c.principals[id].datasets = ['trials*'])],
    ['of an issuer of this data', 'allow', (c) => (c.principals[id].datasets = ['x', 'patients.*'])],
    ['of an issuer of a part of the name', 'KEY', (c) => (c.principals[id].datasets = ['patients'])],
    ['of an issuer of data in other letters', 'KEY', (c) => (c.principals[id].datasets = ['Patients*'])],
    ['whose key ended', 'KEY', (c) => (c.principals[id].keys[0].until = '2026-12-01T00:00:00Z')],
    ['whose key ends', 'allow', (c) => (c.principals[id].keys[0].until = '2026-12-01T00:00:01Z')],
    ['whose key begins within the skew', 'allow', (c) => (c.principals[id].keys[0].from = '2026-12-01T00:05:00Z')],
    ['whose key begins behind the skew', 'KEY', (c) => (c.principals[id].keys[0].from = '2026-12-01T00:05:01Z')],
    ['that has expired', 'TRUST', (c) => (c.expires = '2026-12-01T00:00:00Z')],
    ['that expires', 'allow', (c) => (c.expires = '2026-12-01T00:00:01Z')],
    ['dated ahead', 'CLOCK', (c) => (c.issued = '2026-12-01T00:05:01Z')],
    ['in whom another is named', 'KEY', (c) => (c.principals['urn:org:example-hospital'] = principal('o', ['issuer']))],
    ['that asks for an approver', 'THRESHOLD', (c) => (c.thresholds.approver = 1)],
  ]; // biome-ignore format: one list
  it.each(roles)('%s: %s', async (_, code, change) =>
    expect(await answerTo(bundle, { trust: trusting(change) })).toBe(code),
  );

  const files: [string, (c: Json) => unknown][] = [
    ['a key of two principals', (c) => (c.principals['urn:x'] = principal('\u0007', ['root'], { name: 'X' }))],
    ['a key twice', (c) => (c.principals[id] = principal('zz', ['issuer']))],
    ['a key twice, with other line ends', (c) => c.principals[id].keys.push({ pem: keyFor('\u0007').pem.replaceAll('\n', '\r\n') })],
    ['more roots to sign than there are', (c) => (c.thresholds.root = 3)],
    ['no root to sign', (c) => (c.thresholds.root = 0)],
    ['no key', (c) => (c.principals[id].keys = [])],
    ['two keys in one', (c) => (c.principals[id].keys[0].pem += keyFor('z').pem)],
    ['text in front of a key', (c) => (c.principals[id].keys[0].pem = `x\n${keyFor('z').pem}`)],
    ['text behind a key', (c) => (c.principals[id].keys[0].pem += 'x')],
    ['a key of small order', (c) => (c.principals[id].keys[0].pem = smallOrder)],
    ['a key that ends before it begins', (c) => Object.assign(c.principals[id].keys[0], { from: '2027-01-01T00:00:00Z', until: '2026-01-01T00:00:00Z' })],
    ['a role that nobody knows', (c) => (c.principals[id].roles = ['admin'])],
    ['no role', (c) => (c.principals[id].roles = [])],
    ['a role twice', (c) => (c.principals[id].roles = ['issuer', 'issuer'])],
    ['a member that nobody knows', (c) => (c.principals[id].admin = true)],
    ['version 0', (c) => (c.version = 0)],
    ['version 1.5', (c) => (c.version = 1.5)],
    ['an end before its beginning', (c) => (c.expires = c.issued)],
    ['a day that there is not', (c) => (c.expires = '2027-02-30T00:00:00Z')],
    ['an escape sequence in a name', (c) => (c.principals[id].name = '\u001b[2J')],
    ['an id with a line feed', (c) => (c.principals['a\nb'] = principal('z', ['issuer']))],
    ['65 keys', (c) => { for (let i = 0; i < 60; i++) c.principals[`urn:${i}`] = principal(String.fromCharCode(0x30 + i), ['auditor']); }],
  ]; // biome-ignore format: one list
  const smallOrder = `-----BEGIN PUBLIC KEY-----\n${Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.of(1), Buffer.alloc(31)]).toString('base64')}\n-----END PUBLIC KEY-----\n`;
  it.each(files)('with %s is no trust file', (_, change) => expect(() => trusting(change)).toThrow());
});

describe('approvals', () => {
  const asking = (threshold: number, distinctFromIssuer = true) =>
    sampleBundle(undefined, { approvals: { threshold, distinctFromIssuer } });
  const approve = (threshold: number, letters: string, more = () => {}, distinct = true) =>
    answerTo(signedBy(asking(threshold, distinct), seed, ...seedsOf(letters)), { trust: trusting(more) });
  it.each<[string, string, number, string, ((c: Json) => unknown)?, boolean?]>([
    ['one of one', 'allow', 1, 'p'],
    ['none of one', 'THRESHOLD', 1, ''],
    ['the issuer alone', 'THRESHOLD', 1, '', (c) => c.principals[id].roles.push('approver')],
    ['the issuer, who may', 'allow', 1, '', (c) => c.principals[id].roles.push('approver'), false],
    [
      "another of the issuer's keys",
      'THRESHOLD',
      1,
      'o',
      (c) => {
        c.principals[id].roles.push('approver');
        c.principals[id].keys.push({ pem: keyFor('o').pem });
      },
    ],
    ['one principal with two keys', 'THRESHOLD', 2, 'ps'],
    ['one signature twice', 'THRESHOLD', 2, 'pp'],
    ['two principals', 'allow', 2, 'pq'],
    ['a stranger', 'THRESHOLD', 1, 'z'],
    ['a revoker', 'THRESHOLD', 1, 'r'],
    ['a root', 'THRESHOLD', 1, 'a'],
    ['a retired key', 'THRESHOLD', 1, 'q', (c) => (c.principals['urn:second'].keys[0].until = '2026-11-01T00:00:00Z')],
    ['sixteen of sixteen', 'THRESHOLD', 16, 'pq'],
  ])('%s: %s', async (_, code, threshold, letters, change = () => {}, distinct = true) => {
    expect(await approve(threshold, letters, change as () => void, distinct)).toBe(code);
  });
  it('by a revoked key do not count', async () => {
    const files = signedBy(asking(1), seed, ...seedsOf('p'));
    const revocations = revocationsList((c) => (c.entries = [entry('key', keyFor('p').id)]));
    expect(await answerTo(files, { trust, revocations })).toBe('THRESHOLD');
  });
});

describe('revocations', () => {
  const required = sampleBundle(undefined, { status: { required: true, maxAge: 'P1D', from: 'revocations.json' } });
  const { predicate, subject } = statementOf(required);
  const key = predicate.issuer.key;
  const withList = (change: (c: Json) => unknown, signers = 'r', maxAgeMs?: number) =>
    answerTo(required, { trust, revocations: revocationsList(change, signers), ...(maxAgeMs && { maxAgeMs }) });
  it.each<[string, string, (c: Json) => unknown, string?, number?]>([
    ['of nothing', 'allow', () => {}],
    ['of another license', 'allow', (c) => (c.entries = [entry('license', `urn:anon:license:${'1'.repeat(32)}`)])],
    ['of the license', 'REVOKED', (c) => (c.entries = [entry('license', predicate.id)])],
    [
      'of the license, reinstated',
      'allow',
      (c) => (c.entries = [entry('license', predicate.id, { reinstated: true })]),
    ],
    [
      'of the license, reinstated and revoked again',
      'REVOKED',
      (c) =>
        (c.entries = [
          entry('license', predicate.id, { reinstated: true }),
          entry('license', predicate.id, { at: '2026-11-02T00:00:00Z' }),
        ]),
    ],
    [
      'of the license, from tomorrow',
      'REVOKED',
      (c) => (c.entries = [entry('license', predicate.id, { at: '2026-12-02T00:00:00Z' })]),
    ],
    [
      'of the license, as superseded',
      'REVOKED',
      (c) => (c.entries = [entry('license', predicate.id, { reason: 'superseded' })]),
    ],
    [
      'of the data',
      'REVOKED',
      (c) => (c.entries = [entry('digest', subject.find((s: Json) => s.name.endsWith('.csv')).digest.sha256)]),
    ],
    [
      'of the report',
      'REVOKED',
      (c) => (c.entries = [entry('digest', subject.find((s: Json) => s.name === 'report.json').digest.sha256)]),
    ],
    ['of the key', 'REVOKED', (c) => (c.entries = [entry('key', key)])],
    [
      'of the key, superseded before',
      'REVOKED',
      (c) => (c.entries = [entry('key', key, { reason: 'superseded', at: '2026-11-21T11:59:59Z' })]),
    ],
    [
      'of the key, superseded after',
      'allow',
      (c) => (c.entries = [entry('key', key, { reason: 'superseded', at: '2026-11-21T12:00:00Z' })]),
    ],
    [
      'of the key, Superseded',
      'REVOKED',
      (c) => (c.entries = [entry('key', key, { reason: 'Superseded', at: '2026-11-22T12:00:00Z' })]),
    ],
    ['of its own signer', 'SIGNATURE', (c) => (c.entries = [entry('key', keyFor('r').id)])],
    ['of its own signer, signed by a second key', 'allow', (c) => (c.entries = [entry('key', keyFor('r').id)]), 't'],
    ['by a stranger', 'SIGNATURE', () => {}, 'z'],
    ['by an issuer', 'SIGNATURE', () => {}, '\u0007'],
    ['by a root', 'SIGNATURE', () => {}, 'a'],
    ['a day old', 'allow', (c) => (c.issued = '2026-11-30T00:00:00Z')],
    ['older than a day', 'STALE', (c) => (c.issued = '2026-11-29T23:59:59Z')],
    ['older than asked for', 'STALE', () => {}, 'r', 3_600_000],
    ['over', 'STALE', (c) => (c.expires = '2026-12-01T00:00:00Z')],
    ['dated ahead by the skew', 'allow', (c) => (c.issued = '2026-12-01T00:05:00Z')],
    ['dated ahead by more', 'CLOCK', (c) => (c.issued = '2026-12-01T00:05:01Z')],
  ])('%s: %s', async (_, code, change, signers = 'r', age = undefined) => {
    expect(await withList(change, signers, age)).toBe(code);
  });
  it('are needed where the license says so', async () => expect(await answerTo(required, { trust })).toBe('STALE'));
  it.each<[string, (c: Json) => unknown]>([
    ['a kind that nobody knows', (c) => (c.entries = [entry('user', 'u1')])],
    ['an id of the wrong kind', (c) => (c.entries = [entry('license', 'a'.repeat(64))])],
    ['a digest in capitals', (c) => (c.entries = [entry('digest', 'A'.repeat(64))])],
    ['an entry twice', (c) => (c.entries = [entry('key', 'a'.repeat(64)), entry('key', 'a'.repeat(64), { reinstated: true })])],
    ['a time that there is not', (c) => (c.entries = [entry('key', 'a'.repeat(64), { at: '2026-02-30T00:00:00Z' })])],
    ['an escape sequence in a reason', (c) => (c.entries = [entry('key', 'a'.repeat(64), { reason: '\u001b[2J' })])],
    ['a member that nobody knows', (c) => (c.next = '2027')],
    ['an end before its beginning', (c) => (c.expires = c.issued)],
    ['a version of 0', (c) => (c.version = 0)],
  ])('with %s are no list', (_, change) => expect(() => revocationsList(change)).toThrow()); // biome-ignore format: one list
});

describe('the time', () => {
  it.each<[string, string]>([
    ['2026-09-30T23:54:59Z', 'NOTYET'], ['2026-09-30T23:55:00Z', 'allow'], ['2027-09-30T23:59:59Z', 'allow'], ['2027-10-01T00:00:00Z', 'EXPIRED'], ['9999-12-31T23:59:59Z', 'EXPIRED'], ['1970-01-01T00:00:00Z', 'NOTYET'],
  ])('%s: %s', async (time, code) => expect(await answerTo(bundle, { now: parseInstant(time)! })).toBe(code)); // biome-ignore format: one list
  it('is that of the sample', () => expect(now).toBe(parseInstant('2026-12-01T00:00:00Z')));
});
