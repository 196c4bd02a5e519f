import { Failure } from '../base/diagnostic.ts';
import type { Envelope } from '../crypto/dsse.ts';
import { decideTerms } from '../license/decide.ts';
import type { TermOutcome } from '../license/definition.ts';
import type { Situation, StatedUse } from '../license/use.ts';
import {
  type Answer,
  answerOf,
  createCheckLog,
  type Finding,
  isRefusal,
  type Released,
  termLines,
  type VerifyAnswer,
} from './answer.ts';
import { type BundleSource, maxBundleFiles } from './bundle-source.ts';
import {
  checkAncestors,
  checkApprovals,
  checkIssuer,
  checkLicenseText,
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
import { checkLineage } from './lineage.ts';
import type { Revocations } from './revocations.ts';
import { checkContext } from './signed-context.ts';
import { checkTrustTime, keysIn, type Trust } from './trust.ts';

/** What a decision stands on beside the bundle. Each is asked for once, in this order, and may refuse. */
export interface Grounds {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  clock(): Finding<number> | Promise<Finding<number>>;
  trust(now: number): Finding<Trust> | Promise<Finding<Trust>>;
  /** The list of revocations at hand, signed by whom the trust lets revoke; its age is for the license to judge. */
  revocations(trust: Trust, now: number): Promise<Revocations | undefined>;
}

/** Checks the bytes of all files of the bundle by its license. */
export type CheckContents = (license: Released) => Promise<Finding<void>>;

export interface VerifyOptions {
  readonly grounds: Grounds;
  readonly use: StatedUse;
  /** The envelope that `use` came in, if it did; its signatures are checked here. */
  readonly context?: Envelope | undefined;
  /** How old a list of revocations may be, in milliseconds; with it every license needs one. */
  readonly maxAgeMs?: number | undefined;
  /** What can be counted here. */
  readonly stateful: Situation['stateful'];
  /** Default: 10,000. */
  readonly maxFiles?: number;
  /**
   * Checks the bytes of all files, the last check of all; `checkDigests`, the default, or what else is done while they go by. The license
   * has been found good by then.
   */
  readonly contents?: CheckContents;
  /** Makes the decision, whichever it is, known before anybody acts on it. A Failure that it throws is a refusal. */
  readonly record?: ((answer: Answer, released: Released | undefined) => Promise<void>) | undefined;
}

/** Grounds that are known: no state is kept. */
export function fixedGrounds(trust: Trust, now: number, revocations?: Revocations): Grounds {
  return {
    clock: () => ({ value: now, detail: 'as given' }),
    trust: (at) => ({ ...checkTrustTime(trust, at), value: trust }),
    revocations: async () => revocations,
  };
}

/**
 * May the bundle be used as stated? Each check stands on what the ones before it proved; the first that fails decides. Every file is read
 * once; whatever is released must have the digests of the statement that comes back.
 *
 * A defect of the bundle never throws. What throws is no answer: a file that cannot be read, a defect of anon.
 */
export async function verifyBundle(source: BundleSource, options: VerifyOptions): Promise<VerifyAnswer> {
  const { grounds, use, context, maxAgeMs, record } = options;
  const log = createCheckLog();
  let license: string | null = null;
  let outcomes: readonly TermOutcome[] = [];
  let released: Released | undefined;
  try {
    const now = await log.run('clock', () => grounds.clock());
    const trust = await log.run('trust', () => grounds.trust(now));
    const files = await log.run('files', () => listFiles(source, options.maxFiles ?? maxBundleFiles));
    const { envelope, bytes } = await log.run('envelope', () => readEnvelope(source, files));
    await log.run('payload-type', () => checkPayloadType(envelope));
    const signers = await log.run('signature', () => checkSignature(envelope, trust));
    const json = await log.run('json', () => readJson(envelope));
    const statement = await log.run('schema', () => readStatement(json));
    const { predicate } = statement;
    await log.run('issuer', () => checkIssuer(predicate, signers, trust, now));
    license = predicate.id;
    await log.run('time', () => checkTime(predicate, now));
    let revocations: Revocations | undefined;
    await log.run('status', async () => {
      revocations = await grounds.revocations(trust, now);
      return checkStatus(statement, { revocations, trust, maxAgeMs, envelope, now });
    });
    await log.run('approvals', () => checkApprovals(predicate, signers, trust, { revocations, now }));
    const contextSigned = await log.run('context', () =>
      checkContext(predicate, { envelope: context, use, trust, revocations, now }),
    );
    await log.run('terms', () => {
      const situation = { now, licenseId: predicate.id, contextSigned, stateful: options.stateful };
      outcomes = decideTerms(predicate.terms, use, situation);
      return checkTerms(outcomes);
    });
    await log.run('subjects', () => checkSubjects(statement, files));
    await log.run('license-text', () => checkLicenseText(statement));
    await log.run('lineage', async () => {
      const lineage = await checkLineage(statement, source, { keys: keysIn(trust, 'issuer', now), now });
      checkAncestors(lineage.value, { trust, revocations, now });
      return lineage;
    });
    const verified = { statement, envelope: bytes, contextSigned };
    await log.run('digests', () => options.contents?.(verified) ?? checkDigests(statement, source));
    released = verified;
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  const answer = (): VerifyAnswer => ({
    decision: released === undefined ? 'deny' : 'allow',
    code: log.failed()?.code ?? null,
    license,
    checks: [...log.checks],
    terms: termLines(outcomes),
    ...(released === undefined ? {} : { released }),
  });
  log.close();
  if (record === undefined) return answer();
  try {
    const decided = answer();
    await log.run('audit', async () => {
      await recorded(record(answerOf(decided), decided.released));
      return { value: undefined, detail: 'the decision is logged' };
    });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    released = undefined;
  }
  return answer();
}

/** Whatever keeps a decision from being logged, AUDIT is why it is refused. */
async function recorded(recording: Promise<void>): Promise<void> {
  try {
    await recording;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(error.diagnostics.map((d) => ({ ...d, code: isRefusal(error) ? d.code : 'AUDIT' })));
  }
}
