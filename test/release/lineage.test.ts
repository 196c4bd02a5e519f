import { describe, expect, test } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { sha256Hex } from '../../src/crypto/digest.ts';
import { addSignature, parseEnvelope } from '../../src/crypto/dsse.ts';
import { statedUseSchema } from '../../src/license/use.ts';
import type { StatementParts } from '../../src/release/build.ts';
import { memoryBundle } from '../../src/release/bundle-source.ts';
import { envelopeName, orderMembers } from '../../src/release/layout.ts';
import { checkLineage, readAncestors } from '../../src/release/lineage.ts';
import { relicenseBundle } from '../../src/release/relicense.ts';
import { licensePayloadType, parseStatement } from '../../src/release/statement.ts';
import { principalOfKey } from '../../src/release/trust.ts';
import { dataBytes, keyOf, now, otherSeed, parts, sampleBundle, seed, statementOf, verify } from './sample.ts';
import { keyFor, principal, trustFile } from './trusted.ts';

type Files = Map<string, Buffer>;
type License = Partial<Pick<StatementParts, 'terms' | 'notBefore' | 'notAfter' | 'issuer' | 'approvals' | 'status'>>;

const labSeed = Buffer.alloc(32, 9);
const { statement: hospital } = parts;
const university = { id: 'urn:org:example-university', name: 'Example University' };
const parentTerms = { ...hospital.terms, permissions: ['use' as const, 'sublicense' as const] };
const parent = sampleBundle(undefined, { terms: parentTerms });
/** What the university gives to a laboratory. */
const sublicense: License = {
  issuer: university,
  terms: { ...hospital.terms, licensee: { id: 'urn:org:lab', name: 'Lab' }, regions: ['DE'] },
};
const keys = [keyOf(seed, 'hospital'), keyOf(otherSeed, university.id)];
const use = statedUseSchema.parse({ organization: 'urn:org:lab', purpose: 'AcademicResearch', region: 'DE' });

/** The data of `files` under a license that stands on that of `files`. */
function delegated(files: Files, license: License, by = otherSeed): Files {
  const envelope = files.get(envelopeName)!;
  const statement = parseStatement(statementOf(files));
  const { title, issued, notBefore, notAfter, issuer, terms, approvals } = { ...statement.predicate, ...license };
  const { members } = relicenseBundle({
    statement,
    contents: new Map([...files].filter(([name]) => name !== 'data/patients.csv')),
    license: {
      title,
      issued,
      notBefore,
      notAfter,
      issuer: { name: issuer.name, ...(issuer.id === undefined ? {} : { id: issuer.id }) },
      terms,
      approvals,
      ...(license.status === undefined ? {} : { status: license.status }),
    },
    parent: { envelope, payload: parseEnvelope(envelope).payload },
    tool: hospital.tool,
    seed: by,
  });
  const all = new Map([...members.map(({ name, bytes }) => [name, bytes] as const), ['data/patients.csv', dataBytes]]);
  return new Map(orderMembers([...all.keys()]).map((name) => [name, all.get(name)!]));
}

async function lineage(files: Files, changes: Partial<{ keys: typeof keys; now: number }> = {}) {
  const { checks, code, decision } = await verify(files, { keys, use, ...changes });
  const { detail } = checks.find(({ status }) => status === 'fail') ?? checks.find(({ name }) => name === 'lineage')!;
  return { decision, code, detail };
}

