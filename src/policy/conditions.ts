import { z } from 'zod';
import type { FieldType } from '../transforms/definition.ts';
import type { PathInPolicy, Step } from './policy.ts';

/** A value that the data is compared with: text by its bytes, a number as a decimal, a boolean as `true` or `false`. */
export type Comparable = string | number | boolean;

/**
 * A condition on a record: comparisons of one field, which must all hold, or conditions put together. Of a value that is null, or not
 * there, `is-null` alone is true; `not` is true wherever what it holds is not.
 */
export interface Condition {
  readonly field?: string | undefined;
  readonly equals?: Comparable | undefined;
  readonly in?: readonly Comparable[] | undefined;
  readonly matches?: string | undefined;
  readonly 'is-null'?: boolean | undefined;
  readonly less?: string | number | undefined;
  readonly greater?: string | number | undefined;
  readonly all?: readonly Condition[] | undefined;
  readonly any?: readonly Condition[] | undefined;
  readonly not?: Condition | undefined;
}

/** Comparisons of one field. */
export interface Comparison extends Condition {
  readonly field: string;
}

/** What happens to the values of a field where a condition on their record is true, and where it is not. */
export interface Choice {
  readonly when: Condition;
  readonly steps: readonly Step[];
  readonly otherwise: readonly Step[];
  /** The fields that the condition looks at, with their types. */
  readonly fields: ReadonlyMap<string, FieldType | undefined>;
}

const number = z.number().min(-Number.MAX_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER);
const comparable = z.union([z.string(), number, z.boolean()]);
const bound = z.union([z.string(), number]);
const comparisons = ['equals', 'in', 'matches', 'is-null', 'less', 'greater'] as const;
const connectives = ['all', 'any', 'not'] as const;

export const conditionSchema: z.ZodType<Condition> = z
  .strictObject({
    field: z
      .string()
      .optional()
      .describe('The field whose source value is looked at: another of the same record, or the field itself.'),
    equals: comparable
      .optional()
      .describe('Is this text; a number is compared as a number: 17 is `17`, `17.0` and `017`.'),
    in: z.array(comparable).min(1).optional().describe('Is one of these.'),
    matches: z.string().optional().describe('Matches this regular expression from its first to its last character.'),
    'is-null': z.boolean().optional().describe('Is null or not there (`true`), or is a value (`false`).'),
    less: bound.optional().describe('Is a smaller number; in a field of type `date` or `datetime`, an earlier date.'),
    greater: bound.optional().describe('Is a larger number; in a field of type `date` or `datetime`, a later date.'),
    get all() {
      return z.array(conditionSchema).min(1).optional().describe('All of these are true.');
    },
    get any() {
      return z.array(conditionSchema).min(1).optional().describe('At least one of these is true.');
    },
    get not() {
      return conditionSchema.optional().describe('This is not true; so it is where there is no value to compare.');
    },
  })
  .refine(isWhole, { error: 'needs `field` and what it is compared with, or one of `all`, `any` and `not`' });

/** Comparisons with their field, or one connective and nothing beside it. */
function isWhole(condition: object): boolean {
  const has = (name: string): boolean => (condition as Record<string, unknown>)[name] !== undefined;
  const compares = comparisons.some(has);
  const connected = connectives.filter(has).length;
  return connected === 0 ? has('field') && compares : connected === 1 && !compares && !has('field');
}

/** The comparisons of a condition, each with the way to it. */
export function comparisonsOf(
  condition: Condition,
  path: PathInPolicy = [],
): { readonly comparison: Comparison; readonly path: PathInPolicy }[] {
  const { field, all, any, not } = condition;
  if (field !== undefined) return [{ comparison: { ...condition, field }, path }];
  return [
    ...(all ?? []).flatMap((part, i) => comparisonsOf(part, [...path, 'all', i])),
    ...(any ?? []).flatMap((part, i) => comparisonsOf(part, [...path, 'any', i])),
    ...(not === undefined ? [] : comparisonsOf(not, [...path, 'not'])),
  ];
}
