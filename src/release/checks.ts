import { type Diagnostic, Failure, fail } from '../base/diagnostic.ts';
import { type JsonValue, metadataLimits, parseStrictJson } from '../base/strict-json.ts';
import { parseInstant } from '../base/time.ts';
import { sha256Hex } from '../crypto/digest.ts';
import { type Envelope, parseEnvelope, type VerificationKey, verifyEnvelope } from '../crypto/dsse.ts';
import type { TermOutcome } from '../license/definition.ts';
import type { Finding } from './answer.ts';
import { type BundleFile, type BundleSource, readWhole, tooManyFiles } from './bundle-source.ts';
import { envelopeName, hasPlace, licenseTextName } from './layout.ts';
import { renderers } from './license-md.ts';
import { checkName, findCaseTwins, printable } from './names.ts';
import { type LicensePredicate, type LicenseStatement, licensePayloadType, parseStatement } from './statement.ts';

/*
 * The checks of a bundle. Each returns what it found and a sentence about it, or throws a Failure.
 */

/** By how much a license may seem to begin in the future. It ends to the second: in force is notBefore ≤ now < notAfter. */
const clockSkewMs = 300_000;
/** Names that a message lists before it only counts. */
const namesShown = 3;

export async function listFiles(source: BundleSource, maxFiles: number): Promise<Finding<readonly BundleFile[]>> {
  const files = await source.list();
  if (files.length > maxFiles) throw tooManyFiles(maxFiles);
  return { value: files, detail: `${files.length} files` };
}

/** The envelope and its bytes, which are read here once and for all. */
export async function readEnvelope(
  source: BundleSource,
  files: readonly BundleFile[],
): Promise<Finding<{ envelope: Envelope; bytes: Buffer }>> {
  if (!files.some(({ name }) => name === envelopeName)) throw fail('MISSING', `the bundle has no ${envelopeName}`);
  const bytes = await readWhole(source, envelopeName, metadataLimits.bytes);
  const envelope = parseEnvelope(bytes);
  return {
    value: { envelope, bytes },
    detail: envelope.signatures.length === 1 ? 'one signature' : `${envelope.signatures.length} signatures`,
  };
}

export function checkPayloadType({ payloadType }: Envelope): Finding<void> {
  if (payloadType !== licensePayloadType) throw fail('PAYLOADTYPE', 'the envelope does not hold an in-toto statement');
  return { value: undefined, detail: 'an in-toto statement' };
}

export function checkSignature(envelope: Envelope, keys: readonly VerificationKey[]): Finding<void> {
  const signers = verifyEnvelope(envelope, [...keys]);
  if (signers.length === 0) throw fail('SIGNATURE', 'no signature by a trusted key verifies');
  return { value: undefined, detail: `signed with the trusted key ${signers.map(({ keyId }) => keyId).join(', ')}` };
}

export function readJson({ payload }: Envelope): Finding<JsonValue> {
  return { value: parseStrictJson(payload), detail: `${payload.length} bytes of strict JSON` };
}

export function readStatement(json: JsonValue): Finding<LicenseStatement> {
  return { value: parseStatement(json), detail: 'a license statement and nothing else' };
}

/** The statement must name a trusted key that signed it, so that nobody's license passes for another's. */
export function checkIssuer(
  { issuer }: LicensePredicate,
  envelope: Envelope,
  keys: readonly VerificationKey[],
): Finding<void> {
  const named = keys.filter(({ keyId }) => keyId === issuer.key);
  if (verifyEnvelope(envelope, named).length === 0)
    throw fail('KEY', "the issuer's key in the license is not a trusted key that signed it");
  return { value: undefined, detail: 'the key that the license names has signed it' };
}

export function checkTime({ notBefore, notAfter }: LicensePredicate, now: number): Finding<void> {
  if (now + clockSkewMs < parseInstant(notBefore)!) throw fail('NOTYET', `the license begins at ${notBefore}`);
  if (now >= parseInstant(notAfter)!) throw fail('EXPIRED', `the license ended at ${notAfter}`);
  return { value: undefined, detail: `in force until ${notAfter}` };
}