describe('a sublicense', () => {
  const child = delegated(parent, sublicense);

  test('within its parent is allowed, with the parent as evidence', async () => {
    expect(await lineage(child)).toMatchObject({
      decision: 'allow',
      detail: expect.stringContaining('one parent license'),
    });
    const { lineage: stated } = statementOf(child).predicate;
    const payload = parseEnvelope(parent.get(envelopeName)!).payload;
    expect(stated.parents).toEqual([{ id: statementOf(parent).predicate.id, sha256: sha256Hex(payload) }]);
    expect(stated.policy).toEqual(hospital.lineage.policy);
    expect([...child.keys()].at(-1)).toMatch(/^attestations\/license-[0-9a-f]{32}\.intoto\.json$/);
  });

  test('hands its ancestors on, for revocation', async () => {
    const { value } = await checkLineage(parseStatement(statementOf(child)), memoryBundle(child), {
      keys,
      now,
    });
    expect(value.map(({ statement, depth }) => [statement.predicate.id, depth])).toEqual([
      [statementOf(parent).predicate.id, 1],
    ]);
  });

  test('may be given on, as far as each allows', async () => {
    const terms = { ...sublicense.terms!, permissions: ['use' as const, 'sublicense' as const] };
    const middle = delegated(parent, { ...sublicense, terms });
    const issuer = { id: 'urn:org:lab', name: 'Lab' };
    const last = delegated(
      middle,
      { issuer, terms: { ...sublicense.terms!, licensee: { id: 'urn:x', name: 'X' } } },
      labSeed,
    );
    const all = [...keys, keyOf(labSeed, issuer.id)];
    const named = { ...use, organization: 'urn:x' };
    const answer = await verify(last, { keys: all, use: named });
    expect(answer).toMatchObject({ decision: 'allow' });
    expect(await readAncestors(parseStatement(statementOf(last)), memoryBundle(last))).toMatchObject([
      { depth: 1 },
      { depth: 2 },
    ]);
    // Without the first of the three issuers nothing stands.
    expect(await verify(last, { keys: all.slice(1), use: named })).toMatchObject({ code: 'DELEGATION' });
  });

  test.each<[what: string, license: License, detail: string]>([
    [
      'more permissions',
      { terms: { ...sublicense.terms!, permissions: ['use', 'train'] } },
      'allow as much: permissions',
    ],
    [
      'a prohibition left out',
      { terms: { ...sublicense.terms!, prohibitions: ['link'] } },
      'allow as much: prohibitions',
    ],
    ['a broader region', { terms: { ...sublicense.terms!, regions: ['DE', 'US'] } }, 'allow as much: regions'],
    [
      'a purpose of its own',
      { terms: { ...sublicense.terms!, purposes: ['AcademicResearch', 'Marketing'] } },
      'allow as much: purposes',
    ],
    ['a longer time', { notAfter: '2027-10-01T00:00:01Z' }, 'allow as much: notAfter'],
    ['an earlier beginning', { notBefore: '2026-09-30T23:59:59Z' }, 'allow as much: notBefore'],
  ])('with %s is refused', async (_, license, detail) => {
    const answer = await lineage(delegated(parent, { ...sublicense, ...license }));
    expect(answer).toMatchObject({ decision: 'deny', code: 'DELEGATION', detail: expect.stringContaining(detail) });
  });

  test('by somebody who is not the licensee is refused, whoever the license says it is by', async () => {
    const foreign = delegated(parent, sublicense, labSeed);
    const by = (principal: string) => [keyOf(seed, 'hospital'), keyOf(labSeed, principal)];
    const signedBy = (principal: string) => lineage(foreign, { keys: by(principal) });
    const refused = { code: 'DELEGATION', detail: expect.stringContaining('is not its licensee') };
    expect(await signedBy('urn:org:lab')).toMatchObject(refused);
    expect(await signedBy(university.id)).toMatchObject({ decision: 'allow' });
    // Of a key that is trusted by itself nothing is known but what the license says.
    expect(await signedBy(principalOfKey(keyOf(labSeed, '').keyId))).toMatchObject({ decision: 'allow' });
    const other = delegated(parent, { ...sublicense, issuer: { id: 'urn:org:lab', name: 'Lab' } }, labSeed);
    expect(await lineage(other, { keys: by(principalOfKey(keyOf(labSeed, '').keyId)) })).toMatchObject(refused);
  });

  test('with fewer conditions is refused', async () => {
    const strict = sampleBundle(undefined, {
      terms: parentTerms,
      approvals: { threshold: 1, distinctFromIssuer: true },
      status: { required: true, maxAge: 'P1D', from: 'revocations.json' },
    });
    const lax = delegated(strict, { ...sublicense, approvals: { threshold: 0, distinctFromIssuer: true } });
    const answer = await lineage(lax);
    expect(answer).toMatchObject({
      code: 'DELEGATION',
      detail: expect.stringContaining('approvals.threshold, status.maxAge'),
    });
  });

  test('of a parent that was never approved is refused, whoever approved the child', async () => {
    const approvals = { threshold: 1, distinctFromIssuer: true };
    const pending = sampleBundle(undefined, { terms: parentTerms, approvals });
    const { trust } = trustFile(({ principals }) => {
      principals['urn:hospital'] = principal('\u0007', ['issuer'], { name: 'Hospital' });
      principals[university.id] = principal('\u0008', ['issuer'], { name: 'University' });
    });
    const approved = (files: Files) => {
      const signed = addSignature(parseEnvelope(files.get(envelopeName)!), keyFor('p').seed);
      return new Map([...files, [envelopeName, Buffer.from(signed)]]);
    };
    const answer = (files: Files) => verify(approved(delegated(files, { ...sublicense, approvals })), { trust, use });
    expect(await answer(approved(pending))).toMatchObject({ decision: 'allow' });
    const { code, checks } = await answer(pending);
    expect(code).toBe('DELEGATION');
    expect(checks.find(({ name }) => name === 'lineage')?.detail).toContain('0 of the 1 approvals');
  });

  test('that the parent does not permit, or prohibits, is refused', async () => {
    for (const terms of [
      hospital.terms,
      { ...parentTerms, prohibitions: [...parentTerms.prohibitions!, 'sublicense' as const] },
    ]) {
      const answer = await lineage(delegated(sampleBundle(undefined, { terms }), sublicense));
      expect(answer).toMatchObject({
        code: 'DELEGATION',
        detail: expect.stringContaining('does not permit to sublicense'),
      });
    }
  });

  test('is no use after the parent has ended', async () => {
    const short = sampleBundle(undefined, { terms: parentTerms, notAfter: '2026-11-30T00:00:00Z' });
    expect(await lineage(delegated(short, { ...sublicense, notAfter: '2027-01-01T00:00:00Z' }))).toMatchObject({
      code: 'DELEGATION',
      detail: expect.stringContaining('ended at 2026-11-30'),
    });
  });

  test('needs a parent that a trusted issuer signed', async () => {
    expect(await lineage(child, { keys: keys.slice(1) })).toMatchObject({
      code: 'DELEGATION',
      detail: expect.stringContaining('no trusted key of its issuer'),
    });
  });
});

