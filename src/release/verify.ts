import type { VerificationKey } from '../crypto/dsse.ts';
import { decideTerms } from '../license/decide.ts';
import type { TermOutcome } from '../license/definition.ts';
import type { Situation, StatedUse } from '../license/use.ts';
import { createCheckLog, type Finding, isRefusal, type Released, termLines, type VerifyAnswer } from './answer.ts';
import { type BundleSource, maxBundleFiles } from './bundle-source.ts';
import {
  checkApprovals,
  checkIssuer,
  checkLicenseText,
  checkLineage,
  checkPayloadType,
  checkSignature,
  checkStatus,
  checkSubjects,
  checkTerms,
  checkTime,
  listFiles,
  readEnvelope,
  readJson,
  readStatement,
} from './checks.ts';
import { checkDigests } from './digests.ts';

/** Checks the bytes of all files of the bundle by its license. */
export type CheckContents = (license: Released) => Promise<Finding<void>>;

export interface VerifyOptions {
  /** Keys of the issuers that are trusted. */
  readonly keys: readonly VerificationKey[];
  readonly use: StatedUse;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number;
  /** What is known beside the license; its id and the time are filled in. */
  readonly situation: Pick<Situation, 'contextSigned' | 'stateful'>;
  /** Default: 10,000. */
  readonly maxFiles?: number;
  /**
   * Checks the bytes of all files, the last check of all; `checkDigests`, the default, or what else is done while they go by. The license
   * has been found good by then.
   */
  readonly contents?: CheckContents;
}

/**
 * May the bundle be used as stated? Each check stands on what the ones before it proved; the first that fails decides. Every file is read
 * once; whatever is released must have the digests of the statement that comes back.
 *
 * A defect of the bundle never throws. What throws is no answer: a file that cannot be read, a defect of anon.
 */
export async function verifyBundle(source: BundleSource, options: VerifyOptions): Promise<VerifyAnswer> {
  const { keys, use, now } = options;
  const log = createCheckLog();
  let license: string | null = null;
  let outcomes: readonly TermOutcome[] = [];
  let released: Released | undefined;
  try {
    const files = await log.run('files', () => listFiles(source, options.maxFiles ?? maxBundleFiles));
    const { envelope, bytes } = await log.run('envelope', () => readEnvelope(source, files));
    await log.run('payload-type', () => checkPayloadType(envelope));
    await log.run('signature', () => checkSignature(envelope, keys));
    const json = await log.run('json', () => readJson(envelope));
    const statement = await log.run('schema', () => readStatement(json));
    const { predicate } = statement;
    await log.run('issuer', () => checkIssuer(predicate, envelope, keys));
    license = predicate.id;
    await log.run('time', () => checkTime(predicate, now));
    await log.run('status', () => checkStatus(predicate));
    await log.run('approvals', () => checkApprovals(predicate));
    await log.run('terms', () => {
      outcomes = decideTerms(predicate.terms, use, { ...options.situation, now, licenseId: predicate.id });
      return checkTerms(outcomes);
    });
    await log.run('subjects', () => checkSubjects(statement, files));
    await log.run('license-text', () => checkLicenseText(statement));
    await log.run('lineage', () => checkLineage(predicate));
    const verified = { statement, envelope: bytes };
    await log.run('digests', () => options.contents?.(verified) ?? checkDigests(statement, source));
    released = verified;
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  const failed = log.close();
  return {
    decision: released === undefined ? 'deny' : 'allow',
    code: failed?.code ?? null,
    license,
    checks: log.checks,
    terms: termLines(outcomes),
    ...(released === undefined ? {} : { released }),
  };
}
