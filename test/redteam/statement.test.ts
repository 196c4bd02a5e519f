import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/crypto/digest.ts';
import { chunkBytes } from '../../src/release/chunks.ts';
import { type Json, resigned, rewritten, sampleBundle, statementOf, verify } from '../release/sample.ts';
import { answerTo, bundle, payload, signedText, withFile } from './attacks.ts';

const text = payload.toString();
const dataName = 'data/patients.csv';
const altered = (change: (statement: Json) => unknown) => resigned(bundle, change);
const predicate = (change: (predicate: Json) => unknown) => altered((s) => change(s.predicate));

/** Every object within a value, by its path. */
function objectsIn(value: Json, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.entries(value).flatMap(([name, member]) => objectsIn(member, [...path, name]));
  return Array.isArray(value) ? below : [path, ...below];
}

/** Objects whose members are named by the data or by a technique. */
const open = /\.(required|measured|parameters)$/;
const rich = sampleBundle(undefined, {
  status: { required: false, maxAge: 'P1D', from: 'revocations.json' },
  terms: {
    ...statementOf(bundle).predicate.terms,
    projects: ['P-17'],
    safeguards: ['EncryptionAtRest'],
    limits: { exports: 1, users: 1 },
    duties: [{ reportBreach: 'P3D' }, { permitAudit: true }],
    classification: { source: 'restricted' },
  },
  lineage: {
    ...statementOf(bundle).predicate.lineage,
    parents: [{ id: `urn:anon:license:${'0'.repeat(32)}`, sha256: 'c'.repeat(64) }],
  },
});
const closed = objectsIn(statementOf(rich)).filter((path) => !open.test(`.${path.join('.')}`));
const at = (statement: Json, path: readonly string[]): Json => path.reduce((value, name) => value[name], statement);

