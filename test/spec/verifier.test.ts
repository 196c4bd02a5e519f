import { createHash, createHmac, createPrivateKey, hkdfSync, verify } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signEnvelope } from '../../src/crypto/dsse.ts';
import { checkNames } from '../../src/release/answer.ts';
import { renderers } from '../../src/release/license-md.ts';
import { type Workspace, workspace } from '../cli/session.ts';
import { packTar, sampleBundle, statementOf } from '../release/sample.ts';
import { keyFor, principal } from '../release/trusted.ts';
import { readFolder, readTar } from './files.ts';
import type { Json } from './json.ts';
import { answerTo } from './verifier.ts';

const now = Date.now();
/** So many seconds from now. */
const at = (seconds: number) => `${new Date(now + seconds * 1000).toISOString().slice(0, 19)}Z`;
const day = 86_400;
const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');
const seal = (type: string, payload: string, signers: string) =>
  signEnvelope(
    type,
    Buffer.from(payload),
    [...signers].map((letter) => keyFor(letter).seed),
  );

type Change = (value: Json) => unknown;

/** A bundle whose statement was changed before it was signed, by the keys of these letters; LICENSE.md says the same unless `text` is told otherwise. */
function bundle(change: Change = () => {}, { signers = 'i', text = true, raw = (json: string) => json } = {}) {
  const files = sampleBundle(undefined, { issued: at(-day), notBefore: at(-day), notAfter: at(day) });
  const statement = statementOf(files);
  statement.predicate.issuer.key = keyFor('i').id;
  statement.predicate.issuer.id = 'urn:hospital';
  change(statement);
  if (text) {
    const license = renderers.get('license-md/1')!.render(statement);
    files.set('LICENSE.md', Buffer.from(license));
    const own = statement.subject.find(({ name }: Json) => name === 'LICENSE.md');
    own.digest.sha256 = sha256(license);
  }
  return files.set(
    'license.intoto.json',
    Buffer.from(seal('application/vnd.in-toto+json', raw(JSON.stringify(statement)), signers)),
  );
}

/** The sound bundle with another envelope around its statement, or another text of it. */
function enveloped(change: Change, written: (envelope: Json) => string = JSON.stringify): Map<string, Buffer> {
  const files = bundle();
  const envelope = JSON.parse(String(files.get('license.intoto.json')));
  change(envelope);
  return files.set('license.intoto.json', Buffer.from(written(envelope)));
}

const same: Change = () => {};

const without = (name: string) => {
  const files = bundle();
  files.delete(name);
  return files;
};
const withFile = (name: string, bytes: string | Buffer = 'x') => bundle().set(name, Buffer.from(bytes));

function trust(change: Change = () => {}, signers = 'a'): string {
  const content = {
    version: 1,
    issued: at(-day),
    expires: at(day),
    principals: {
      'urn:ada': principal('a', ['root']),
      'urn:bob': principal('b', ['root']),
      'urn:hospital': principal('i', ['issuer'], { datasets: ['patients*'] }),
      'urn:steward': principal('ps', ['approver']),
      'urn:second': principal('q', ['approver']),
      'urn:revoker': principal('rt', ['revoker']),
      'urn:org:example-university': principal('u', ['recipient']),
    },
    thresholds: { root: 1 },
  };
  change(content);
  return seal('application/vnd.anon.trust+json', JSON.stringify(content), signers);
}

function revocations(entries: Json[] = [], change: Change = () => {}, signers = 'r'): string {
  const whole = entries.map((entry) => ({ at: at(-60), reason: 'withdrawn', ...entry }));
  const content = { version: 1, issued: at(-60), expires: at(day), entries: whole };
  change(content);
  return seal('application/vnd.anon.revocations+json', JSON.stringify(content), signers);
}

const use = { organization: 'urn:org:example-university', purpose: 'AcademicResearch', region: 'DE' };
const signedUse = (more: object = {}, signers = 'u') => {
  const stated = { ...use, audience: '*', issued: at(-60), expires: at(60), ...more };
  return JSON.parse(seal('application/vnd.anon.context+json', JSON.stringify(stated), signers));
};

interface Case {
  readonly files?: Map<string, Buffer>;
  /** The same as a tar, changed. */
  readonly tar?: (tar: Buffer) => Buffer;
  readonly trust?: string;
  readonly revocations?: string;
  readonly context?: Json;
}

const status = (maxAge = 'P1D') =>
  bundle(({ predicate }) => (predicate.status = { required: true, maxAge, from: 'x' }));
