import { type Diagnostic, Failure, fail } from '../base/diagnostic.ts';
import { type JsonValue, metadataLimits, parseStrictJson } from '../base/strict-json.ts';
import { parseDuration, parseInstant } from '../base/time.ts';
import { sha256Hex } from '../crypto/digest.ts';
import { type Envelope, parseEnvelope } from '../crypto/dsse.ts';
import type { TermOutcome } from '../license/definition.ts';
import type { Finding } from './answer.ts';
import { type BundleFile, type BundleSource, readWhole, tooManyFiles } from './bundle-source.ts';
import { matchesGlob } from './glob.ts';
import { dataFolder, envelopeName, hasPlace, licenseTextName } from './layout.ts';
import { renderers } from './license-md.ts';
import type { ParentLicense } from './lineage.ts';
import { checkName, findCaseTwins, printable } from './names.ts';
import { checkFresh, checkNotRevoked, checkRevoker, type Revocations, withoutRevoked } from './revocations.ts';
import { keysThatSigned } from './signed-document.ts';
import { type LicensePredicate, type LicenseStatement, licensePayloadType, parseStatement } from './statement.ts';
import { clockSkewMs } from './time.ts';
import { isValidAt, keysIn, type Trust, type TrustedKey } from './trust.ts';

/*
 * The checks of a bundle. Each returns what it found and a sentence about it, or throws a Failure.
 */

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

/** The trusted keys that have signed, in whatever role. Throws SIGNATURE when there is none. */
export function checkSignature(envelope: Envelope, trust: Trust): Finding<readonly TrustedKey[]> {
  const signers = keysThatSigned(envelope, trust.keys);
  if (signers.length === 0) throw fail('SIGNATURE', 'no signature by a trusted key verifies');
  return { value: signers, detail: `signed with the trusted key ${signers.map(({ keyId }) => keyId).join(', ')}` };
}

export function readJson({ payload }: Envelope): Finding<JsonValue> {
  return { value: parseStrictJson(payload), detail: `${payload.length} bytes of strict JSON` };
}

export function readStatement(json: JsonValue): Finding<LicenseStatement> {
  return { value: parseStatement(json), detail: 'a license statement and nothing else' };
}

/**
 * The statement must name a trusted key that signed it, so that nobody's license passes for another's; the key must be valid now, and its
 * principal an issuer of all that is licensed. Throws KEY.
 */
export function checkIssuer(
  { issuer, files }: LicensePredicate,
  signers: readonly TrustedKey[],
  trust: Trust,
  now: number,
): Finding<void> {
  const key = signers.find(({ keyId }) => keyId === issuer.key);
  if (key === undefined) throw fail('KEY', "the issuer's key in the license is not a trusted key that signed it");
  const { id, roles, datasets } = trust.principals.get(key.principal)!;
  if (!roles.has('issuer')) throw fail('KEY', 'the key that signed the license is not trusted as that of an issuer');
  if (!isValidAt(key, now)) throw fail('KEY', "the issuer's key is not valid now");
  if (issuer.id !== undefined && issuer.id !== id && trust.principals.has(issuer.id))
    throw fail('KEY', 'the license names another trusted principal as its issuer than the one who signed it');
  const foreign = files
    .map(({ name }) => name)
    .filter((name) => datasets?.some((glob) => matchesGlob(name.slice(dataFolder.length), glob)) === false);
  if (foreign.length > 0) throw fail('KEY', `the issuer is not trusted with ${enumerate(foreign)}`);
  return { value: undefined, detail: `signed by ${id}, with the key that the license names` };
}

/** In force is notBefore ≤ now < notAfter: a license may seem to begin later by the skew of clocks, but ends to the second. */
export function checkTime({ notBefore, notAfter }: LicensePredicate, now: number): Finding<void> {
  if (now + clockSkewMs < parseInstant(notBefore)!) throw fail('NOTYET', `the license begins at ${notBefore}`);
  if (now >= parseInstant(notAfter)!) throw fail('EXPIRED', `the license ended at ${notAfter}`);
  return { value: undefined, detail: `in force until ${notAfter}` };
}

