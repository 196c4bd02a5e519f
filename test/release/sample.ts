import { parseInstant } from '../../src/base/time.ts';
import { sha256Hex } from '../../src/crypto/digest.ts';
import { signEnvelope, type VerificationKey } from '../../src/crypto/dsse.ts';
import { publicKeyOf } from '../../src/crypto/ed25519.ts';
import { keyIdOf } from '../../src/crypto/keys.ts';
import { statedUseSchema } from '../../src/license/use.ts';
import { buildBundle, type ReleaseFile, type ReleaseParts } from '../../src/release/build.ts';
import { memoryBundle } from '../../src/release/bundle-source.ts';
import { createChunkDigest } from '../../src/release/chunks.ts';
import { envelopeName, licenseTextName, orderMembers } from '../../src/release/layout.ts';
import { renderers } from '../../src/release/license-md.ts';
import type { Revocations } from '../../src/release/revocations.ts';
import { licensePayloadType } from '../../src/release/statement.ts';
import { tarEnd, tarHeader, tarPadding } from '../../src/release/tar.ts';
import { type Trust, trustOfKey } from '../../src/release/trust.ts';
import { fixedGrounds, type VerifyOptions, verifyBundle } from '../../src/release/verify.ts';

export const seed = Buffer.alloc(32, 7);
export const otherSeed = Buffer.alloc(32, 8);
export const keyOf = (from: Buffer, principal = 'issuer'): VerificationKey => ({
  principal,
  keyId: keyIdOf(publicKeyOf(from)),
  publicKey: publicKeyOf(from),
});

export const use = statedUseSchema.parse({
  organization: 'urn:org:example-university',
  purpose: 'AcademicResearch',
  region: 'DE',
});

export const now = parseInstant('2026-12-01T00:00:00Z')!;

/** Trust in these keys, as issuers and in no other role. */
export function issuers(keys: readonly VerificationKey[]): Trust {
  const trusted = keys.map((key) => ({ ...key, from: null, until: null }));
  const ids = [...new Set(keys.map(({ principal }) => principal))];
  return {
    ...trustOfKey(publicKeyOf(seed)),
    keys: trusted,
    principals: new Map(
      ids.map((id) => [
        id,
        {
          id,
          name: id,
          roles: new Set(['issuer'] as const),
          datasets: undefined,
          keys: trusted.filter(({ principal }) => principal === id),
        },
      ]),
    ),
  };
}

/** Made once: keys are slow to make. */
const sampleTrust = issuers([keyOf(seed)]);

export const options: VerifyOptions = {
  grounds: fixedGrounds(sampleTrust, now),
  use,
  stateful: false,
};

export const parts: ReleaseParts = {
  files: [],
  seed,
  report: '{"records":3}\n',
  statement: {
    title: 'Readmission cohort 2026',
    issued: '2026-11-21T12:00:00Z',
    notBefore: '2026-10-01T00:00:00Z',
    notAfter: '2027-10-01T00:00:00Z',
    issuer: { id: 'urn:org:example-hospital', name: 'Example Hospital Trust', contact: 'data@hospital.example' },
    terms: {
      licensee: { id: 'urn:org:example-university', name: 'Example University' },
      permissions: ['use'],
      prohibitions: ['reidentify', 'link'],
      purposes: ['AcademicResearch'],
      regions: ['GB', 'EEA'],
    },
    approvals: { threshold: 0, distinctFromIssuer: true },
    privacy: {
      unit: 'patient_id',
      quasiIdentifiers: ['age', 'zip'],
      models: [{ name: 'k-anonymity', required: { k: 11 }, measured: { k: 12 } }],
      suppressed: { records: 7, of: 3000 },
      risk: { highest: 0.083, average: 0.01 },
      generalization: [{ field: 'age', level: 2 }],
    },
    transforms: [
      {
        field: 'email',
        role: 'identifier',
        technique: ['fake'],
        reversible: false,
        parameters: { as: 'internet.email' },
      },
      { field: 'age', role: 'quasi-identifier', technique: ['generalize'], reversible: false, parameters: {} },
    ],
    lineage: {
      policy: { name: 'Cohort 2026', version: '3.2', sha256: 'a'.repeat(64) },
      source: { commitment: `hmac-sha256:${'b'.repeat(64)}`, records: 3000 },
      parents: [],
    },
    tool: { name: 'anon', version: '0.1.0' },
  },
};

