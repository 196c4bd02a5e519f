import { createHash, createHmac, createPrivateKey, hkdfSync } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { parseEnvelope } from '../../src/crypto/dsse.ts';
import { parsePublicPem } from '../../src/crypto/keys.ts';
import { statedUseSchema } from '../../src/license/use.ts';
import { checkNames } from '../../src/release/answer.ts';
import { memoryBundle } from '../../src/release/bundle-source.ts';
import { checkFresh, checkRevoker, parseRevocations } from '../../src/release/revocations.ts';
import { tarBundle } from '../../src/release/tar-bundle.ts';
import { checkClock } from '../../src/release/time.ts';
import { checkTrustTime, parseTrust, type Trust, trustOfKey } from '../../src/release/trust.ts';
import { checkRoots } from '../../src/release/trust-chain.ts';
import { verifyBundle } from '../../src/release/verify.ts';
import { type Workspace, workspace } from '../cli/session.ts';
import { packTar, statementOf } from '../release/sample.ts';
import { keyFor } from '../release/trusted.ts';
import { cases } from './cases.ts';
import { readFolder, readTar } from './files.ts';
import type { Json } from './json.ts';
import { type Case, sha256, sound, trust, use } from './made.ts';
import { parentCases } from './parents.ts';
import { answerTo } from './verifier.ts';

const everyone = trust();
/** To trust one key takes less time; where somebody else than the issuer signs, it does not do. */
const issuer = keyFor('i').pem;
const ofRoles = ['KEY', 'THRESHOLD', 'STALE', 'REVOKED'];
const broader = { AcademicResearch: ['ResearchAndDevelopment'] };
const tarred: Case = { tar: (tar) => tar };
const all = [{ allow: { 'a tar': tarred } }, cases, parentCases].flatMap((group) =>
  Object.entries(group).flatMap(([code, of]) =>
    Object.entries(of).map(([name, one]): [string, string, Case] => [code, name, one]),
  ),
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

  const asked = (code: string, { files = sound, tar, ...one }: Case) => ({
    files,
    packed: tar?.(packTar(files)),
    trust: Buffer.from(one.trust ?? (ofRoles.includes(code) || one.revocations || one.context ? everyone : issuer)),
    revocations: one.revocations === undefined ? undefined : Buffer.from(one.revocations),
    context: one.context ?? use,
    now: Date.now(),
    fits,
    broader,
  });
  type Asked = ReturnType<typeof asked>;

  /** What the command says, and the other program, of files on a disk. */
  async function answers(code: string, one: Case, prepare: (folder: string) => void = () => {}) {
    const question = asked(code, one);
    const { files, packed, trust, revocations, context } = question;
    const put = (name: string, bytes: string | Buffer) => space.write(`${++runs}/${name}`, bytes);
    const folder = join(space.dir, `bundle-${++runs}`);
    if (packed === undefined) for (const [name, bytes] of files) space.write(`bundle-${runs}/${name}`, bytes);
    else writeFileSync(folder, packed);
    prepare(folder);
    const args = ['verify', folder, '--trust', put('trust', trust), '--context', put('use', JSON.stringify(context))];
    if (revocations !== undefined) args.push('--revocations', put('list', revocations));
    const { status, stdout } = await space.call([...args, '--state', `state-${runs}`, '--json']);
    const read = () => (packed === undefined ? readFolder(folder) : readTar(packed));
    return [status === 2 ? 'NO ANSWER' : (JSON.parse(stdout).code ?? 'allow'), answerTo({ ...question, files: read })];
  }

  it.each(all.filter(([code]) => code === 'allow'))('answers %s as the command does: %s', async (code, _, one) => {
    expect(await answers(code, one)).toEqual([code, code]);
  });

  it.each(all.filter(([code]) => code !== 'allow'))('answers %s as anon does: %s', async (code, _, one) => {
    const question = asked(code, one);
    const { files, packed } = question;
    const read = () => (packed === undefined ? files : readTar(packed));
    expect([await decided(question), answerTo({ ...question, files: read })]).toEqual([code, code]);
  });

  /** The same decision as that of the command, without the state that it brings to the disk. */
  async function decided({ files, packed, trust: bytes, revocations, context, now }: Asked): Promise<string> {
    const isKey = bytes[0] !== 0x7b;
    const grounds = {
      clock: () => checkClock(now, null),
      trust() {
        if (isKey) return { value: trustOfKey(parsePublicPem(String(bytes))), detail: '' };
        const file = parseTrust(bytes);
        checkRoots(file, now);
        return { ...checkTrustTime(file.trust, now), value: file.trust };
      },
      async revocations(trusted: Trust) {
        if (revocations === undefined) return undefined;
        const list = parseRevocations(revocations);
        checkRevoker(list, trusted, now);
        checkFresh(list, now, Number.POSITIVE_INFINITY);
        return list;
      },
    };
    const envelope = context.payloadType && parseEnvelope(Buffer.from(JSON.stringify(context)));
    const stated = statedUseSchema.parse(envelope ? JSON.parse(String(envelope.payload)) : context);
    const reader = packed && {
      size: packed.length,
      read: async (at: number, n: number) => packed.subarray(at, at + n),
    };
    const source = reader ? tarBundle(reader) : memoryBundle(files);
    const stateful = { canCountExports: true, canCountUsers: true, canVerifyContext: true };
    try {
      return (await verifyBundle(source, { grounds, use: stated, context: envelope, stateful })).code ?? 'allow';
    } catch (error) {
      if (error instanceof Failure && error.exit === 2) return 'NO ANSWER';
      throw error;
    }
  }

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
    const ask = { files: () => readFolder(join(dir, 'made')), trust: pem, context: use, fits, broader };
    expect(answerTo({ ...ask, now: Date.parse('2027-01-01T00:00:00Z') })).toBe('allow');
    expect(answerTo({ ...ask, now: Date.parse('2127-01-01T00:00:00Z') })).toBe('EXPIRED');

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
});

describe('the text that it was written from', () => {
  const text = readFileSync('README.md', 'utf8').match(/### The bundle, for other programs\n[\s\S]*?\n## /)![0];

  it('names every check in its order, and each code that was tried', () => {
    const rows = [...text.matchAll(/^\| `([a-z-]+)` \| [^|]+ \| ([A-Z, ]+) \|$/gm)];
    expect(rows.map(([, name]) => name)).toEqual([...checkNames, 'audit']);
    const codes = rows.flatMap(([, , list]) => list!.split(', '));
    const tried = [...Object.keys(cases), 'LINK', 'DELEGATION'].filter(
      (code) => code === code.toUpperCase() && code !== 'NO ANSWER',
    );
    expect(tried.filter((code) => !codes.includes(code))).toEqual([]);
    expect([...new Set(codes)].filter((code) => !tried.includes(code)).sort()).toEqual(['AUDIT', 'QUOTA', 'ROLLBACK']);
  });
});