describe('a signed statement is refused', () => {
  it.each(closed.map((path) => [path.join('.') || 'statement', path] as const))(
    'with a member of %s that nobody knows',
    async (_, path) => {
      const code = path[0] === 'subject' ? 'SUBJECT' : 'SCHEMA';
      for (const name of ['x', 'constructor', 'toString', ''])
        expect(await answerTo(resigned(rich, (s) => (at(s, path)[name] = 1)))).toBe(code);
    },
  );

  const members = closed
    .flatMap((path) => Object.keys(at(statementOf(rich), path)).map((name) => [...path, name].join('.')))
    .filter((path) => !/\.parameters$/.test(path));
  it('with any member of another type', async () => {
    expect(members.length).toBeGreaterThan(80);
    for (const path of members) {
      const names = path.split('.');
      for (const value of [[[]], { x: null }]) {
        const answer = await answerTo(resigned(rich, (s) => (at(s, names.slice(0, -1))[names.at(-1)!] = value)));
        expect([path, answer]).toEqual([path, expect.stringMatching(/^(SUBJECT|SCHEMA)$/)]);
      }
    }
  });

  const times = [
    '2027-02-30T00:00:00Z', '2026-12-31T23:59:60Z', '2027-10-01T24:00:00Z', '2027-10-01T00:00:00z', '2027-10-01t00:00:00Z',
    '2027-10-01 00:00:00Z', '2027-10-01T00:00:00+00:00', '2027-10-01T00:00:00-00:00', '2027-10-01T00:00:00', '2027-10-01T00:00:00.0Z',
    '2027-10-01T00:00Z', '2027-10-01', '20271001T000000Z', '10000-01-01T00:00:00Z', '+010000-01-01T00:00:00Z', '1969-12-31T23:59:59Z',
    '-000001-01-01T00:00:00Z', '0000-00-00T00:00:00Z', '2027-13-01T00:00:00Z', '2027-00-10T00:00:00Z', '2100-02-29T00:00:00Z',
    '２０２７-10-01T00:00:00Z', ' 2027-10-01T00:00:00Z', '2027-10-01T00:00:00Z\n', '', '2027-W40-5', '1822348800',
  ]; // biome-ignore format: one list
  it.each(times)('with the time %j', async (time) => {
    for (const member of ['issued', 'notBefore', 'notAfter'])
      expect(await answerTo(predicate((p) => (p[member] = time)))).toBe('SCHEMA');
    expect(await answerTo(predicate((p) => (p.terms.duties = [{ deleteBy: time }])))).toBe('SCHEMA');
  });

  const attacks: [what: string, code: string, files: Map<string, Buffer>][] = [
    ['that is no JSON', 'JSON', signedText('license')],
    ['that is empty', 'JSON', signedText('')],
    ['that is null', 'SCHEMA', signedText('null')],
    ['in a list', 'SCHEMA', signedText(`[${text}]`)],
    ['with text behind it', 'JSON', signedText(`${text}{}`)],
    ['with a byte order mark', 'JSON', signedText(`\ufeff${text}`)],
    ['in UTF-16', 'JSON', signedText(Buffer.from(text, 'utf16le'))],
    ['in bad UTF-8', 'JSON', signedText(Buffer.concat([Buffer.from('{"x":"'), Buffer.of(0xff), Buffer.from('"}')]))],
    ['in overlong UTF-8', 'JSON', signedText(Buffer.concat([Buffer.from('{"x":"'), Buffer.of(0xc0, 0xaf), Buffer.from('"}')]))],
    ['with a line feed in a string', 'JSON', signedText(text.replace('Readmission', 'Read\nmission'))],
    ['with two terms', 'JSON', signedText(text.replace('"terms":', '"terms":{},"terms":'))],
    ['with two notAfter, one escaped', 'JSON', signedText(text.replace('"notAfter":', '"not\\u0041fter":"2099-01-01T00:00:00Z","notAfter":'))],
    ['with __proto__', 'JSON', signedText(text.replace('"terms":{', '"terms":{"__proto__":{"permissions":["train"]},'))],
    ['with a lone surrogate', 'JSON', signedText(text.replace('Readmission', '\\udc00'))],
    ['with NaN', 'JSON', signedText(text.replace('"threshold":0', '"threshold":NaN'))],
    ['with -0', 'JSON', signedText(text.replace('"threshold":0', '"threshold":-0'))],
    ['with +0', 'JSON', signedText(text.replace('"threshold":0', '"threshold":+0'))],
    ['with 00', 'JSON', signedText(text.replace('"threshold":0', '"threshold":00'))],
    ['with 0x0', 'JSON', signedText(text.replace('"threshold":0', '"threshold":0x0'))],
    ['with a number too small to tell from 0', 'JSON', signedText(text.replace('"threshold":0', '"threshold":1e-999'))],
    ['with half an approver', 'SCHEMA', signedText(text.replace('"threshold":0', '"threshold":0.5'))],
    ['with a number in a string', 'SCHEMA', signedText(text.replace('"threshold":0', '"threshold":"0"'))],
    ['with 17 approvers', 'SCHEMA', predicate((p) => (p.approvals.threshold = 17))],
    ['with -1 approvers', 'SCHEMA', predicate((p) => (p.approvals.threshold = -1))],
    ['of another type', 'SCHEMA', altered((s) => (s._type = 'https://in-toto.io/Statement/v0.1'))],
    ['of another predicate', 'SCHEMA', altered((s) => (s.predicateType = 'https://slsa.dev/provenance/v1'))],
    ['of another version', 'SCHEMA', altered((s) => (s.predicateType = 'urn:anon:license:v2'))],
    ['that ends when it begins', 'SCHEMA', predicate((p) => (p.notAfter = p.notBefore))],
    ['that ends before it begins', 'SCHEMA', predicate((p) => (p.notAfter = '2026-09-30T00:00:00Z'))],
    ['with something critical', 'SCHEMA', predicate((p) => (p.crit = ['revocation-v2']))],
    ['without crit', 'SCHEMA', predicate((p) => delete p.crit)],
    ['of a renderer that is not known', 'SCHEMA', predicate((p) => (p.renderer = 'license-md/2'))],
    ['of a renderer that is a path', 'SCHEMA', predicate((p) => (p.renderer = '../license-md/1'))],
    ['of a renderer that is a member of objects', 'SCHEMA', predicate((p) => (p.renderer = 'constructor/1'))],
    ['whose id is in capitals', 'SCHEMA', predicate((p) => (p.id = `urn:anon:license:${'A'.repeat(32)}`))],
    ['whose id goes on', 'SCHEMA', predicate((p) => (p.id += '\n'))],
    ['with an escape sequence in its title', 'SCHEMA', predicate((p) => (p.title = 'a\u001b[2Jb'))],
    ['with CSI in its title', 'SCHEMA', predicate((p) => (p.title = 'a\u009b2Jb'))],
    ['with a direction override in its title', 'SCHEMA', predicate((p) => (p.title = 'a\u202eb'))],
    ['with an isolate in the name of its issuer', 'SCHEMA', predicate((p) => (p.issuer.name = 'a\u2066b'))],
    ['with a line separator in the name of its licensee', 'SCHEMA', predicate((p) => (p.terms.licensee.name = 'a\u2028b'))],
    ['with a line feed in its title', 'SCHEMA', predicate((p) => (p.title = 'a\nallow'))],
    ['with a title of 1 MiB', 'SCHEMA', predicate((p) => (p.title = 'x'.repeat(1 << 20)))],
    ['with a string of more than 1 MiB', 'LIMIT', predicate((p) => (p.title = 'x'.repeat((1 << 20) + 1)))],
    ['without permissions', 'SCHEMA', predicate((p) => delete p.terms.permissions)],
    ['with no permission', 'SCHEMA', predicate((p) => (p.terms.permissions = []))],
    ['without a licensee', 'SCHEMA', predicate((p) => delete p.terms.licensee)],
    ['with a permission that is not known', 'SCHEMA', predicate((p) => p.terms.permissions.push('everything'))],
    ['with *', 'SCHEMA', predicate((p) => (p.terms.permissions = ['*']))],
    ['with a purpose that is not known', 'SCHEMA', predicate((p) => (p.terms.purposes = ['Purpose']))],
    ['with no purpose', 'SCHEMA', predicate((p) => (p.terms.purposes = []))],
    ['with a region that is not known', 'SCHEMA', predicate((p) => (p.terms.regions = ['XX']))],
    ['with a region in small letters', 'SCHEMA', predicate((p) => (p.terms.regions = ['de']))],
    ['with null as regions', 'SCHEMA', predicate((p) => (p.terms.regions = null))],
    ['with an empty limit', 'SCHEMA', predicate((p) => (p.terms.limits = {}))],
    ['with half an export', 'SCHEMA', predicate((p) => (p.terms.limits = { exports: 1.5 }))],
    ['with -1 exports', 'SCHEMA', predicate((p) => (p.terms.limits = { exports: -1 }))],
    ['with a duty of nothing', 'SCHEMA', predicate((p) => (p.terms.duties = [{}]))],
    ['with a duty of two', 'SCHEMA', predicate((p) => (p.terms.duties = [{ reportBreach: 'P3D', permitAudit: true }]))],
    ['with more duties than can be compared', 'SCHEMA', predicate((p) => (p.terms.duties = Array.from({ length: 51 }, (_, i) => ({ attribute: `${i}` }))))],
    ['with permitAudit false', 'SCHEMA', predicate((p) => (p.terms.duties = [{ permitAudit: false }]))],
    ['with a max age by the calendar', 'SCHEMA', predicate((p) => (p.status = { required: true, maxAge: 'P1M', from: 'x' }))],
    ['with a max age of nothing', 'SCHEMA', predicate((p) => (p.status = { required: true, maxAge: 'PT0S', from: 'x' }))],
    ['with a negative max age', 'SCHEMA', predicate((p) => (p.status = { required: true, maxAge: '-P1D', from: 'x' }))],
    ['without chunks', 'SCHEMA', predicate((p) => delete p.files[0].chunks)],
    ['with chunks of another size', 'SCHEMA', predicate((p) => (p.files[0].chunk = chunkBytes / 2))],
    ['with chunks of no size', 'SCHEMA', predicate((p) => (p.files[0].chunk = 0))],
    ['with chunks elsewhere', 'SUBJECT', predicate((p) => (p.files[0].chunks = 'report.json'))],
    ['with less than no bytes', 'SCHEMA', predicate((p) => (p.files[0].bytes = -1))],
    ['with a data file that is no data', 'SUBJECT', predicate((p) => (p.files[0].name = 'report.json'))],
    ['with a data file twice', 'SUBJECT', predicate((p) => p.files.push(p.files[0]))],
    ['without data files', 'SCHEMA', predicate((p) => (p.files = []))],
    ['without subjects', 'SUBJECT', altered((s) => (s.subject = []))],
    ['with a subject twice', 'SUBJECT', altered((s) => s.subject.push(s.subject[0]))],
    ['with a subject twice, of another digest', 'SUBJECT', altered((s) => s.subject.push({ ...s.subject[0], digest: { sha256: 'a'.repeat(64) } }))],
    ['with the envelope as subject', 'SUBJECT', altered((s) => s.subject.push({ name: 'license.intoto.json', digest: { sha256: 'a'.repeat(64) } }))],
    ['with a digest in capitals', 'SUBJECT', altered((s) => (s.subject[0].digest.sha256 = s.subject[0].digest.sha256.toUpperCase()))],
    ['with a short digest', 'SUBJECT', altered((s) => (s.subject[0].digest.sha256 = s.subject[0].digest.sha256.slice(1)))],
    ['with a digest of another kind', 'SUBJECT', altered((s) => (s.subject[0].digest = { sha1: 'a'.repeat(40) }))],
    ['with two digests', 'SUBJECT', altered((s) => (s.subject[0].digest.sha512 = 'a'.repeat(128)))],
    ['with no digest', 'SUBJECT', altered((s) => (s.subject[0].digest = {}))],
    ['with a name that is no string', 'SUBJECT', altered((s) => (s.subject[0].name = ['LICENSE.md']))],
    ['that lacks LICENSE.md', 'SUBJECT', altered((s) => (s.subject = s.subject.filter((one: Json) => one.name !== 'LICENSE.md')))],
    ['that lacks report.json', 'SUBJECT', altered((s) => (s.subject = s.subject.filter((one: Json) => one.name !== 'report.json')))],
    ['of another size of the data', 'DIGEST', rewritten(bundle, (s) => s.predicate.files[0].bytes++)],
    ['of the largest size that there is', 'DIGEST', rewritten(bundle, (s) => (s.predicate.files[0].bytes = Number.MAX_SAFE_INTEGER))],
  ]; // biome-ignore format: one list
  it.each(attacks)('%s: %s', async (_, code, files) => expect(await answerTo(files)).toBe(code));

  it('with a problem in each of very many members, at once and in few words', { timeout: 10_000 }, async () => {
    const many = (one: Json) => Array.from({ length: 30_000 }, () => one);
    for (const files of [
      predicate((p) => (p.terms.regions = many('Germani'))),
      predicate((p) => (p.terms.purposes = many(0).map((_, i) => `AcademicResearc${i}`))),
      predicate((p) => (p.transforms = many({ x: 1 }))),
      altered((s) => (s.subject = many({ name: 1 }))),
      predicate((p) => (p.terms.permissions = many('use'))),
      predicate((p) => (p.issuer = Object.fromEntries(many(0).map((_, i) => [`member-${i}`, 1])))),
    ]) {
      const { checks } = await verify(files);
      const detail = checks.find(({ status }) => status === 'fail')!.detail;
      expect(detail.length).toBeLessThan(20_000);
    }
  });
});

