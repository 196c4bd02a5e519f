import { type Diagnostic, Failure } from '../base/diagnostic.ts';
import { RecordNumbers } from '../table/record-numbers.ts';
import { transforms } from '../transforms/index.ts';
import { bindField, type PlannedField, type ResourcesOf, type Shared } from './bind-field.ts';
import type { FieldRule, Policy } from './policy.ts';
import { type ColumnProblem, isRepeated, resolveColumns } from './selectors.ts';

export type { BoundStep, PlannedChoice, PlannedField, ResourcesOf } from './bind-field.ts';

/** A policy bound to the fields of an input. */
export interface Plan {
  readonly fields: readonly PlannedField[];
  /** Stop at a field that the policy does not name, or treat it as this member of `fields`. */
  readonly unlisted: 'reject' | number;
  /** Positions of the columns that are left out (formats with columns). */
  readonly dropped: ReadonlySet<number>;
  /** Columns that are written; 0 where fields are known only record by record. */
  readonly kept: number;
  readonly warnings: readonly Diagnostic[];
}

/**
 * Bind the policy to an input with these columns, or with fields that are known only record by record.
 * Throws a Failure with every column that has no rule and every rule that has no column.
 */
export function planPolicy(policy: Policy, columns: readonly string[] | undefined, resourcesOf: ResourcesOf): Plan {
  const shared: Shared = new Map();
  const isMeasured = measuredLevels(policy);
  const bind: Bind = (rule, name, identifiers) => {
    const others = identifiers.filter((other) => other !== name);
    try {
      return bindField(rule, resourcesOf(rule, name), {
        identifiers: others,
        shared,
        records: new RecordNumbers(),
        isMeasured: isMeasured(rule),
      });
    } catch (error) {
      throw error instanceof Failure ? inPolicy(policy, rule, error) : error;
    }
  };
  return columns === undefined ? planPaths(policy, bind) : planColumns(policy, columns, bind);
}

/**
 * Is the level that the policy names for a field part of what a search measures? Where it searches levels of others, and could have
 * searched this one: a measure is about all quasi-identifiers.
 */
function measuredLevels({ fields, foreignKeys }: Policy): (rule: FieldRule) => boolean {
  const searches = fields.some(({ steps }) =>
    steps.some(({ definition, options }) => definition.searches?.(options) === true),
  );
  const referring = new Set(foreignKeys.map(({ field }) => field));
  return ({ selector, role, nulls, choice }) =>
    searches &&
    role === 'quasi-identifier' &&
    nulls !== 'transform' &&
    choice === undefined &&
    !referring.has(selector);
}

/** What a transform finds wrong when it is bound: at its place in a file beside the policy, or at the field's in the policy. */
function inPolicy(policy: Policy, rule: FieldRule, { diagnostics }: Failure): Failure {
  const path = ['fields', rule.selector, 'transform'];
  return new Failure(
    diagnostics.map((diagnostic) => {
      const { code, message, hint, place } = diagnostic;
      if (place?.file !== undefined) return diagnostic;
      return rule.selector === '' ? { code, message } : policy.problem(code, path, message, hint);
    }),
  );
}

/** `identifiers` are the names of the fields of that role. */
type Bind = (rule: FieldRule, name: string, identifiers: readonly string[]) => PlannedField;

function planPaths(policy: Policy, bind: Bind): Plan {
  const identifiers = policy.fields.filter(({ role }) => role === 'identifier').map(({ selector }) => selector);
  const fields = policy.fields.map((rule) => ({
    ...bind(rule, rule.selector, identifiers),
    repeats: isRepeated(rule.selector),
  }));
  if (policy.unlisted === 'reject') return { fields, unlisted: 'reject', dropped: new Set(), kept: 0, warnings: [] };
  fields.push(bind(unlistedRule(policy), '', identifiers));
  return { fields, unlisted: fields.length - 1, dropped: new Set(), kept: 0, warnings: [] };
}

function planColumns(policy: Policy, columns: readonly string[], bind: Bind): Plan {
  const { slotOf, problems } = resolveColumns(policy.fields, columns);
  const diagnostics = problems.flatMap((problem) => columnDiagnostic(policy, problem) ?? []);
  if (diagnostics.some((d) => d.severity !== 'warning')) throw new Failure(diagnostics);
  const identifiers = columns.filter((_, i) => slotOf[i]?.role === 'identifier');
  const fields = columns.map((column, i) => bind(slotOf[i] ?? unlistedRule(policy), column, identifiers));
  const dropped = new Set(fields.flatMap((field, i) => (field.action === 'drop' ? [i] : [])));
  const kept = columns.length - dropped.size;
  if (kept === 0) {
    throw new Failure([
      policy.problem('POLICY-MEANING', ['fields'], 'every column is dropped: nothing would be written'),
    ]);
  }
  // A blank line is no record everywhere, so an only column is written anew: an empty value becomes `""`.
  const rewritten =
    kept === 1 ? fields.map((f) => (f.action === 'keep' ? { ...f, action: 'change' as const } : f)) : fields;
  return { fields: rewritten, unlisted: 'reject', dropped, kept, warnings: diagnostics };
}

/** What `defaults.unlisted` does to a field that no rule names: its words are those of transforms. */
function unlistedRule(policy: Policy): FieldRule {
  const definition = transforms.get(policy.unlisted);
  if (definition === undefined) throw new Error(`no transform is named ${policy.unlisted}`);
  return {
    selector: '',
    kind: 'glob',
    role: 'insensitive',
    type: undefined,
    nulls: 'keep',
    invalid: 'redact',
    steps: [{ definition, options: definition.options.parse({}) }],
  };
}

/** What is wrong between the rules of a policy and the columns of a table; undefined where the policy takes care of it. */
export function columnDiagnostic(policy: Policy, problem: ColumnProblem): Diagnostic | undefined {
  switch (problem.kind) {
    case 'unlisted':
      if (policy.unlisted !== 'reject') return undefined;
      return {
        code: 'DATA-FIELDS',
        message: `column ${problem.index + 1}, \`${problem.column}\`, is not named in the policy`,
        place: { row: 0, field: problem.column },
        hint: 'name it under `fields` (`transform: drop` leaves it out), or set `defaults: { unlisted: drop }`',
      };
    case 'two-globs': {
      const [first, second] = problem.fields.map((field) => field.selector);
      return policy.problem(
        'POLICY-MEANING',
        ['fields', second!],
        `\`${first}\` and \`${second}\` both match column \`${problem.column}\``,
        `name \`${problem.column}\` itself: an exact name beats a glob`,
      );
    }
    case 'absent':
      return policy.problem(
        'DATA-FIELDS',
        ['fields', problem.field.selector],
        `the data has no column \`${problem.field.selector}\``,
        problem.suggestion === undefined ? undefined : `did you mean \`${problem.suggestion}\`?`,
      );
    case 'glob-unused':
      return {
        ...policy.problem('POLICY-MEANING', ['fields', problem.field.selector], 'no column matches this glob'),
        severity: 'warning',
      };
  }
}