/** What a license stands on beside its own text: a list of revocations, and how old it may be. */
export interface StatusFacts {
  /** The list at hand, by whom the trust lets revoke at some time; neither its age nor its key is known to be good now. */
  readonly revocations: Revocations | undefined;
  readonly trust: Trust;
  /** Milliseconds; undefined: only the license says. */
  readonly maxAgeMs: number | undefined;
  readonly envelope: Envelope;
  readonly now: number;
}

/** A list that is at hand counts, needed or not. Throws STALE, CLOCK, SIGNATURE or REVOKED. */
export function checkStatus({ predicate, subject }: LicenseStatement, facts: StatusFacts): Finding<void> {
  const { revocations, trust, maxAgeMs, envelope, now } = facts;
  const { status, id, issued, issuer, lineage } = predicate;
  const ages = [status?.required === true ? parseDuration(status.maxAge)! : undefined, maxAgeMs];
  const strictest = Math.min(...ages.filter((age) => age !== undefined));
  const needed = strictest !== Number.POSITIVE_INFINITY;
  if (revocations === undefined) {
    if (!needed) return { value: undefined, detail: 'the license needs no list of revocations' };
    throw fail('STALE', 'the license needs a list of revocations, and none by a trusted revoker is at hand', {
      hint: 'give it with --revocations FILE, or take it over: `anon revocations merge FILE`',
    });
  }
  checkNotRevoked(revocations, {
    id,
    issued,
    keys: [issuer.key],
    digests: [sha256Hex(envelope.payload), ...subject.map(({ digest }) => digest.sha256)],
    parents: lineage.parents,
  });
  if (needed) {
    checkRevoker(revocations, trust, now);
    checkFresh(revocations, now, strictest);
  }
  return { value: undefined, detail: `not revoked by version ${revocations.content.version} of the list` };
}

/** Each license that this one stands on is by an issuer of its data, approved, and not revoked. Throws DELEGATION or REVOKED. */
export function checkAncestors(
  ancestors: readonly ParentLicense[],
  { trust, revocations, now }: Pick<StatusFacts, 'trust' | 'revocations' | 'now'>,
): void {
  for (const { envelope, sha256, statement } of ancestors) {
    const { id, issued, issuer, lineage } = statement.predicate;
    try {
      const signers = checkSignature(envelope, trust).value;
      checkIssuer(statement.predicate, signers, trust, now);
      checkApprovals(statement.predicate, signers, trust, { revocations, now });
    } catch (error) {
      throw error instanceof Failure ? fail('DELEGATION', `${id}: ${error.message}`) : error;
    }
    if (revocations === undefined) continue;
    const digests = [sha256, ...statement.subject.map(({ digest }) => digest.sha256)];
    checkNotRevoked(revocations, { id, issued, keys: [issuer.key], digests, parents: lineage.parents });
  }
}

/** Approvers are counted as principals, however many keys each has signed with. Throws THRESHOLD. */
export function checkApprovals(
  { approvals, issuer, issued }: LicensePredicate,
  signers: readonly TrustedKey[],
  trust: Trust,
  facts: Pick<StatusFacts, 'revocations' | 'now'>,
): Finding<void> {
  const needed = Math.max(approvals.threshold, trust.thresholds.approver);
  if (needed === 0) return { value: undefined, detail: 'the license needs no approvals' };
  const issuedBy = trust.keys.find(({ keyId }) => keyId === issuer.key)?.principal;
  const valid = withoutRevoked(keysIn(trust, 'approver', facts.now), facts.revocations, issued);
  const approved = new Set(
    signers.filter(({ keyId }) => valid.some((key) => key.keyId === keyId)).map(({ principal }) => principal),
  );
  if (approvals.distinctFromIssuer && issuedBy !== undefined) approved.delete(issuedBy);
  if (approved.size < needed)
    throw fail('THRESHOLD', `${approved.size} of the ${needed} approvals that are needed have been given`);
  return { value: undefined, detail: `approved by ${[...approved].join(', ')}` };
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

function enumerate(names: readonly string[]): string {
  const shown = names
    .slice(0, namesShown)
    .map((name) => printable(name))
    .join(', ');
  return names.length <= namesShown ? shown : `${shown} and ${names.length - namesShown} more`;
}