const approved = (threshold: number, signers: string, distinctFromIssuer = true) =>
  bundle(({ predicate }) => (predicate.approvals = { threshold, distinctFromIssuer }), { signers });
const terms = (change: Change) => bundle(({ predicate }) => change(predicate.terms));
const idOf = (files: Map<string, Buffer>) => statementOf(files).predicate.id;
const sound = bundle();
const order = 2n ** 252n + 27742317777372353535851937790883648493n;

/** The same signature with L added to S. */
function another(sig: string): string {
  const bytes = Buffer.from(sig, 'base64');
  let s = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString('hex')}`) + order;
  for (let i = 32; i < 64; i++, s >>= 8n) bytes[i] = Number(s & 255n);
  return bytes.toString('base64');
}

const cases: Record<string, Record<string, Case>> = {
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

const everyone = trust();
/** To trust one key takes less time; where somebody else than the issuer signs, it does not do. */
const issuer = keyFor('i').pem;
const ofRoles = ['KEY', 'THRESHOLD', 'STALE', 'REVOKED'];
const broader = { AcademicResearch: ['ResearchAndDevelopment'] };
const tarred: Case = { tar: (tar) => tar };
const all = Object.entries({ ...cases, allow: { ...cases.allow, 'a tar': tarred } }).flatMap(([code, of]) =>
  Object.entries(of).map(([name, one]): [string, string, Case] => [code, name, one]),
);

describe('a verifier that was written from the README', () => {
  let space: Workspace;
  const validators = new Map<string, ValidateFunction>();
  const fits = (name: string, value: Json) => validators.get(name)!(value) as boolean;
  let runs = 0;

  beforeAll(async () => {
    space = workspace(afterAll);
    for (const name of ['statement', 'envelope', 'trust', 'revocations', 'context']) {
      const schema = JSON.parse((await space.call(['schema', name])).stdout);
      validators.set(name, new Ajv2020({ strict: false, validateFormats: false }).compile(schema));
    }
  });

  const put = (name: string, bytes: string | Buffer) => space.write(`${runs}/${name}`, bytes);

  /** What `anon` answers, and what the other does. */
  async function answers(
    code: string,
    one: Case,
    prepare: (folder: string) => void = () => {},
  ): Promise<[string, string]> {
    runs++;
    const { files = sound, tar, context = use } = one;
    const trusted = one.trust ?? (ofRoles.includes(code) || one.revocations || context.payloadType ? everyone : issuer);
    const folder = join(space.dir, `${runs}/bundle`);
    const packed = tar?.(packTar(files));
    if (packed === undefined) for (const [name, bytes] of files) put(`bundle/${name}`, bytes);
    else put('bundle', packed);
    prepare(folder);
    put('trust', trusted);
    put('use.json', JSON.stringify(context));
    if (one.revocations !== undefined) put('list', one.revocations);
    const list = one.revocations === undefined ? '' : ` --revocations ${runs}/list`;
    const line = `verify ${runs}/bundle --trust ${runs}/trust --context ${runs}/use.json --state ${runs}/state --json${list}`;
    const { status, stdout } = await space.call(line.split(' '));
    return [
      status === 2 ? 'NO ANSWER' : (JSON.parse(stdout).code ?? 'allow'),
      answerTo({
        files: () => (packed === undefined ? readFolder(folder) : readTar(packed)),
        trust: Buffer.from(trusted),
        revocations: one.revocations === undefined ? undefined : Buffer.from(one.revocations),
        context,
        now: Date.now(),
        fits,
        broader,
      }),
    ];
  }

  it.each(all)('answers %s as anon does: %s', async (code, _, one) => {
    expect(await answers(code, one)).toEqual([code, code]);
  });

  it('refuses links and folders that nothing is in', async () => {
    const link = (folder: string) => symlinkSync('report.json', join(folder, 'report.html'));
    expect(await answers('LINK', {}, link)).toEqual(['LINK', 'LINK']);
    expect(await answers('EXTRA', {}, (folder) => mkdirSync(join(folder, 'attestations')))).toEqual(['EXTRA', 'EXTRA']);
  });

  it('takes what apply makes of the examples', async () => {
    const { dir, call } = space;
    for (const name of ['patients.yaml', 'patients.csv'])
      space.write(`hospital/${name}`, readFileSync(`examples/hospital/${name}`));
    chmodSync(space.write('hospital/pseudonym.key', Buffer.alloc(32, 7).toString('base64')), 0o600);
    const done = await call(
      'apply hospital/patients.yaml hospital/patients.csv --out made --key issuer.key'.split(' '),
    );
    expect(done.status, done.stderr).toBe(0);
    const pem = readFileSync(join(dir, 'issuer.pub'));
    const asked = { files: () => readFolder(join(dir, 'made')), trust: pem, context: use, fits, broader };
    expect(answerTo({ ...asked, now: Date.parse('2027-01-01T00:00:00Z') })).toBe('allow');
    expect(answerTo({ ...asked, now: Date.parse('2127-01-01T00:00:00Z') })).toBe('EXPIRED');

    const { subject, predicate } = statementOf(readFolder(join(dir, 'made')));
    const named = {
      issued: predicate.issued,
      licensee: predicate.terms.licensee.id,
      policySha256: predicate.lineage.policy.sha256,
      subjects: subject
        .filter(({ name }: Json) => name !== 'LICENSE.md')
        .map(({ name, digest }: Json) => ({ digest, name })),
    };
    expect(predicate.id).toBe(`urn:anon:license:${sha256(JSON.stringify(named)).slice(0, 32)}`);
    const source = createHash('sha256')
      .update(readFileSync(join(dir, 'hospital/patients.csv')))
      .digest();
    const { d: seed } = createPrivateKey(readFileSync(join(dir, 'issuer.key'))).export({ format: 'jwk' });
    const derived = hkdfSync('sha256', Buffer.from(seed!, 'base64url'), '', 'anon/v1/commitment', 32);
    const commitment = createHmac('sha256', Buffer.from(derived)).update(source).digest('hex');
    expect(predicate.lineage.source.commitment).toBe(`hmac-sha256:${commitment}`);
  });

  it('reads the audit log', async () => {
    const { dir, call } = space;
    for (const [name, bytes] of sound) space.write(`sound/${name}`, bytes);
    space.write('i.pub', keyFor('i').pem);
    for (let run = 0; run < 2; run++) await call('verify sound --trust i.pub --state log'.split(' '));
    expect((await call('audit checkpoint --key issuer.key --state log --out note'.split(' '))).status).toBe(0);
    const lines = [0, 1, 2, 3].map((seq) => readFileSync(join(dir, `log/audit/entries/000000/00000000${seq}.json`)));
    const leaves = lines.map((line) => leaf(line.subarray(0, -1)));
    lines.forEach((line, seq) => {
      const entry = JSON.parse(String(line));
      expect(entry.previous).toBe(seq === 0 ? '0'.repeat(64) : leaves[seq - 1]!.toString('hex'));
      const { sha256: own, ...rest } = entry;
      expect(own).toBe(sha256(JSON.stringify(rest)));
      expect(String(line)).toBe(`${JSON.stringify(entry)}\n`);
    });
    expect(JSON.parse(String(lines[0])).event.type).toBe('state-reset');
    const note = readFileSync(join(dir, 'note'), 'utf8');
    const origin = `anon-audit/${leaves[0]!.toString('hex', 0, 16)}`;
    const text = `${origin}\n3\n${treeHead(leaves.slice(0, 3)).toString('base64')}\n`;
    expect(note.slice(0, text.length)).toBe(text);
    const sealed = Buffer.from(note.slice(text.length).match(/^\n— \S+ (\S+)\n$/)![1]!, 'base64');
    const key = readFileSync(join(dir, 'issuer.pub'), 'utf8');
    expect(verify(null, Buffer.from(text), key, sealed.subarray(4))).toBe(true);
  });
});

/** RFC 6962, 2.1. */
const leaf = (bytes: Buffer) => digest(Buffer.of(0), bytes);
const digest = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

function treeHead(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 1) return leaves[0]!;
  const left = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return digest(Buffer.of(1), treeHead(leaves.slice(0, left)), treeHead(leaves.slice(left)));
}

describe('the text that it was written from', () => {
  const text = readFileSync('README.md', 'utf8').match(/### The bundle, for other programs\n[\s\S]*?\n## /)![0];

  it('names every check in its order, and each code that was tried', () => {
    const rows = [...text.matchAll(/^\| `([a-z-]+)` \| [^|]+ \| ([A-Z, ]+) \|$/gm)];
    expect(rows.map(([, name]) => name)).toEqual([...checkNames, 'audit']);
    const codes = rows.flatMap(([, , list]) => list!.split(', '));
    const tried = [...Object.keys(cases), 'LINK'].filter((code) => code === code.toUpperCase() && code !== 'NO ANSWER');
    expect(tried.filter((code) => !codes.includes(code))).toEqual([]);
    expect([...new Set(codes)].filter((code) => !tried.includes(code)).sort()).toEqual([
      'AUDIT',
      'DELEGATION',
      'QUOTA',
      'ROLLBACK',
    ]);
  });
});
