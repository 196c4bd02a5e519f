import { Failure } from '../base/diagnostic.ts';
import type { FailureCode } from '../base/failures.ts';
import type { Basis, TermOutcome } from '../license/definition.ts';
import { problemsShown } from './signed-document.ts';
import type { LicenseStatement } from './statement.ts';

const names = [
  'clock',
  'trust',
  'files',
  'envelope',
  'payload-type',
  'signature',
  'json',
  'schema',
  'issuer',
  'time',
  'status',
  'approvals',
  'context',
  'terms',
  'subjects',
  'license-text',
  'lineage',
  'digests',
] as const;
/** The last, `audit`, is made where decisions are recorded. */
export type CheckName = (typeof names)[number] | 'audit';

/** What is checked of a bundle, in this order. */
export const checkNames: readonly CheckName[] = names;

export interface Check {
  readonly name: CheckName;
  readonly status: 'pass' | 'fail' | 'not-run';
  /** Present exactly when `status` is `fail`. */
  readonly code?: FailureCode;
  /** Lower case, no final period. */
  readonly detail: string;
}

/** The answer of verify, as `--json` shows it. */
export interface Answer {
  readonly decision: 'allow' | 'deny';
  /** Code of the check that failed. */
  readonly code: FailureCode | null;
  /** Id of the license, once its signature is known to be the issuer's. */
  readonly license: string | null;
  /** Every check; those behind the one that failed are `not-run`. */
  readonly checks: readonly Check[];
  /** Every term, once the terms have been decided. */
  readonly terms: readonly { readonly term: string; readonly basis: Basis; readonly detail: string }[];
}

/** The answer, and what may be released by it. */
export interface VerifyAnswer extends Answer {
  /** Present exactly when the decision is `allow`. */
  readonly released?: Released;
}

/** The statement, and the bytes of the envelope that it was read from. */
export interface Released {
  readonly statement: LicenseStatement;
  readonly envelope: Buffer;
  /** The use was stated in a context that the licensee has signed. */
  readonly contextSigned: boolean;
}

/** The answer alone: what is shown to others. */
export function answerOf({ decision, code, license, checks, terms }: VerifyAnswer): Answer {
  return { decision, code, license, checks, terms };
}

/** What a check found: its result, and a sentence about it. */
export interface Finding<T> {
  readonly value: T;
  readonly detail: string;
}

export interface CheckLog {
  readonly checks: readonly Check[];
  /**
   * Run the next check and return what it found. A Failure of the bundle goes into the log and then on to the caller; any other
   * error goes straight on: it is no answer.
   */
  run<T>(name: CheckName, check: () => Finding<T> | Promise<Finding<T>>): Promise<T>;
  /** The rest of the list becomes `not-run`. */
  close(): void;
  /** The check that failed, if one has. */
  failed(): Check | undefined;
}

export function createCheckLog(): CheckLog {
  const checks: Check[] = [];
  return {
    checks,
    async run(name, check) {
      try {
        const { value, detail } = await check();
        checks.push({ name, status: 'pass', detail });
        return value;
      } catch (error) {
        if (isRefusal(error)) checks.push({ name, status: 'fail', code: error.code, detail: detailOf(error) });
        throw error;
      }
    },
    close() {
      for (const name of checkNames.slice(checks.length)) {
        checks.push({ name, status: 'not-run', detail: 'an earlier check failed' });
      }
    },
    failed: () => checks.find((check) => check.status === 'fail'),
  };
}

function detailOf({ diagnostics }: Failure): string {
  const shown = diagnostics.slice(0, problemsShown).map(({ message }) => message.replaceAll('\n', '; '));
  const more = diagnostics.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

/** A Failure that answers no. One that says there is no answer (an unreadable file) is not. */
export function isRefusal(error: unknown): error is Failure {
  return error instanceof Failure && error.exit === 1;
}

export function termLines(outcomes: readonly TermOutcome[]): Answer['terms'] {
  return outcomes.map(({ term, basis, detail }) => ({ term, basis, detail }));
}
