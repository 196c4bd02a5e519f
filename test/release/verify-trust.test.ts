import { describe, expect, it } from 'vitest';
import { fail } from '../../src/base/diagnostic.ts';
import { parseInstant } from '../../src/base/time.ts';
import { sha256Hex } from '../../src/crypto/digest.ts';
import { parseEnvelope, signEnvelope } from '../../src/crypto/dsse.ts';
import { statedUseSchema } from '../../src/license/use.ts';
import { envelopeName } from '../../src/release/layout.ts';
import { contextPayloadType } from '../../src/release/signed-context.ts';
import { licensePayloadType } from '../../src/release/statement.ts';
import { dataBytes, type Json, resigned, sampleBundle, statementOf, use, verify } from './sample.ts';
import { entry, keyFor, principal, revocationsList, trustFile } from './trusted.ts';

/** A bundle that the hospital has signed, its statement changed first, with further signatures. */
function bundle(change: (predicate: Json) => unknown = () => {}, signers = 'i', data = 'data/patients.csv') {
  const files = resigned(sampleBundle(new Map([[data, dataBytes]])), ({ predicate }) => {
    predicate.issuer.key = keyFor('i').id;
    change(predicate);
  });
  const payload = Buffer.from(JSON.stringify(statementOf(files)));
  const envelope = signEnvelope(
    licensePayloadType,
    payload,
    [...signers].map((letter) => keyFor(letter).seed),
  );
  // LICENSE.md shows the key and the terms: the checks up to it are what is tested here.
  return new Map([...files, [envelopeName, Buffer.from(envelope)]]);
}

/** The first check that fails, and its code; the text of the license is the first that must. */
async function refusal(files: ReadonlyMap<string, Buffer>, changes: Parameters<typeof verify>[1] = {}) {
  const { checks } = await verify(files, { trust: trustFile().trust, ...changes });
  const { name, code } = checks.find(({ status }) => status === 'fail')!;
  return `${name} ${code}`;
}
const passes = 'license-text DIGEST';
const abilities = { canCountExports: false, canCountUsers: false, canVerifyContext: true };

describe('the issuer', () => {
  it('must be one, with the key that the license names, valid now, and for these data', async () => {
    expect(await refusal(bundle())).toBe(passes);
    expect(await refusal(bundle(undefined, 'z'))).toBe('signature SIGNATURE');
    expect(await refusal(bundle(undefined, 'p'))).toBe('issuer KEY');
    expect(await refusal(bundle((p) => (p.issuer.key = keyFor('a').id), 'ia'))).toBe('issuer KEY');
    expect(await refusal(bundle(undefined, 'i', 'data/old-patients.csv'))).toBe('issuer KEY');
    const any = trustFile((c) => delete c.principals['urn:hospital'].datasets).trust;
    expect(await refusal(bundle(undefined, 'i', 'data/old-patients.csv'), { trust: any })).toBe(passes);
    for (const [window, expected] of [
      [{ until: '2026-12-01T00:00:00Z' }, 'issuer KEY'],
      [{ until: '2026-12-01T00:00:01Z' }, passes],
      [{ from: '2026-12-01T00:05:01Z' }, 'issuer KEY'],
      [{ from: '2026-12-01T00:05:00Z' }, passes],
    ] as const) {
      const { trust } = trustFile((c) => Object.assign(c.principals['urn:hospital'].keys[0], window));
      expect(await refusal(bundle(), { trust })).toBe(expected);
    }
  });

  it('does not pass for another principal', async () => {
    const { trust } = trustFile((c) => (c.principals['urn:org:clinic'] = principal('c', ['issuer'])));
    expect(
      await refusal(
        bundle((p) => (p.issuer.id = 'urn:org:clinic')),
        { trust },
      ),
    ).toBe('issuer KEY');
    expect(
      await refusal(
        bundle((p) => (p.issuer.key = keyFor('c').id)),
        { trust },
      ),
    ).toBe('issuer KEY');
    expect(
      await refusal(
        bundle((p) => (p.issuer.id = 'urn:hospital')),
        { trust },
      ),
    ).toBe(passes);
  });

  it('is not believed past the end of the trust file', async () => {
    const { trust } = trustFile((c) => (c.expires = '2026-12-01T00:00:00Z'));
    expect(await refusal(bundle(), { trust })).toBe('trust TRUST');
  });
});

