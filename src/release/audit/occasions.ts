import { type Diagnostic, Failure } from '../../base/diagnostic.ts';
import { formatInstant, parseInstant } from '../../base/time.ts';
import type { VerificationKey } from '../../crypto/dsse.ts';
import type { StatedUse } from '../../license/use.ts';
import type { Answer } from '../answer.ts';
import type { Revocations } from '../revocations.ts';
import type { LicensePredicate } from '../statement.ts';
import type { TrustFile } from '../trust.ts';
import { type EventOf, type LoggedUse, loggedText } from './event.ts';
import type { AuditView } from './log.ts';

/** The events of decisions, exports and licenses, made of what these know. */

/** How a bundle was asked for. */
export interface Occasion {
  readonly use: StatedUse;
  /** Whether the use came signed by the licensee. */
  readonly signed: boolean;
  /** Of the license; undefined as long as no trusted signature vouches for it. */
  readonly predicate: LicensePredicate | undefined;
}

/** What was decided. */
export function decisionEvent(
  command: 'verify' | 'export',
  { decision, code, license }: Pick<Answer, 'decision' | 'code' | 'license'>,
  { use, signed, predicate }: Occasion,
): EventOf<'decision'> {
  return {
    type: 'decision',
    command,
    decision,
    code,
    ...(predicate === undefined ? {} : licensedBy(predicate)),
    license: license === null ? null : loggedText(license),
    use: loggedUse(use),
    basis: signed ? 'verified' : 'asserted',
  };
}

/**
 * For `AuditLog.append`: the start of an export, which counts against the limits of its license from then on, however it ends. What comes back
 * throws QUOTA when the log as it stands leaves no room for it.
 */
export function exportStart(
  predicate: LicensePredicate,
  { use, signed }: Omit<Occasion, 'predicate'>,
  file?: string,
): (view: AuditView) => EventOf<'export-start'> {
  return (view) => {
    const problems = exhausted(predicate, use, view);
    if (problems.length > 0) throw new Failure(problems);
    return {
      type: 'export-start',
      ...licensedBy(predicate),
      use: loggedUse(use),
      basis: signed ? 'verified' : 'asserted',
      ...(file === undefined ? {} : { file: loggedText(file) }),
    };
  };
}

/** A license that is given to somebody. */
export function issuedEvent(predicate: LicensePredicate): EventOf<'license-issued'> {
  const { issuer, terms } = predicate;
  return { type: 'license-issued', ...licensedBy(predicate), licensee: loggedText(terms.licensee.id), key: issuer.key };
}

/** A license of the same terms in the place of the one with the id `replaces`. */
export function renewedEvent(predicate: LicensePredicate, replaces: string): EventOf<'license-renewed'> {
  return {
    type: 'license-renewed',
    ...licensedBy(predicate),
    replaces: loggedText(replaces),
    key: predicate.issuer.key,
  };
}

/** The signature of an approver, beside that of the issuer. */
export function approvedEvent(
  predicate: LicensePredicate,
  { principal, keyId }: Pick<VerificationKey, 'principal' | 'keyId'>,
): EventOf<'license-approved'> {
  return { type: 'license-approved', ...licensedBy(predicate), approver: loggedText(principal), key: keyId };
}

/** A list of revocations that takes effect. */
export function revocationsEvent({ content, sha256 }: Revocations): EventOf<'revocations-changed'> {
  return { type: 'revocations-changed', version: content.version, sha256, entries: content.entries.length };
}

/** A version of a trust file; `change`: how it came. */
export function trustEvent({ content, sha256 }: TrustFile, change: string): EventOf<'trust-changed'> {
  return { type: 'trust-changed', version: content.version, sha256, change };
}

/** Which license, and what falls due by it: members that several events have. */
export function licensedBy({ id, title, notAfter, terms }: LicensePredicate) {
  const deadlines = (terms.duties ?? []).flatMap(({ deleteBy }) =>
    deleteBy === undefined ? [] : [parseInstant(deleteBy)!],
  );
  return {
    license: id,
    title: loggedText(title),
    notAfter,
    ...(deadlines.length === 0 ? {} : { deleteBy: formatInstant(Math.min(...deadlines)) }),
  };
}

function exhausted({ id, terms: { limits } }: LicensePredicate, { user }: StatedUse, view: AuditView): Diagnostic[] {
  const { exports, users } = view.counted(id);
  const problems: Diagnostic[] = [];
  if (limits?.exports !== undefined && exports >= limits.exports)
    problems.push({
      code: 'QUOTA',
      message: `limits.exports: the license allows ${limits.exports === 1 ? 'one export, and it is used up' : `${limits.exports} exports, and all are used up`}`,
    });
  if (limits?.users === undefined) return problems;
  if (user === undefined)
    problems.push({ code: 'QUOTA', message: 'limits.users: the license counts its users, and none is stated' });
  else if (!users.has(loggedText(user)) && users.size >= limits.users)
    problems.push({
      code: 'QUOTA',
      message: `limits.users: the license allows ${limits.users === 1 ? 'one user, and another has' : `${limits.users} users, and others have`} used it`,
    });
  return problems;
}

function loggedUse(use: StatedUse): LoggedUse {
  const members = ['organization', 'user', 'purpose', 'region', 'project', 'action'] as const;
  return Object.fromEntries(
    members.flatMap((name) => (use[name] === undefined ? [] : [[name, loggedText(use[name])]])),
  );
}
