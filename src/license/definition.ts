import type { z } from 'zod';
import type { FailureCode } from '../base/failures.ts';
import type { Situation, StatedUse } from './use.ts';

/**
 * Who stands for a term: `verified`: anon proved it; `asserted`: the recipient stated it, by flags or in an unsigned context;
 * `legal`: only law enforces it.
 */
export type Basis = 'verified' | 'asserted' | 'legal';

/** What one term of the license says about one stated use. */
export interface TermOutcome {
  /** Path within `terms`: `regions`, `limits.exports`; or within the stated use: `context.audience`. */
  readonly term: string;
  readonly basis: Basis;
  readonly status: 'pass' | 'fail';
  /** Present exactly when `status` is `fail`. */
  readonly code?: FailureCode;
  /** Lower case, no final period. */
  readonly detail: string;
}

/** What a term means for whoever uses the data. */
export interface TermExplanation {
  /** As in `TermOutcome`. */
  readonly term: string;
  /** Who will stand for it when the bundle is verified. */
  readonly basis: Basis;
  /** Plain English, one sentence. */
  readonly means: string;
  /** The flag that states what the term asks for, with its value where there is but one or an example: `--region DE`. */
  readonly state?: string;
}

/** The instants between which a license is in force: notBefore ≤ now < notAfter. */
export interface Validity {
  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly notBefore: string;
  readonly notAfter: string;
}

/** Terms that both allow, or why there are none. */
export type Narrowed<Values> = { readonly terms: Values } | Conflict;
/** Two terms that nothing satisfies together. */
export interface Conflict {
  /** Path within `terms`. */
  readonly conflict: string;
  /** Lower case, no final period: what they do not share. */
  readonly detail: string;
}

type Shape = z.ZodRawShape;
type ValuesOf<Members extends Shape> = z.output<z.ZodObject<Members>>;

interface Constraint<Members extends Shape> {
  readonly name: string;
  readonly summary: string;
  /** The members that it reads in the `terms` of a statement. All schemas are closed. */
  readonly members: Members;
  /** An outcome for every member that is present. A constrained fact that the use does not state is a failure. */
  decide(terms: ValuesOf<Members>, use: StatedUse, situation: Situation): TermOutcome[];
  /** Plain English, one sentence each; plain text, not Markdown. Equal terms give equal text. */
  render(terms: ValuesOf<Members>): string[];
  /** An entry for every member that is present, in the order of `decide`. */
  explain(terms: ValuesOf<Members>): TermExplanation[];
  /**
   * The terms that allow what both `a` and `b` allow, and oblige to what either obliges; any member may be missing, which constrains
   * nothing. In one form for one meaning, so that `b` is within `a` exactly when this is `b` narrowed by itself; where two forms are
   * equally narrow, that of `b`.
   */
  narrow(a: Partial<ValuesOf<Members>>, b: Partial<ValuesOf<Members>>): Narrowed<Partial<ValuesOf<Members>>>;
}

interface PolicyWords<Members extends Shape, Options extends Shape> {
  /** Its options in the policy's `license` section. Schemas without transforms, so that they can be shown to editors. */
  readonly options: Options;
  /** `validity`: of the license that the options stand in. Members whose options are missing are left out. */
  fromOptions(options: Partial<ValuesOf<Options>>, validity: Validity): Partial<ValuesOf<Members>>;
}

/** One constraint of a license: how it is written in a policy and in a statement, what it decides, how it reads. */
export type ConstraintDefinition<Members extends Shape = Shape, Options extends Shape = Shape> = Constraint<Members> &
  PolicyWords<Members, Options>;

/** `options` and `fromOptions` may be left out where the policy says the same as the statement. */
export function defineConstraint<Members extends Shape, Options extends Shape = Members>(
  definition: Constraint<Members> & Partial<PolicyWords<Members, Options>>,
): ConstraintDefinition<Members, Options> {
  const names = Object.keys(definition.members);
  return {
    // Left out, `Options` is `Members`: the members are the options, and the options the terms.
    options: definition.members as Shape as Options,
    fromOptions: (options) =>
      Object.fromEntries(
        Object.entries(options).filter(([name, value]) => names.includes(name) && value !== undefined),
      ) as Partial<ValuesOf<Members>>,
    ...definition,
  };
}