export const dataBytes = Buffer.from('email,age\na@b.invalid,"[18, 25)"\n');

export function releaseFile(name: string, bytes: Buffer): ReleaseFile {
  const digest = createChunkDigest();
  digest.update(bytes);
  const fields = [
    { name: 'email', type: 'string' },
    { name: 'age', type: 'string' },
  ];
  return { ...digest.finish(), name, records: 1, format: 'csv', mediatype: 'text/csv', encoding: 'utf-8', fields };
}

/** Every file of a bundle with the given data, in the bundle's order. */
export function sampleBundle(
  data: ReadonlyMap<string, Buffer> = new Map([['data/patients.csv', dataBytes]]),
  statement: Partial<ReleaseParts['statement']> = {},
): Map<string, Buffer> {
  const { members } = buildBundle({
    ...parts,
    statement: { ...parts.statement, ...statement },
    files: [...data].map(([name, bytes]) => releaseFile(name, bytes)),
  });
  const files = new Map([...members.map(({ name, bytes }) => [name, bytes] as const), ...data]);
  return new Map(orderMembers([...files.keys()]).map((name) => [name, files.get(name)!]));
}

// biome-ignore lint/suspicious/noExplicitAny: tests reach into statements to break them
export type Json = any;

export function statementOf(files: ReadonlyMap<string, Buffer>): Json {
  const envelope = JSON.parse(files.get(envelopeName)!.toString());
  return JSON.parse(Buffer.from(envelope.payload, 'base64').toString());
}

/** The bundle with its statement changed and signed again by the same key. */
export function resigned(files: ReadonlyMap<string, Buffer>, change: (statement: Json) => void): Map<string, Buffer> {
  const statement = statementOf(files);
  change(statement);
  const envelope = signEnvelope(licensePayloadType, Buffer.from(JSON.stringify(statement)), [seed]);
  return new Map([...files, [envelopeName, Buffer.from(envelope)]]);
}

/** The same, with a LICENSE.md that says what the changed statement says. */
export function rewritten(files: ReadonlyMap<string, Buffer>, change: (statement: Json) => void): Map<string, Buffer> {
  let text = '';
  const changed = resigned(files, (statement) => {
    change(statement);
    text = renderers.get(statement.predicate.renderer)!.render(statement);
    statement.subject.find((entry: Json) => entry.name === licenseTextName).digest.sha256 = sha256Hex(
      Buffer.from(text),
    );
  });
  return changed.set(licenseTextName, Buffer.from(text));
}

export interface VerifyChanges extends Partial<VerifyOptions> {
  readonly keys?: readonly VerificationKey[];
  readonly trust?: Trust;
  readonly now?: number;
  readonly revocations?: Revocations;
}

export function verify(files: ReadonlyMap<string, Buffer>, changes: VerifyChanges = {}) {
  const {
    keys,
    trust = keys === undefined ? sampleTrust : issuers(keys),
    now: at = now,
    revocations,
    ...more
  } = changes;
  const grounds = fixedGrounds(trust, at, revocations);
  return verifyBundle(memoryBundle(files), { ...options, grounds, ...more });
}

export function packTar(files: ReadonlyMap<string, Buffer>): Buffer {
  const blocks = [...files].flatMap(([name, bytes]) => [
    tarHeader(name, bytes.length),
    bytes,
    tarPadding(bytes.length),
  ]);
  return Buffer.concat([...blocks, tarEnd]);
}
