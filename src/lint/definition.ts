import type { Diagnostic } from '../base/diagnostic.ts';
import type { PathInPolicy, Policy } from '../policy/policy.ts';
import type { TableProfile } from './profile.ts';

export const severities = ['error', 'warning', 'note'] as const;
/** `error`: the answer is no. `warning`: look at it. `note`: know it. */
export type Severity = (typeof severities)[number];

/** Something that a check found. Never holds a value of the data. */
export interface Finding extends Omit<Diagnostic, 'code' | 'severity'> {
  /** Name of a lint or of a check of the data, or a failure code. */
  readonly rule: string;
  readonly severity: Severity;
}

/** What a lint may look at. */
export interface LintContext {
  /** One table's view of the policy. */
  readonly policy: Policy;
  /** All tables of the policy. */
  readonly tables: readonly Policy[];
  /** The table's data, if there is any. */
  readonly data: TableProfile | undefined;
}

export interface LintResult {
  readonly path: PathInPolicy;
  readonly message: string;
  readonly hint?: string;
  /** Where it is not the lint's own. */
  readonly severity?: Severity;
}

/** Something that a well-formed policy had better not do. */
export interface Lint {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  /** What goes wrong otherwise. */
  readonly why: string;
  readonly severity: Severity;
  /** Sections of policies in which it is found, and is not. */
  readonly examples: { readonly found: string; readonly not: string };
  check(context: LintContext): readonly LintResult[];
}

export function defineLint(lint: Lint): Lint {
  return lint;
}
