import { keyFor, principal } from '../release/trusted.ts';
import type { Json } from './json.ts';
import {
  another,
  approved,
  at,
  bundle,
  type Case,
  day,
  enveloped,
  idOf,
  revocations,
  same,
  sha256,
  signedUse,
  sound,
  status,
  terms,
  trust,
  use,
  withFile,
  without,
} from './made.ts';

/** What is answered, by its code or `allow`; each under what is the matter with it. */
export const cases: Record<string, Record<string, Case>> = {
  allow: {
    'a sound bundle': {},
    'members of the envelope that nobody knows': { files: enveloped((e) => (e.more = { x: 1 })) },
    'a wrong key id': { files: enveloped((e) => (e.signatures[0].keyid = 'x')) },
    'no key id': { files: enveloped((e) => delete e.signatures[0].keyid) },
    'URL-safe base64 without padding': {
      files: enveloped((e) => (e.payload = Buffer.from(e.payload, 'base64').toString('base64url'))),
    },
    'a signature beside it that does not verify': { files: enveloped((e) => e.signatures.unshift({ sig: 'AAAA' })) },
    'members in another order': {
      files: bundle(() => {}, {
        raw: (json) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(json)).reverse())),
      }),
    },
    'white space in the statement': { files: bundle(() => {}, { raw: (json) => ` ${json}\n` }) },
    'a license that begins within the skew': { files: bundle(({ predicate }) => (predicate.notBefore = at(200))) },
    'a list of revocations with another license': {
      files: status(),
      revocations: revocations([{ kind: 'license', value: `urn:anon:license:${'1'.repeat(32)}` }]),
    },
    'what was given back': { revocations: revocations([{ kind: 'license', value: idOf(sound), reinstated: true }]) },
    'a key that was superseded later': {
      revocations: revocations([{ kind: 'key', value: keyFor('i').id, reason: 'superseded' }]),
    },
    'two approvals by two': { files: approved(2, 'ipq'), trust: trust() },
    'the approval of an issuer who is an approver, too': {
      files: approved(1, 'i', false),
      trust: trust(({ principals }) => principals['urn:hospital'].roles.push('approver')),
    },
    'a purpose that is narrower': { files: terms((t) => (t.purposes = ['ResearchAndDevelopment'])) },
    'a region of a group': { files: terms((t) => (t.regions = ['EU'])) },
    'the country itself': { files: terms((t) => (t.regions = ['DE'])) },
    'all safeguards': { files: terms((t) => (t.safeguards = ['A'])), context: { ...use, safeguards: ['B', 'A'] } },
    'a signed use': { context: signedUse() },
    'a signed use, where it is asked for': {
      files: terms((t) => (t.licensee.key = keyFor('u').id)),
      context: signedUse({ audience: idOf(terms((t) => (t.licensee.key = keyFor('u').id))) }),
    },
    'a duty of later': { files: terms((t) => (t.duties = [{ deleteBy: at(60) }, { reportBreach: 'P3D' }])) },
    'two roots, where two are asked for': { trust: trust((t) => (t.thresholds.root = 2), 'ab') },
  },
  MISSING: { 'no envelope': { files: without('license.intoto.json') }, 'no report': { files: without('report.json') } },
  EXTRA: {
    'a file too many': { files: withFile('data/x.csv') },
    'a page that was not signed': { files: withFile('report.html') },
  },
  ENVELOPE: {
    'no JSON': { files: withFile('license.intoto.json', 'x') },
    'a member twice': { files: enveloped(same, (e) => JSON.stringify(e).replace('{', '{"payload":"",')) },
    'a member twice, escaped': {
      files: enveloped(same, (e) => JSON.stringify(e).replace('{', '{"pa\\u0079load":"",')),
    },
    'no signature': { files: enveloped((e) => (e.signatures = [])) },
    'white space in base64': { files: enveloped((e) => (e.payload += '\n')) },
    'both alphabets': { files: enveloped((e) => (e.signatures[0].sig = '+_AA')) },
    'half of the padding': { files: enveloped((e) => (e.signatures[0].sig = 'AA=')) },
    'bits left over': { files: enveloped((e) => (e.signatures[0].sig = 'AB==')) },
    'a byte order mark': { files: enveloped(same, (e) => `\ufeff${JSON.stringify(e)}`) },
  },
  PAYLOADTYPE: {
    'another type': { files: enveloped((e) => (e.payloadType = 'text/plain')) },
  },
  SIGNATURE: {
    'another payload': { files: enveloped((e) => (e.payload = Buffer.from('{}').toString('base64'))) },
    'a bit of the signature': { files: enveloped((e) => (e.signatures[0].sig = `B${e.signatures[0].sig.slice(1)}`)) },
    'S + L': { files: enveloped((e) => (e.signatures[0].sig = another(e.signatures[0].sig))) },
    'nobody who is trusted': { files: bundle(() => {}, { signers: 'z' }) },
    'a list by nobody who is trusted': { revocations: revocations([], () => {}, 'z') },
    'a list by a key that it revokes': { revocations: revocations([{ kind: 'key', value: keyFor('r').id }]) },
    'a use signed by somebody else': { context: signedUse({}, 'z') },
  },
  JSON: {
    'a member twice': { files: bundle(() => {}, { raw: (json) => json.replace('{', '{"_type":"",') }) },
    'a negative zero': { files: bundle(() => {}, { raw: (json) => json.replace('"records":7', '"records":-0') }) },
    'an integer past a double': {
      files: bundle(() => {}, { raw: (json) => json.replace('"records":7', '"records":9007199254740993') }),
    },
    __proto__: { files: bundle(() => {}, { raw: (json) => json.replace('{', '{"__proto__":{},') }) },
    'a lone surrogate': { files: bundle(() => {}, { raw: (json) => json.replace('Readmission', '\\ud800') }) },
    'something behind it': { files: bundle(() => {}, { raw: (json) => `${json}{}` }) },
  },
  LIMIT: {
    'depth 65': { files: bundle(() => {}, { raw: () => `${'['.repeat(65)}${']'.repeat(65)}` }) },
    '17 signatures': { files: enveloped((e) => (e.signatures = Array(17).fill(e.signatures[0]))) },
    'a string past 1 MiB': { files: bundle(() => {}, { raw: () => `"${'x'.repeat(1 + (1 << 20))}"` }) },
    '100,001 members': { files: bundle(() => {}, { raw: () => `[${'1,'.repeat(100_000)}1]` }) },
  },
  SCHEMA: {
    'depth 64': { files: bundle(() => {}, { raw: () => `${'['.repeat(64)}${']'.repeat(64)}` }) },
    'an unknown member': { files: bundle((s) => (s.predicate.more = 1)) },
    'an unknown term': { files: terms((t) => (t.more = 1)) },
    'a time that does not exist': { files: bundle((s) => (s.predicate.notAfter = '2027-02-30T00:00:00Z')) },
    'an end before the beginning': { files: bundle((s) => (s.predicate.notBefore = s.predicate.notAfter)) },
    'a critical member': { files: bundle((s) => (s.predicate.crit = ['x'])) },
    'another renderer': { files: bundle((s) => (s.predicate.renderer = 'license-md/9'), { text: false }) },
  },
  SUBJECT: {
    'a file twice': { files: bundle((s) => s.subject.push(s.subject[1])) },
    'a digest in capitals': { files: bundle((s) => (s.subject[1].digest.sha256 = 'A'.repeat(64))) },
    'the envelope': {
      files: bundle((s) => s.subject.push({ name: 'license.intoto.json', digest: { sha256: 'a'.repeat(64) } })),
    },
  },
  KEY: {
    'the key of somebody else': { files: bundle((s) => (s.predicate.issuer.key = keyFor('p').id)) },
    'a key without the role': {
      files: bundle((s) => (s.predicate.issuer.key = keyFor('p').id), { signers: 'ip' }),
    },
    'a key that has ended': { trust: trust(({ principals }) => (principals['urn:hospital'].keys[0].until = at(-1))) },
    'a key of tomorrow': { trust: trust(({ principals }) => (principals['urn:hospital'].keys[0].from = at(400))) },
    'the id of another principal': { files: bundle((s) => (s.predicate.issuer.id = 'urn:steward')) },
    'other data': { trust: trust(({ principals }) => (principals['urn:hospital'].datasets = ['people*', 'pat?'])) },
  },
  NOTYET: {
    'a license of tomorrow': { files: bundle((s) => (s.predicate.notBefore = at(400))) },
    'a use of tomorrow': { context: signedUse({ issued: at(400), expires: at(500) }) },
  },
  EXPIRED: {
    'a license of yesterday': { files: bundle((s) => (s.predicate.notAfter = at(-1))) },
    'a use of yesterday': { context: signedUse({ issued: at(-60), expires: at(-1) }) },
    'data that had to be deleted': { files: terms((t) => (t.duties = [{ deleteBy: at(-1) }])) },
  },
  STALE: {
    'no list': { files: status() },
    'a list that is too old': { files: status('PT1H'), revocations: revocations([], (r) => (r.issued = at(-3700))) },
    'a list that has ended': { revocations: revocations([], (r) => Object.assign(r, { expires: at(-1) })) },
  },
  CLOCK: {
    'a list of tomorrow': { revocations: revocations([], (r) => (r.issued = at(400))) },
    'a trust file of tomorrow': { trust: trust((t) => (t.issued = at(400))) },
  },
  REVOKED: {
    'the license': { revocations: revocations([{ kind: 'license', value: idOf(sound) }]) },
    'its key': { revocations: revocations([{ kind: 'key', value: keyFor('i').id }]) },
    'its key, superseded before': {
      revocations: revocations([{ kind: 'key', value: keyFor('i').id, reason: 'superseded', at: at(-2 * day) }]),
    },
    'a file': { revocations: revocations([{ kind: 'digest', value: sha256(sound.get('data/patients.csv')!) }]) },
    'the key of the use': { context: signedUse(), revocations: revocations([{ kind: 'key', value: keyFor('u').id }]) },
  },
  THRESHOLD: {
    'one approval of two': { files: approved(2, 'ip') },
    'two by one principal': { files: approved(2, 'ips') },
    'that of the issuer': {
      files: approved(1, 'i'),
      trust: trust(({ principals }) => principals['urn:hospital'].roles.push('approver')),
    },
    'none, where the trust asks for one': { trust: trust((t) => (t.thresholds.approver = 1)) },
    'that of a revoked key': {
      files: approved(1, 'ip'),
      revocations: revocations([{ kind: 'key', value: keyFor('p').id }]),
    },
  },
  TERMS: {
    'another organization': { context: { ...use, organization: 'urn:org:x' } },
    'no organization': { context: { purpose: use.purpose, region: 'DE' } },
    'a purpose that is broader': { context: { ...use, purpose: 'ResearchAndDevelopment' } },
    'no purpose': { context: { organization: use.organization, region: 'DE' } },
    'another region': { context: { ...use, region: 'US' } },
    'another action': { context: { ...use, action: 'train' } },
    'a prohibited action': {
      files: terms((t) => (t.permissions = ['use', 'link'])),
      context: { ...use, action: 'link' },
    },
    'no user': { files: terms((t) => (t.licensee.users = ['u1'])) },
    'another project': { files: terms((t) => (t.projects = ['P1'])), context: { ...use, project: 'P2' } },
    'a safeguard that is lacking': {
      files: terms((t) => (t.safeguards = ['A', 'B'])),
      context: { ...use, safeguards: ['A'] },
    },
    'a use for another license': { context: signedUse({ audience: `urn:anon:license:${'1'.repeat(32)}` }) },
    'a signed use without an end': { context: signedUse({ expires: undefined }) },
    'an unsigned use, where a signed one is asked for': { files: terms((t) => (t.licensee.key = keyFor('u').id)) },
  },
  PATH: Object.fromEntries(
    [
      'attestations/.x.intoto.json',
      'attestations/con.intoto.json',
      'Report.json',
      'x.txt',
      'report.json/x',
      'data',
    ].map((name) => [
      name,
      { files: bundle((s) => s.subject.push({ name, digest: { sha256: sha256('x') } })), tar: (tar: Buffer) => tar },
    ]),
  ),
  DIGEST: {
    'a byte of the data': { files: withFile('data/patients.csv', 'email,age\na@b.invalid,"[18, 26)"\n') },
    'a byte more': { files: withFile('data/patients.csv', 'email,age\na@b.invalid,"[18, 25)"\n\n') },
    'another LICENSE.md': { files: withFile('LICENSE.md', '# Anything goes\n') },
    'another size': { files: bundle((s) => s.predicate.files[0].bytes++) },
  },
  CHUNK: {
    'the list of another file': {
      files: bundle(
        (s) =>
          (s.subject.find(({ name }: Json) => name.endsWith('.chunks')).digest.sha256 = sha256(`${'0'.repeat(64)}\n`)),
      ).set('data/patients.csv.chunks', Buffer.from(`${'0'.repeat(64)}\n`)),
    },
  },
  TRUST: {
    'a trust file that has ended': { trust: trust((t) => (t.expires = at(-1))) },
    'one root of two': { trust: trust((t) => (t.thresholds.root = 2), 'a') },
    'a root by two keys': {
      trust: trust((t) => {
        t.thresholds.root = 2;
        t.principals['urn:ada'] = principal('ac', ['root']);
      }, 'ac'),
    },
    'no root': { trust: trust(() => {}, 'i') },
  },
  'NO ANSWER': {
    'a trust file with a key twice': { trust: trust((t) => (t.principals['urn:eve'] = principal('z', ['all']))) },
    'a list that is none': { revocations: trust() },
  },
  ARCHIVE: {
    'another mode': { tar: (tar) => tar.fill('5', 106, 107) },
    'a byte in the padding': {
      tar: (tar) =>
        tar.fill(
          1,
          1023 + 512 * Math.floor((sound.get('license.intoto.json')!.length - 1) / 512),
          1024 + 512 * Math.floor((sound.get('license.intoto.json')!.length - 1) / 512),
        ),
    },
    'something behind the end': { tar: (tar) => Buffer.concat([tar, Buffer.alloc(512)]) },
    'another order': { files: new Map([...sound].reverse()), tar: (tar) => tar },
  },
  TRUNCATED: { 'half of it': { tar: (tar) => tar.subarray(0, tar.length >> 1) } },
};
