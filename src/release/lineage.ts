import { Failure, fail } from '../base/diagnostic.ts';
import { metadataLimits, parseStrictJson } from '../base/strict-json.ts';
import { parseInstant } from '../base/time.ts';
import { sha256Hex } from '../crypto/digest.ts';
import { type Envelope, parseEnvelope, type VerificationKey, verifyEnvelope } from '../crypto/dsse.ts';
import type { Finding } from './answer.ts';
import { type BundleSource, readWhole } from './bundle-source.ts';
import { delegationProblems } from './delegation.ts';
import { isAttestation } from './layout.ts';
import { type LicenseStatement, licensePayloadType, parseStatement } from './statement.ts';

/** A license that another one stands on, as the bundle holds it. */
export interface ParentLicense {
  /** Name of its file in the bundle. */
  readonly name: string;
  /** SHA-256 of its envelope's payload. */
  readonly sha256: string;
  readonly envelope: Envelope;
  readonly statement: LicenseStatement;
  /** Generations above the license of the bundle: 1 is its parent. */
  readonly depth: number;
}

export interface LineageOptions {
  /** Keys of the issuers that are trusted now. */
  readonly keys: readonly VerificationKey[];
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number;
}

/** Generations of licenses above that of a bundle. */
const maxDepth = 8;
/** Attestations that are looked through for parents. */
const maxAttestations = 64;
/** Bytes of all attestations together, twice what one envelope may have: each is decoded, read, checked and kept. */
const maxAttestedBytes = 8 << 20;
/** Pairs of a license and its parent, each of which is compared term by term. */
const maxLinks = 128;

/**
 * Every license that the bundle's stands on, its ancestors too: each is there with the digest that its child names, signed by a trusted
 * issuer, in force, and allows its child. The value is the ancestors, nearest first, for whoever asks whether one of them was revoked.
 * Throws DELEGATION, DIGEST when an attestation is not the file that was signed, and LIMIT when there is more of them than can be checked
 * in a few seconds.
 */
export async function checkLineage(
  statement: LicenseStatement,
  source: BundleSource,
  options: LineageOptions,
): Promise<Finding<readonly ParentLicense[]>> {
  const { parents } = statement.predicate.lineage;
  if (parents.length === 0) return { value: [], detail: 'the license stands on no other' };
  const ancestors = await readAncestors(statement, source);
  const byDigest = new Map(ancestors.map((ancestor) => [ancestor.sha256, ancestor]));
  for (const ancestor of ancestors) checkParent(ancestor, options);
  for (const child of [statement, ...ancestors.map((ancestor) => ancestor.statement)]) {
    for (const { sha256 } of child.predicate.lineage.parents) {
      const parent = byDigest.get(sha256)!.statement;
      const problems = delegationProblems(child, parent, options.keys);
      if (problems.length > 0) throw fail('DELEGATION', `${parent.predicate.id}: ${problems.join('; ')}`);
    }
  }
  const count =
    ancestors.length === 1 ? 'one parent license, which allows' : `${ancestors.length} licenses, which allow`;
  return { value: ancestors, detail: `the license stands on ${count} it` };
}

/** The ancestors of a license, nearest first, each once. Says nothing about their signatures. Throws DELEGATION, DIGEST or LIMIT. */
export async function readAncestors(
  statement: LicenseStatement,
  source: BundleSource,
): Promise<readonly ParentLicense[]> {
  if (statement.predicate.lineage.parents.length === 0) return [];
  const attested = await readAttestations(statement, source);
  const found = new Map<string, ParentLicense>();
  let generation = [statement];
  let links = 0;
  for (let depth = 1; generation.length > 0; depth++) {
    const named = generation.flatMap(({ predicate }) => predicate.lineage.parents);
    if (named.length > 0 && depth > maxDepth)
      throw fail('DELEGATION', `more than ${maxDepth} licenses stand on each other`);
    const next: LicenseStatement[] = [];
    links += named.length;
    if (links > maxLinks) throw fail('LIMIT', `the licenses name parents more than ${maxLinks} times`);
    for (const { id, sha256 } of named) {
      const known = found.get(sha256);
      const there = known ?? attested.get(sha256);
      if (there === undefined) throw fail('DELEGATION', `the parent license ${id} is not among the attestations`);
      const parent = known?.statement ?? readLicense(there.envelope);
      if (parent.predicate.id !== id) throw fail('DELEGATION', `the parent license ${id} is of another id`);
      if (known !== undefined) continue;
      found.set(sha256, { ...there, sha256, statement: parent, depth });
      next.push(parent);
    }
    generation = next;
  }
  return [...found.values()];
}

/** Envelopes of licenses among the attestations, by the SHA-256 of their payload. What is no envelope is evidence of another kind. */
async function readAttestations({ subject }: LicenseStatement, source: BundleSource) {
  const found = new Map<string, { readonly name: string; readonly envelope: Envelope }>();
  const attestations = subject.filter(({ name }) => isAttestation(name));
  if (attestations.length > maxAttestations)
    throw fail('LIMIT', `the bundle holds more than ${maxAttestations} attestations`);
  let attested = 0;
  for (const { name, digest } of attestations) {
    const bytes = await readWhole(source, name, metadataLimits.bytes);
    attested += bytes.length;
    if (attested > maxAttestedBytes)
      throw fail('LIMIT', `the attestations are larger than ${maxAttestedBytes} bytes together`);
    if (sha256Hex(bytes) !== digest.sha256) throw fail('DIGEST', `${name} is not the file that was signed`);
    try {
      const envelope = parseEnvelope(bytes);
      if (envelope.payloadType === licensePayloadType) found.set(sha256Hex(envelope.payload), { name, envelope });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  }
  return found;
}

function readLicense({ payload }: Envelope): LicenseStatement {
  try {
    return parseStatement(parseStrictJson(payload));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw fail('DELEGATION', `a parent license is malformed: ${error.message.replaceAll('\n', '; ')}`);
  }
}

/** Signed by the issuer that it names, and in force: that it began before its child did is for `delegationProblems`. */
function checkParent({ statement: { predicate }, envelope }: ParentLicense, { keys, now }: LineageOptions): void {
  const { id, issuer, notAfter } = predicate;
  const named = keys.filter(({ keyId }) => keyId === issuer.key);
  if (verifyEnvelope(envelope, named).length === 0)
    throw fail('DELEGATION', `${id}: no trusted key of its issuer has signed it`);
  if (now >= parseInstant(notAfter)!) throw fail('DELEGATION', `${id}: the parent license ended at ${notAfter}`);
}