describe('the same issuer', () => {
  test('needs no permission for a license that stands on an older one', async () => {
    const same = delegated(sampleBundle(), { terms: { ...hospital.terms, regions: ['DE'] } }, seed);
    expect(await verify(same)).toMatchObject({ decision: 'allow' });
  });

  test('is known by the principal of its keys, too', async () => {
    const rotated = delegated(sampleBundle(), { terms: { ...hospital.terms, regions: ['DE'] } }, otherSeed);
    const both = [keyOf(seed, 'hospital'), keyOf(otherSeed, 'hospital')];
    expect(await verify(rotated, { keys: both })).toMatchObject({ decision: 'allow' });
    expect(await verify(rotated, { keys })).toMatchObject({ code: 'DELEGATION' });
  });
});

describe('a parent that is named', () => {
  const signed = parseStatement(statementOf(delegated(parent, sublicense)));
  const check = (files: Files, statement = signed) => checkLineage(statement, memoryBundle(files), { keys, now });

  test('but not attested is refused', async () => {
    const statement = { ...signed, subject: signed.subject.filter(({ name }) => !name.startsWith('attestations/')) };
    await expect(check(delegated(parent, sublicense), statement)).rejects.toMatchObject({
      diagnostics: [{ code: 'DELEGATION', message: expect.stringContaining('not among the attestations') }],
    });
  });

  test('by another id is refused', async () => {
    const [first] = signed.predicate.lineage.parents;
    const parents = [{ ...first!, id: `urn:anon:license:${'0'.repeat(32)}` }];
    const statement = {
      ...signed,
      predicate: { ...signed.predicate, lineage: { ...signed.predicate.lineage, parents } },
    };
    await expect(check(delegated(parent, sublicense), statement)).rejects.toMatchObject({
      diagnostics: [{ code: 'DELEGATION', message: expect.stringContaining('of another id') }],
    });
  });

  test('and changed after it was signed is refused', async () => {
    const files = delegated(parent, sublicense);
    const name = [...files.keys()].at(-1)!;
    files.set(name, Buffer.concat([files.get(name)!, Buffer.from('\n')]));
    await expect(check(files)).rejects.toMatchObject({ diagnostics: [{ code: 'DIGEST' }] });
  });

  test('more than eight generations up is refused', async () => {
    let files: Files = sampleBundle();
    for (let i = 0; i < 8; i++) files = delegated(files, {}, seed);
    expect(await verify(files)).toMatchObject({ decision: 'allow' });
    expect(await verify(delegated(files, {}, seed))).toMatchObject({ code: 'DELEGATION' });
  });
});

