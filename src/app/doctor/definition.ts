import { Failure } from '../../base/diagnostic.ts';
import type { FailureCode } from '../../base/failures.ts';
import type { Terminal } from '../../io/terminal.ts';

/** What a check looks at. */
export interface Surroundings {
  readonly terminal: Terminal;
  /** The state directory, whether it is there or not. */
  readonly state: string;
}

export interface CheckFinding {
  readonly status: 'ok' | 'problem';
  /** Lower case, no final period. No value of a key. */
  readonly detail: string;
  /** With what a command would fail. */
  readonly code?: FailureCode;
  /** What mends it: a command where there is one. */
  readonly mend?: string;
}

/** One thing that anon needs of the machine or of what was prepared on it. */
export interface CheckDefinition {
  readonly name: string;
  readonly summary: string;
  /** Changes nothing. What it throws as a Failure is a problem. */
  run(surroundings: Surroundings): Promise<readonly CheckFinding[]>;
}

export function defineCheck(definition: CheckDefinition): CheckDefinition {
  return definition;
}

export function ok(detail: string): CheckFinding {
  return { status: 'ok', detail };
}

export function problem(detail: string, mend: string, code?: FailureCode): CheckFinding {
  return { status: 'problem', detail, mend, ...(code === undefined ? {} : { code }) };
}

/** The problems that a Failure tells of. Anything else is thrown on. */
export function problemsOf(error: unknown): CheckFinding[] {
  if (!(error instanceof Failure)) throw error;
  return error.diagnostics.map(({ code, message, place, hint }) => ({
    status: 'problem',
    detail: place?.file === undefined ? message : `${place.file}: ${message}`,
    code,
    ...(hint === undefined ? {} : { mend: hint }),
  }));
}

export function isProblem({ status }: CheckFinding): boolean {
  return status === 'problem';
}
