import type { LintContext } from '../lint/definition.ts';
import type { PathInPolicy, Policy } from '../policy/policy.ts';

/** What a standard is checked on: a table's view of the policy, and its data, if there is any. */
export type StandardContext = LintContext;

/** `not-checkable`: neither the policy nor the data that was read can show it. */
export type Status = 'pass' | 'fail' | 'not-checkable';

/** One line of a standard, and what was found. */
export interface Line {
  /** As the standard letters it: `(A)`. */
  readonly id: string;
  readonly title: string;
  readonly status: Status;
  /** Why it has this status. Never holds a value of the data. */
  readonly why: string;
  /** Section of the law, or of the guideline. */
  readonly source: string;
  /** Where in the policy; by the first of several. */
  readonly path?: PathInPolicy;
}

export interface Standard {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  readonly source: string;
  lines(context: StandardContext): readonly Line[];
}

export function defineStandard(standard: Standard): Standard {
  return standard;
}

export interface StandardReport {
  readonly name: string;
  readonly source: string;
  /** Name of the table; undefined where there is one only. */
  readonly table: string | undefined;
  readonly lines: readonly (Line & { readonly place: ReturnType<Policy['place']> | undefined })[];
}

/** A standard held against each table. */
export function reportOf({ name, source, lines }: Standard, context: StandardContext): StandardReport {
  const { policy } = context;
  return {
    name,
    source,
    table: policy.table,
    lines: lines(context).map((line) => ({
      ...line,
      place: line.path === undefined ? undefined : policy.place(line.path),
    })),
  };
}