describe('approvals', () => {
  const needing =
    (threshold: number, distinctFromIssuer = true) =>
    (p: Json) => {
      p.approvals = { threshold, distinctFromIssuer };
    };

  it.each([
    [1, 'i', 'approvals THRESHOLD'],
    [1, 'ip', passes],
    [2, 'ip', 'approvals THRESHOLD'],
    [2, 'ips', 'approvals THRESHOLD'],
    [2, 'ippp', 'approvals THRESHOLD'],
    [2, 'ipq', passes],
    [2, 'qpi', passes],
    [1, 'iz', 'approvals THRESHOLD'],
    [1, 'ia', 'approvals THRESHOLD'],
    [1, 'iu', 'approvals THRESHOLD'],
  ])('of %i, signed by %s: %s', async (threshold, signers, expected) => {
    expect(await refusal(bundle(needing(threshold), signers))).toBe(expected);
  });

  it('of the issuer count only where the license says so', async () => {
    const { trust } = trustFile((c) => c.principals['urn:hospital'].roles.push('approver'));
    expect(await refusal(bundle(needing(1)), { trust })).toBe('approvals THRESHOLD');
    expect(await refusal(bundle(needing(1, false)), { trust })).toBe(passes);
    const twoKeys = trustFile((c) => {
      c.principals['urn:hospital'] = principal('ik', ['issuer', 'approver']);
    }).trust;
    expect(await refusal(bundle(needing(1), 'ik'), { trust: twoKeys })).toBe('approvals THRESHOLD');
  });

  it('are at least as many as the trust file asks for', async () => {
    const { trust } = trustFile((c) => (c.thresholds.approver = 2));
    expect(await refusal(bundle(undefined, 'ip'), { trust })).toBe('approvals THRESHOLD');
    expect(await refusal(bundle(undefined, 'ipq'), { trust })).toBe(passes);
    expect(await refusal(bundle(needing(3), 'ipq'), { trust })).toBe('approvals THRESHOLD');
  });

  it('by a key that was retired or revoked do not count', async () => {
    const retired = trustFile((c) => (c.principals['urn:second'].keys[0].until = '2026-11-30T00:00:00Z')).trust;
    expect(await refusal(bundle(needing(1), 'iq'), { trust: retired })).toBe('approvals THRESHOLD');
    const revocations = revocationsList((c) => (c.entries = [entry('key', keyFor('q').id)]));
    expect(await refusal(bundle(needing(1), 'iq'), { revocations })).toBe('approvals THRESHOLD');
    expect(await refusal(bundle(needing(1), 'ip'), { revocations })).toBe(passes);
  });
});

describe('the status', () => {
  const status = (maxAge: string) => (p: Json) => {
    p.status = { required: true, maxAge, from: 'revocations.json' };
  };
  const day = 86_400_000;

  it('needs a list by a revoker, no older than the stricter of two ages', async () => {
    const revocations = revocationsList(); // twelve hours old
    expect(await refusal(bundle(status('P1D')))).toBe('status STALE');
    expect(await refusal(bundle(status('P1D')), { revocations })).toBe(passes);
    expect(await refusal(bundle(status('PT11H')), { revocations })).toBe('status STALE');
    expect(await refusal(bundle(status('P1D')), { revocations, maxAgeMs: day / 4 })).toBe('status STALE');
    expect(await refusal(bundle(status('PT11H')), { revocations, maxAgeMs: day })).toBe('status STALE');
    expect(await refusal(bundle(), { revocations, maxAgeMs: day / 4 })).toBe('status STALE');
    expect(await refusal(bundle(), { maxAgeMs: day })).toBe('status STALE');
    expect(await refusal(bundle())).toBe(passes);
    const retired = trustFile((c) => (c.principals['urn:revoker'].keys[0].until = '2026-11-30T00:00:00Z')).trust;
    expect(await refusal(bundle(status('P1D')), { revocations, trust: retired })).toBe('status SIGNATURE');
  });

  it('is that of the license, its key, its files and its payload, whether a list is needed or not', async () => {
    const files = bundle();
    const { payload } = parseEnvelope(files.get(envelopeName)!);
    const { predicate } = statementOf(files);
    for (const revoked of [
      entry('license', predicate.id),
      entry('key', keyFor('i').id),
      entry('digest', sha256Hex(dataBytes)),
      entry('digest', sha256Hex(payload)),
    ]) {
      const holding = (reinstated: boolean) => revocationsList((c) => (c.entries = [{ ...revoked, reinstated }]));
      expect(await refusal(files, { revocations: holding(false) })).toBe('status REVOKED');
      expect(await refusal(files, { revocations: holding(true) })).toBe(passes);
    }
  });
});

