import { type Diagnostic, Failure } from '../../base/diagnostic.ts';
import { formatInstant, parseInstant } from '../../base/time.ts';
import type { StatedUse } from '../../license/use.ts';
import type { Answer } from '../answer.ts';
import type { LicensePredicate } from '../statement.ts';
import { type EventOf, type LoggedUse, loggedText } from './event.ts';
import type { AuditView } from './log.ts';

/** The events of verify and export, made of what these know. */

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
      message: `limits.exports: the license allows ${limits.exports} exports, and all are used up`,
    });
  if (limits?.users === undefined) return problems;
  if (user === undefined)
    problems.push({ code: 'QUOTA', message: 'limits.users: the license counts its users, and none is stated' });
  else if (!users.has(loggedText(user)) && users.size >= limits.users)
    problems.push({
      code: 'QUOTA',
      message: `limits.users: the license allows ${limits.users} users, and others have used it`,
    });
  return problems;
}

function loggedUse(use: StatedUse): LoggedUse {
  const members = ['organization', 'user', 'purpose', 'region', 'project', 'action'] as const;
  return Object.fromEntries(
    members.flatMap((name) => (use[name] === undefined ? [] : [[name, loggedText(use[name])]])),
  );
}