describe('chunk lists', () => {
  const two = Buffer.alloc(chunkBytes + 1, 'x');
  const large = sampleBundle(new Map([[dataName, two]]));
  const listName = `${dataName}.chunks`;
  const list = large.get(listName)!.toString();
  const lists: [string, string][] = [
    ['with carriage returns', list.replaceAll('\n', '\r\n')],
    ['in capitals', list.toUpperCase()],
    ['without the last line feed', list.slice(0, -1)],
    ['with a line more', `${list}${list.slice(0, 65)}`],
    ['with an empty line more', `${list}\n`],
    ['with a line less', list.slice(0, 65)],
    ['in another order', list.slice(65) + list.slice(0, 65)],
    ['with the name of the file behind each', list.replaceAll('\n', '  -\n')],
    ['that is empty', ''],
    ['with a byte order mark', `\ufeff${list}`],
  ];
  it.each(lists)('%s are refused, signed or not', async (_, changed) => {
    const files = withFile(listName, changed, large);
    expect(await answerTo(files)).toBe('DIGEST');
    const signed = rewritten(files, ({ subject }) => {
      subject.find(({ name }: Json) => name === listName).digest.sha256 = sha256Hex(Buffer.from(changed));
    });
    expect(await answerTo(signed)).toBe('CHUNK');
  });
});
