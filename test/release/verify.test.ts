import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fail } from '../../src/base/diagnostic.ts';
import { parseInstant } from '../../src/base/time.ts';
import { sha256Hex } from '../../src/crypto/digest.ts';
import { signEnvelope } from '../../src/crypto/dsse.ts';
import { answerOf, type CheckName, checkNames, type VerifyAnswer } from '../../src/release/answer.ts';
import { type BundleSource, memoryBundle } from '../../src/release/bundle-source.ts';
import { envelopeName } from '../../src/release/layout.ts';
import { licensePayloadType } from '../../src/release/statement.ts';
import { tarBundle } from '../../src/release/tar-bundle.ts';
import { verifyBundle } from '../../src/release/verify.ts';
import {
  dataBytes,
  type Json,
  keyOf,
  options,
  otherSeed,
  packTar,
  resigned,
  rewritten,
  sampleBundle,
  seed,
  statementOf,
  use,
  verify,
} from './sample.ts';

const bundle = sampleBundle();
const dataName = 'data/patients.csv';
const id = statementOf(bundle).predicate.id;

function withFile(name: string, bytes: Buffer, files = bundle): Map<string, Buffer> {
  return new Map([...files, [name, bytes]]);
}

function without(name: string): Map<string, Buffer> {
  return new Map([...bundle].filter(([other]) => other !== name));
}

function signed(payload: Buffer | string, type = licensePayloadType, seeds = [seed]): Map<string, Buffer> {
  return withFile(envelopeName, Buffer.from(signEnvelope(type, Buffer.from(payload), seeds)));
}

/** The answer is no: by this check and code, with all earlier ones passed and no later one run. */
function expectDenied(answer: VerifyAnswer, check: CheckName, code: string): void {
  const at = checkNames.indexOf(check);
  expect(answer).toMatchObject({ decision: 'deny', code });
  expect(answer.checks.map(({ name }) => name)).toEqual(checkNames);
  expect(answer.checks.map(({ status }) => status)).toEqual(
    checkNames.map((_, i) => (i < at ? 'pass' : i === at ? 'fail' : 'not-run')),
  );
  expect(answer.checks[at]!.code).toBe(code);
  expect(answer.released).toBeUndefined();
}

describe('a sound bundle', () => {
  it('is allowed, in the form of --json', async () => {
    const answer = await verify(bundle);
    expect(answerOf(answer)).toEqual({
      decision: 'allow',
      code: null,
      license: id,
      checks: checkNames.map((name) => ({ name, status: 'pass', detail: expect.stringMatching(/^.*[^.]$/) })),
      terms: expect.arrayContaining([{ term: 'licensee', basis: 'asserted', detail: expect.any(String) }]),
    });
  });

  it('is released with the statement and the envelope that were verified', async () => {
    const { released } = await verify(bundle);
    expect(released?.statement).toEqual(statementOf(bundle));
    expect(released?.envelope.equals(bundle.get(envelopeName)!)).toBe(true);
  });

  it('is allowed as a tar, and from a reader that reads each file once', async () => {
    const tar = packTar(bundle);
    const source = tarBundle({ size: tar.length, read: async (at, length) => tar.subarray(at, at + length) });
    const reads: string[] = [];
    const counting: BundleSource = {
      list: source.list,
      read: (name) => {
        reads.push(name);
        return source.read(name);
      },
    };
    expect(await verifyBundle(counting, options)).toMatchObject({ decision: 'allow' });
    expect(reads).toEqual([...bundle.keys()]);
  });

  it('may carry further signatures and unknown members of the envelope', async () => {
    const payload = JSON.stringify(statementOf(bundle));
    expect(await verify(signed(payload, licensePayloadType, [otherSeed, seed]))).toMatchObject({ decision: 'allow' });
    const envelope = JSON.parse(bundle.get(envelopeName)!.toString());
    const more = { ...envelope, comment: 'x', signatures: [{ ...envelope.signatures[0], keyid: 'unknown' }] };
    const files = withFile(envelopeName, Buffer.from(JSON.stringify(more, null, 2)));
    expect(await verify(files)).toMatchObject({ decision: 'allow' });
  });

  it('is in force from its first second on to before its last', async () => {
    const at = (time: string, ms = 0) => verify(bundle, { now: parseInstant(time)! + ms });
    expect(await at('2026-10-01T00:00:00Z')).toMatchObject({ decision: 'allow' });
    expect(await at('2026-09-30T23:55:00Z')).toMatchObject({ decision: 'allow' });
    expectDenied(await at('2026-09-30T23:55:00Z', -1), 'time', 'NOTYET');
    expect(await at('2027-10-01T00:00:00Z', -1)).toMatchObject({ decision: 'allow' });
    expectDenied(await at('2027-10-01T00:00:00Z'), 'time', 'EXPIRED');
  });
});