describe('a stated use', () => {
  const plain = { organization: use.organization, purpose: use.purpose, region: use.region };
  const stated = { ...plain, audience: '*', expires: '2027-06-01T00:00:00Z' };
  const signed = (signers: string, type = contextPayloadType, content: object = stated) => ({
    use: statedUseSchema.parse(content),
    context: parseEnvelope(
      Buffer.from(
        signEnvelope(
          type,
          Buffer.from(JSON.stringify(content)),
          [...signers].map((letter) => keyFor(letter).seed),
        ),
      ),
    ),
    stateful: abilities,
  });
  const withKey = (p: Json) => {
    p.terms.licensee.key = keyFor('u').id;
  };
  const bases = async (changes: Parameters<typeof verify>[1]) =>
    (await verify(bundle(), { trust: trustFile().trust, ...changes })).terms.find(({ term }) => term === 'licensee')
      ?.basis;

  it('that its organization has signed is verified', async () => {
    expect(await refusal(bundle(), signed('u'))).toBe(passes);
    expect(await bases(signed('u'))).toBe('verified');
    expect(await bases({ use: statedUseSchema.parse(stated) })).toBe('asserted');
    expect(await bases({ ...signed('u'), stateful: false })).toBe('asserted');
  });

  it('that somebody else has signed is refused, or asserted where nobody could tell', async () => {
    for (const signers of ['z', 'i', 'a', 'p'])
      expect(await refusal(bundle(), signed(signers))).toBe('context SIGNATURE');
    const { trust } = trustFile((c) => delete c.principals['urn:org:example-university']);
    expect(await bases({ ...signed('u'), trust })).toBe('asserted');
    const other = trustFile((c) => {
      c.principals['urn:other'] = principal('o', ['recipient']);
    }).trust;
    expect(await refusal(bundle(), { ...signed('o'), trust: other })).toBe('context SIGNATURE');
  });

  it('of another type is refused', async () => {
    expect(await refusal(bundle(), signed('u', licensePayloadType))).toBe('context PAYLOADTYPE');
  });

  it('is signed with the very key that the license names', async () => {
    expect(await refusal(bundle(withKey), signed('u'))).toBe(passes);
    expect(await refusal(bundle(withKey), { use: statedUseSchema.parse(stated), stateful: abilities })).toBe(
      'terms TERMS',
    );
    expect(await refusal(bundle(withKey), signed('z'))).toBe('context SIGNATURE');
    const second = trustFile((c) => {
      c.principals['urn:org:example-university'] = principal('uv', ['recipient']);
    }).trust;
    expect(await refusal(bundle(withKey), { ...signed('v'), trust: second })).toBe('context SIGNATURE');
    expect(await refusal(bundle(), { ...signed('v'), trust: second })).toBe(passes);
  });

  it('by a key that is retired, revoked or in another role is refused', async () => {
    const retired = trustFile((c) => {
      c.principals['urn:org:example-university'].keys[0].until = '2026-11-01T00:00:00Z';
    }).trust;
    expect(await refusal(bundle(), { ...signed('u'), trust: retired })).toBe('context SIGNATURE');
    expect(await refusal(bundle(withKey), { ...signed('u'), trust: retired })).toBe('context SIGNATURE');
    const revocations = revocationsList((c) => (c.entries = [entry('key', keyFor('u').id)]));
    expect(await refusal(bundle(withKey), { ...signed('u'), revocations })).toBe('context REVOKED');
    const auditor = trustFile((c) => (c.principals['urn:org:example-university'].roles = ['auditor'])).trust;
    expect(await refusal(bundle(withKey), { ...signed('u'), trust: auditor })).toBe('context SIGNATURE');
  });

  it('holds for its audience and time', async () => {
    const at = (more: object) => refusal(bundle(), signed('u', contextPayloadType, { ...stated, ...more }));
    expect(await at({})).toBe(passes);
    expect(await at({ audience: statementOf(bundle()).predicate.id })).toBe(passes);
    expect(await at({ audience: `urn:anon:license:${'0'.repeat(32)}` })).toBe('terms TERMS');
    expect(await at({ expires: '2026-12-01T00:00:00Z' })).toBe('terms EXPIRED');
    expect(await at({ issued: '2026-12-01T00:06:00Z' })).toBe('terms NOTYET');
    // Only what is signed is worth stealing.
    for (const lacking of ['audience', 'expires']) {
      expect(await at({ [lacking]: undefined })).toBe('context TERMS');
      expect(await refusal(bundle(), { use: statedUseSchema.parse({ ...stated, [lacking]: undefined }) })).toBe(passes);
    }
  });
});

describe('a decision', () => {
  const files = sampleBundle();

  it('is recorded whichever it is, and stands only when it was', async () => {
    const seen: string[] = [];
    const record = async ({ decision, checks }: { decision: string; checks: readonly { name: string }[] }) => {
      seen.push(`${decision} ${checks.at(-1)!.name}`);
    };
    const allowed = await verify(files, { record });
    expect(allowed).toMatchObject({ decision: 'allow', code: null });
    expect(allowed.checks.at(-1)).toMatchObject({ name: 'audit', status: 'pass' });
    expect(await verify(files, { record, now: parseInstant('2030-01-01T00:00:00Z')! })).toMatchObject({
      decision: 'deny',
      code: 'EXPIRED',
    });
    expect(seen).toEqual(['allow digests', 'deny digests']);
  });

  it.each([
    ['AUDIT', fail('AUDIT', 'the log cannot be written')],
    ['AUDIT', fail('FILE-WRITE', 'no space')],
    ['QUOTA', fail('QUOTA', 'all exports were made')],
  ])('that cannot be recorded is refused with %s', async (code, failure) => {
    const answer = await verify(files, { record: () => Promise.reject(failure) });
    expect(answer).toMatchObject({ decision: 'deny', code });
    expect(answer.released).toBeUndefined();
    expect(answer.checks.at(-1)).toMatchObject({ name: 'audit', status: 'fail', code });
  });

  it('is none when recording is defect', async () => {
    await expect(verify(files, { record: () => Promise.reject(new TypeError('defect')) })).rejects.toThrow(TypeError);
  });
});
