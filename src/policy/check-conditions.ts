import { compilePattern } from '../base/pattern.ts';
import { type FieldType, fieldTypes, type TransformDefinition } from '../transforms/definition.ts';
import { type Comparison, comparisonsOf } from './conditions.ts';
import type { PathInPolicy } from './policy.ts';
import type { Chosen, FieldOptions } from './schema.ts';
import { isRepeated, readSelector, sharedElement } from './selectors.ts';
import type { Part } from './source.ts';

type Report = (path: PathInPolicy, message: string, hint?: string, part?: Part) => void;

/** What a condition may be held against. */
export interface ConditionContext {
  readonly fields: ReadonlyMap<string, Partial<FieldOptions>>;
  readonly error: Report;
  readonly warn: Report;
  /** The options of a field that stand in the file, readable or not. */
  written(selector: string): readonly string[];
  /** Message and hint for a field that there is not. */
  unknown(field: string): [string, string];
}

/** The steps of a field where its condition is met, and otherwise. */
export interface Branches {
  readonly met: readonly Chosen<TransformDefinition>[];
  readonly otherwise: readonly Chosen<TransformDefinition>[];
}

/** Check what a field does by a condition. `isHidden`: does the output not show the values of a field that tells about a person? */
export function checkCondition(
  context: ConditionContext,
  selector: string,
  field: Partial<FieldOptions>,
  branches: Branches,
  isHidden: (field: string) => boolean,
): void {
  const { error, warn } = context;
  const { when } = field;
  const place = ['fields', selector, 'when'];
  const written = context.written(selector);
  if (written.includes('else') && !written.includes('when')) {
    const hint = 'add `when: { field: …, equals: … }`, or leave `else` out';
    error(['fields', selector, 'else'], '`else` needs `when`: the condition that decides', hint, 'key');
  }
  if (written.includes('when') && !written.includes('else')) {
    const hint = '`else: redact` puts them away; `else: keep` leaves them as they are';
    error(place, '`when` needs `else`: what happens to the other values', hint, 'key');
  }
  if (when === undefined) return;
  const tests = comparisonsOf(when, place);
  for (const { comparison, path } of tests) checkComparison(context, selector, comparison, path);
  if (branches.met.length === 0 || branches.otherwise.length === 0 || lookAlike(branches)) return;
  const hidden = new Set(
    tests.map(({ comparison }) => comparison.field).filter((name) => name !== selector && isHidden(name)),
  );
  for (const name of hidden) {
    const message = `the output hides \`${name}\`, and how \`${selector}\` looks tells whether the condition on it was true`;
    warn(place, message, 'choose by a field that is released, or let `else` look like `transform`', 'key');
  }
}

function checkComparison(
  { fields, error, unknown }: ConditionContext,
  selector: string,
  comparison: Comparison,
  path: PathInPolicy,
): void {
  const { field, matches } = comparison;
  const at = [...path, 'field'];
  if (field !== selector) {
    if (!fields.has(field)) error(at, ...unknown(field));
    else if (isRepeated(field) && sharedElement(selector, field) === undefined) {
      const hint = 'name a field with one value, or one beside this field in the same element';
      error(at, `\`${field}\` may have several values beside one of \`${selector}\``, hint);
    } else if (!isRepeated(field) && readSelector(field).kind === 'glob') {
      error(at, `\`${field}\` is a glob`, 'name one column');
    }
  }
  const type = fields.get(field)?.type;
  for (const name of ['less', 'greater'] as const) {
    const problem = comparison[name] === undefined ? undefined : boundProblem(field, type, comparison[name]);
    if (problem !== undefined) error([...path, name], ...problem);
  }
  const pattern = matches === undefined ? undefined : compilePattern(matches);
  if (typeof pattern === 'object') error([...path, 'matches'], `character ${pattern.at + 1}: ${pattern.message}`);
}

/** Numbers have an order, and dates by their type. */
function boundProblem(
  field: string,
  type: FieldType | undefined,
  bound: string | number,
): [string, string] | undefined {
  const dates = type === 'date' || type === 'datetime';
  if (typeof bound === 'number') {
    if (type === undefined || type === 'integer' || type === 'number') return undefined;
    return [`\`${field}\` is of type ${type}, and this is a number`, dates ? dateHint : `${ordered} have an order`];
  }
  if (!dates) {
    return [`text has no order in \`${field}\``, 'write a number without quotes, or give that field `type: date`'];
  }
  return dateForm.test(bound) ? undefined : ['this is no date', dateHint];
}

const ordered = fieldTypes.filter((type) => type !== 'string' && type !== 'boolean').join(', ');
const dateHint = 'dates are written "2026-11-21"';
const dateForm = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[Tt ]\d\d:\d\d.*)?$/;

/** The same steps, but for the domains that keep their results apart. */
function lookAlike({ met, otherwise }: Branches): boolean {
  const shown = (steps: readonly Chosen<TransformDefinition>[]): string =>
    JSON.stringify(steps.map(({ definition, options }) => [definition.name, withoutDomains(definition, options)]));
  return shown(met) === shown(otherwise);
}

function withoutDomains(definition: TransformDefinition, options: unknown): unknown {
  const copy = structuredClone(options);
  for (const { section, path } of definition.references?.(options) ?? []) {
    if (section !== 'domains') continue;
    let inner = copy as Record<string | number, unknown>;
    for (const step of path.slice(0, -1)) inner = inner[step] as typeof inner;
    inner[path.at(-1)!] = null;
  }
  return copy;
}