describe('a bundle is refused', () => {
  it('by the first check that fails', async () => {
    const { purpose: _, ...unstated } = use;
    const data = withFile(dataName, Buffer.from('x'));
    expectDenied(await verify(without(envelopeName)), 'envelope', 'MISSING');
    expectDenied(await verify(withFile(envelopeName, Buffer.alloc((4 << 20) + 1, ' '))), 'envelope', 'LIMIT');
    expectDenied(await verify(withFile(envelopeName, Buffer.from('{}'))), 'envelope', 'ENVELOPE');
    expectDenied(await verify(signed('{}', 'application/vnd.anon.trust+json')), 'payload-type', 'PAYLOADTYPE');
    expectDenied(await verify(data, { keys: [] }), 'signature', 'SIGNATURE');
    expectDenied(await verify(data, { keys: [keyOf(otherSeed)] }), 'signature', 'SIGNATURE');
    expectDenied(await verify(signed('{"a":1,"\\u0061":2}')), 'json', 'JSON');
    expectDenied(await verify(signed('{}')), 'schema', 'SCHEMA');
    expectDenied(await verify(data, { now: 0 }), 'time', 'NOTYET');
    expectDenied(await verify(data, { use: unstated }), 'terms', 'TERMS');
    expectDenied(await verify(without(dataName)), 'subjects', 'MISSING');
    expectDenied(await verify(data), 'digests', 'DIGEST');
  });

  const changes: [CheckName, string, (predicate: Json) => unknown][] = [
    ['status', 'STALE', (p: Json) => (p.status = { required: true, maxAge: 'P1D', from: 'revocations.json' })],
    ['approvals', 'THRESHOLD', (p: Json) => (p.approvals.threshold = 1)],
    ['license-text', 'DIGEST', (p: Json) => (p.title = 'Another title')],
    ['license-text', 'SCHEMA', (p: Json) => (p.renderer = 'license-md/2')],
    ['schema', 'SCHEMA', (p: Json) => (p.crit = ['x'])],
    ['schema', 'SCHEMA', (p: Json) => (p.terms.embargo = true)],
    ['issuer', 'KEY', (p: Json) => (p.issuer.key = keyOf(otherSeed).keyId)],
  ];
  it.each(changes)('by %s with %s, though it is signed', async (check, code, change) => {
    expectDenied(await verify(resigned(bundle, ({ predicate }) => change(predicate))), check, code);
  });

  it.each([1, -1])('with a signed size that is off by %d', async (by) => {
    const files = rewritten(bundle, ({ predicate }) => (predicate.files[0].bytes += by));
    expectDenied(await verify(files), 'digests', 'DIGEST');
  });

  it('when its parents cannot be checked', async () => {
    const parent = { id: `urn:anon:license:${'0'.repeat(32)}`, sha256: 'c'.repeat(64) };
    const { lineage } = statementOf(bundle).predicate;
    const files = sampleBundle(new Map([[dataName, dataBytes]]), { lineage: { ...lineage, parents: [parent] } });
    expectDenied(await verify(files), 'lineage', 'DELEGATION');
  });

  it('when one trusted issuer signs in the name of another', async () => {
    const payload = JSON.stringify(statementOf(bundle));
    const keys = [keyOf(seed), keyOf(otherSeed, 'other')];
    expectDenied(await verify(signed(payload, licensePayloadType, [otherSeed]), { keys }), 'issuer', 'KEY');
  });

  it('with the license named and the terms listed only once they are known', async () => {
    const early = await verify(bundle, { keys: [] });
    expect([early.license, early.terms]).toEqual([null, []]);
    const { organization: _, ...nobody } = use;
    const late = await verify(bundle, { use: { ...nobody, region: 'US' } });
    expectDenied(late, 'terms', 'TERMS');
    expect(late.license).toBe(id);
    expect(late.terms.map(({ term }) => term)).toEqual((await verify(bundle)).terms.map(({ term }) => term));
    expect(late.checks.find(({ name }) => name === 'terms')!.detail).toMatch(/licensee: .*; regions: /);
  });

  it.each([
    ['an extra file', 'EXTRA', withFile('data/extra.csv', Buffer.alloc(0))],
    ['a hidden file', 'EXTRA', withFile('.DS_Store', Buffer.alloc(0))],
    ['a trust file', 'EXTRA', withFile('trust.json', Buffer.alloc(0))],
    ['an empty attestation', 'EXTRA', withFile('attestations/a.intoto.json', Buffer.alloc(0))],
    ['no LICENSE.md', 'MISSING', without('LICENSE.md')],
    ['no chunk list', 'MISSING', without(`${dataName}.chunks`)],
  ])('with %s', async (_, code, files) => expectDenied(await verify(files), 'subjects', code));

  it.each(['../evil', '/etc/passwd', 'trust.json', 'report.HTML', 'attestations/con.intoto.json', 'License.md'])(
    'with %j among its subjects',
    async (name) => {
      const bytes = Buffer.from('x');
      const files = resigned(bundle, ({ subject }) => subject.push({ name, digest: { sha256: sha256Hex(bytes) } }));
      expectDenied(await verify(withFile(name, bytes, files)), 'subjects', 'PATH');
    },
  );

  it('by the names of the files', async () => {
    const files = new Map([...bundle, ...['b', 'a', 'd', 'c'].map((name) => [name, Buffer.alloc(0)] as const)]);
    files.delete('LICENSE.md');
    expect((await verify(files)).checks.find(({ name }) => name === 'subjects')!.detail).toMatch(
      /not in the license: b, a, d and 1 more; not in the bundle: LICENSE\.md/,
    );
  });

  it('with names that could steer a terminal, without showing them', async () => {
    const answer = await verify(withFile('data/\u001b[2J\u202e', Buffer.alloc(0)));
    expect(JSON.stringify(answer)).not.toMatch(/\\u001b|\u202e/);
  });

  it('with a signed chunk list that is not that of its file', async () => {
    const list = Buffer.from(`${'0'.repeat(64)}\n`);
    const name = `${dataName}.chunks`;
    const files = rewritten(withFile(name, list), ({ subject }) => {
      subject.find((entry: Json) => entry.name === name).digest.sha256 = sha256Hex(list);
    });
    expectDenied(await verify(files), 'digests', 'CHUNK');
  });

  it('with a signed LICENSE.md that says something else', async () => {
    const text = Buffer.from('# All is permitted\n');
    const files = resigned(withFile('LICENSE.md', text), ({ subject }) => {
      subject.find((entry: Json) => entry.name === 'LICENSE.md').digest.sha256 = sha256Hex(text);
    });
    expectDenied(await verify(files), 'license-text', 'DIGEST');
  });

  it('with more files than the limit', async () => {
    expect(await verify(bundle, { maxFiles: bundle.size })).toMatchObject({ decision: 'allow' });
    expectDenied(await verify(bundle, { maxFiles: bundle.size - 1 }), 'files', 'LIMIT');
  });

  it('without reading a file that does not end', async () => {
    const endless: BundleSource = {
      list: memoryBundle(bundle).list,
      read: async function* (name) {
        yield* memoryBundle(bundle).read(name);
        while (name === dataName || name === envelopeName) yield Buffer.alloc(1 << 16, ' ');
      },
    };
    expectDenied(await verifyBundle(endless, options), 'envelope', 'LIMIT');
    const envelope = bundle.get(envelopeName)!;
    const data: BundleSource = {
      list: endless.list,
      read: (name) =>
        name === envelopeName ? memoryBundle(new Map([[name, envelope]])).read(name) : endless.read(name),
    };
    expectDenied(await verifyBundle(data, options), 'digests', 'DIGEST');
  });
});