export function checkStatus({ status }: LicensePredicate): Finding<void> {
  if (status?.required === true) throw fail('STALE', 'the license needs a list of revocations, and none is at hand');
  return { value: undefined, detail: 'the license needs no list of revocations' };
}

export function checkApprovals({ approvals }: LicensePredicate): Finding<void> {
  if (approvals.threshold > 0)
    throw fail('THRESHOLD', `the license needs ${approvals.threshold} approvals, and no approver is trusted`);
  return { value: undefined, detail: 'the license needs no approvals' };
}

export function checkTerms(outcomes: readonly TermOutcome[]): Finding<void> {
  const refusals = outcomes.filter(({ status }) => status === 'fail');
  if (refusals.length > 0)
    throw new Failure(
      refusals.map(({ term, code, detail }) => ({ code: code ?? 'TERMS', message: `${term}: ${detail}` })),
    );
  return { value: undefined, detail: `${outcomes.length} terms hold for the stated use` };
}

/** The bundle's files are the subjects and the envelope: none more, none less. */
export function checkSubjects(statement: LicenseStatement, files: readonly BundleFile[]): Finding<void> {
  checkSubjectNames(statement);
  const signed = new Set([envelopeName, ...statement.subject.map(({ name }) => name)]);
  const present = new Set(files.map(({ name }) => name));
  const problems: Diagnostic[] = [];
  const extra = [...present].filter((name) => !signed.has(name));
  const missing = [...signed].filter((name) => !present.has(name));
  if (extra.length > 0) problems.push({ code: 'EXTRA', message: `not in the license: ${enumerate(extra)}` });
  if (missing.length > 0) problems.push({ code: 'MISSING', message: `not in the bundle: ${enumerate(missing)}` });
  if (present.size < files.length) problems.push({ code: 'EXTRA', message: 'a file is in the bundle twice' });
  if (problems.length > 0) throw new Failure(problems);
  return { value: undefined, detail: `the envelope and exactly the ${signed.size - 1} files that it names` };
}

/** Throws PATH unless every subject has a name that a bundle may hold. */
export function checkSubjectNames({ subject }: LicenseStatement): void {
  const names = subject.map(({ name }) => name);
  const problems: Diagnostic[] = names.flatMap((name) => {
    const reason = checkName(name) ?? (hasPlace(name) ? null : 'a bundle has no place for such a file');
    return reason === null ? [] : [{ code: 'PATH', message: `${printable(name)}: ${reason}` }];
  });
  for (const [one, other] of findCaseTwins([envelopeName, ...names])) {
    problems.push({ code: 'PATH', message: `some systems take ${printable(one)} for ${printable(other)}` });
  }
  if (problems.length > 0) throw new Failure(problems);
}

/** LICENSE.md must be what its renderer makes of the statement. That its bytes are those that were signed is for `checkDigests`. */
export function checkLicenseText(statement: LicenseStatement): Finding<void> {
  const { renderer } = statement.predicate;
  const known = renderers.get(renderer);
  if (known === undefined)
    throw fail('SCHEMA', `${licenseTextName} was made by a renderer that this version does not know`);
  const signed = statement.subject.find(({ name }) => name === licenseTextName)?.digest.sha256;
  if (sha256Hex(Buffer.from(known.render(statement))) !== signed)
    throw fail('DIGEST', `${licenseTextName} does not say what the license says`);
  return { value: undefined, detail: `${licenseTextName} says what the license says` };
}

export function checkLineage({ lineage }: LicensePredicate): Finding<void> {
  if (lineage.parents.length > 0)
    throw fail('DELEGATION', 'the license stands on parent licenses, which cannot be checked');
  return { value: undefined, detail: 'the license stands on no other' };
}

function enumerate(names: readonly string[]): string {
  const shown = names
    .slice(0, namesShown)
    .map((name) => printable(name))
    .join(', ');
  return names.length <= namesShown ? shown : `${shown} and ${names.length - namesShown} more`;
}