describe('a lineage that takes too long to check is refused', () => {
  type Parent = { id: string; sha256: string };
  /** A license that names these parents, as an attestation; nobody has signed it. */
  function attested(n: number, parents: readonly Parent[]) {
    const statement = statementOf(parent);
    statement.predicate.id = `urn:anon:license:${String(n).padStart(32, '0')}`;
    statement.predicate.lineage.parents = parents;
    const payload = Buffer.from(JSON.stringify(statement));
    const signatures = [{ sig: '' }];
    const envelope = { payloadType: licensePayloadType, payload: payload.toString('base64'), signatures };
    const named = { id: statement.predicate.id as string, sha256: sha256Hex(payload) };
    return { named, file: [`attestations/${n}.intoto.json`, Buffer.from(JSON.stringify(envelope))] as const };
  }
  /** The ancestors of a license with these parents and attestations, or the code that says why not. */
  async function ancestorsOf(parents: readonly Parent[], files: readonly (readonly [string, Buffer])[]) {
    const json = statementOf(parent);
    json.predicate.lineage.parents = parents;
    for (const [name, bytes] of files) json.subject.push({ name, digest: { sha256: sha256Hex(bytes) } });
    try {
      return (await readAncestors(parseStatement(json), memoryBundle(new Map(files)))).length;
    } catch (error) {
      return error instanceof Failure ? error.code : error;
    }
  }
  /** Each stands on all before it, and the license on all. */
  function everyOther(n: number) {
    const made: ReturnType<typeof attested>[] = [];
    for (let i = 0; i < n; i++) {
      made.push(
        attested(
          i,
          made.map(({ named }) => named),
        ),
      );
    }
    return ancestorsOf(
      made.map(({ named }) => named),
      made.map(({ file }) => file),
    );
  }

  test('by the number of its links', async () => {
    expect(await everyOther(15)).toBe(15);
    expect(await everyOther(16)).toBe('LIMIT');
  });

  test('by the size of all attestations together', async () => {
    const { named, file } = attested(0, []);
    const filler = (n: number, bytes: number) => [`attestations/x${n}.intoto.json`, Buffer.alloc(bytes)] as const;
    const most = (8 << 20) - file[1].length;
    const large = [filler(1, 4 << 20), filler(2, most - (4 << 20))];
    expect(await ancestorsOf([named], [file, ...large])).toBe(1);
    expect(await ancestorsOf([named], [file, ...large, filler(3, 1)])).toBe('LIMIT');
  });

  test('by the number of parents, and where one is named twice', async () => {
    const { named, file } = attested(0, []);
    expect(await ancestorsOf([named, named], [file])).toBe('SCHEMA');
    const many = Array.from({ length: 65 }, (_, i) => ({ ...named, sha256: sha256Hex(Buffer.of(i)) }));
    expect(await ancestorsOf(many, [file])).toBe('SCHEMA');
    expect(await ancestorsOf(many.slice(1), [file])).toBe('DELEGATION');
  });

  test('and no license stands on itself, or passes for another where it is named again', async () => {
    const first = attested(0, []);
    const second = attested(1, [first.named]);
    // What names its own child can only guess its digest.
    const turning = attested(0, [second.named]);
    expect(await ancestorsOf([second.named], [second.file, turning.file])).toBe('DELEGATION');
    const renamed = attested(2, [{ ...first.named, id: second.named.id }]);
    const files = [first.file, renamed.file];
    expect(await ancestorsOf([first.named, renamed.named], files)).toBe('DELEGATION');
  });
});

test('a license about other data needs a parent that permits to derive', async () => {
  const other = new Map([['data/patients.csv', Buffer.from('email,age\nc@d.invalid,"[18, 25)"\n')]]);
  const payload = parseEnvelope(parent.get(envelopeName)!).payload;
  const grown = sampleBundle(other, {
    lineage: { ...hospital.lineage, parents: [{ id: statementOf(parent).predicate.id, sha256: sha256Hex(payload) }] },
  });
  const statement = parseStatement(statementOf(grown));
  const attested = 'attestations/parent.intoto.json';
  const envelope = parent.get(envelopeName)!;
  const withParent = {
    ...statement,
    subject: [...statement.subject, { name: attested, digest: { sha256: sha256Hex(envelope) } }],
  };
  const files = new Map([...grown, [attested, envelope]]);
  await expect(checkLineage(withParent, memoryBundle(files), { keys, now })).rejects.toMatchObject({
    diagnostics: [{ code: 'DELEGATION', message: expect.stringContaining('does not permit to derive') }],
  });
});