describe('what the source raises', () => {
  const raising = (error: Error): BundleSource => ({
    list: memoryBundle(bundle).list,
    read: async function* (name) {
      if (name === dataName) throw error;
      yield* memoryBundle(bundle).read(name);
    },
  });

  it('refuses when it is a defect of the bundle', async () => {
    expectDenied(await verifyBundle(raising(fail('LINK', 'a link')), options), 'digests', 'LINK');
    const list = () => Promise.reject(fail('TRUNCATED', 'the tar ends too early'));
    expectDenied(await verifyBundle({ ...raising(new Error()), list }, options), 'files', 'TRUNCATED');
  });

  it('is no answer when it is an unreadable file or a defect of anon', async () => {
    const unreadable = fail('FILE-READ', 'the file cannot be read');
    await expect(verifyBundle(raising(unreadable), options)).rejects.toBe(unreadable);
    const defect = new TypeError('defect');
    await expect(verifyBundle(raising(defect), options)).rejects.toBe(defect);
  });
});

describe('a flipped bit', () => {
  /** Either nothing is released, or exactly what was signed. */
  async function expectHarmless(name: string, at: number, bit: number): Promise<boolean> {
    const broken = Buffer.from(bundle.get(name)!);
    broken[at]! ^= 1 << bit;
    const { decision, released } = await verify(withFile(name, broken));
    if (decision === 'deny') return false;
    // The envelope's own text may differ where DSSE leaves it free: white space, unknown members, the hint.
    expect(name).toBe(envelopeName);
    expect(released?.statement).toEqual(statementOf(bundle));
    return true;
  }

  it('of any file but the envelope refuses the bundle', async () => {
    const places = [...bundle].filter(([name]) => name !== envelopeName);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), fc.nat(), fc.nat(7), async ([name, bytes], at, bit) => {
        expect(await expectHarmless(name, at % bytes.length, bit)).toBe(false);
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  it('of any byte of the envelope leaves the statement as it is, or refuses the bundle', async () => {
    const { length } = bundle.get(envelopeName)!;
    const payload = bundle.get(envelopeName)!.indexOf('"payload":"') + 11;
    const payloadEnd = bundle.get(envelopeName)!.indexOf('"', payload);
    for (let at = 0; at < length; at++) {
      // The signature covers all of the payload alike, and each check of it takes milliseconds: one byte in seven stands for the others.
      if (at > payload && at < payloadEnd - 1 && at % 7 !== 0) continue;
      // A walk over the bits that is the same in every run.
      const allowed = await expectHarmless(envelopeName, at, (at * 5 + 3) % 8);
      if (at >= payload && at < payloadEnd) expect(allowed).toBe(false);
    }
  }, 240_000);
});
