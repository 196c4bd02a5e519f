import { type Diagnostic, Failure, fail } from '../base/diagnostic.ts';
import { didYouMean } from '../base/suggest.ts';
import type { Policy, Role } from '../policy/policy.ts';
import { columnNameOf, isPath, isRepeated, resolveColumns } from '../policy/selectors.ts';
import type { LicensedTable } from '../release/tables.ts';

/** Names of the fields to measure, as they were given: lists with commas. */
export interface StatedFields {
  readonly quasi: readonly string[];
  readonly sensitive: readonly string[];
  readonly unit: string | undefined;
}

export interface MeasuredFields {
  readonly quasi: readonly string[];
  readonly sensitive: readonly string[];
  readonly unit: string | undefined;
}

/** The fields that a license names, in the place of those that were not stated; of a file without one, those that were. */
export function statedBy(
  licensed: LicensedTable | undefined,
  stated: StatedFields,
  columns: readonly string[] | undefined,
): StatedFields {
  if (licensed === undefined) return stated;
  const { privacy, transforms } = licensed;
  // In a table that was made from JSON, columns have the names of their paths.
  const named = (field: string) => (columns === undefined ? field : columnNameOf(field, isPath(field)));
  const sensitive = transforms.filter(({ role, technique }) => role === 'sensitive' && !technique.includes('drop'));
  const unit = privacy.unit === null ? undefined : named(privacy.unit);
  return {
    quasi: stated.quasi.length > 0 ? stated.quasi : privacy.quasiIdentifiers.map(named),
    sensitive:
      stated.quasi.length > 0 || stated.sensitive.length > 0
        ? stated.sensitive
        : sensitive.map(({ field }) => named(field)),
    unit: stated.unit ?? (unit !== undefined && columns?.includes(unit) ? unit : undefined),
  };
}

/**
 * Which fields of a file are measured: those that were stated, otherwise those to which the policy gives the role. `columns` are the
 * file's, undefined where they are known only record by record. Throws a Failure with all problems.
 */
export function measuredFields(
  stated: StatedFields,
  policy: Policy | undefined,
  columns: readonly string[] | undefined,
  file: string,
): MeasuredFields {
  const named = (list: readonly string[], role: Role) =>
    list.length > 0 || policy === undefined
      ? [...new Set(list.flatMap((text) => namesIn(text, columns)))]
      : ofRole(policy, role, columns);
  const quasi = named(stated.quasi, 'quasi-identifier');
  const models = (policy?.privacy?.models ?? []).flatMap(({ definition, options }) =>
    (definition.sensitive?.(options) ?? []).map(({ field }) => field),
  );
  const sensitive = [...new Set([...named(stated.sensitive, 'sensitive'), ...models])];
  const unit = stated.unit ?? policy?.privacy?.unit;
  if (quasi.length === 0) {
    throw fail('USAGE', 'no quasi-identifier is named', {
      hint: policy === undefined ? 'say --quasi age,zip or --policy FILE' : 'say --quasi age,zip',
    });
  }
  const problems = [...quasi, ...sensitive, ...(unit === undefined ? [] : [unit])].flatMap((name) =>
    problemOf(name, columns, file),
  );
  if (problems.length > 0) throw new Failure(problems);
  return { quasi, sensitive, unit };
}

/** A column whose name holds commas can be named, too: alone. */
function namesIn(text: string, columns: readonly string[] | undefined): string[] {
  return columns?.includes(text)
    ? [text]
    : text
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '');
}

/** Fields that the policy drops are not looked for. */
function ofRole(policy: Policy, role: Role, columns: readonly string[] | undefined): string[] {
  const dropped = new Set(
    policy.fields.filter(({ steps }) => steps.some(({ definition }) => definition.effect === 'drop')),
  );
  if (columns === undefined) {
    return policy.fields.filter((field) => field.role === role && !dropped.has(field)).map(({ selector }) => selector);
  }
  const { slotOf } = resolveColumns(policy.fields, columns);
  const exact = policy.fields.filter(
    (field) =>
      field.role === role && field.kind === 'exact' && !dropped.has(field) && !columns.includes(field.selector),
  );
  return [...columns.filter((_, i) => slotOf[i]?.role === role), ...exact.map(({ selector }) => selector)];
}

function problemOf(name: string, columns: readonly string[] | undefined, file: string): Diagnostic[] {
  const place = { file };
  if (columns !== undefined) {
    if (columns.includes(name)) return [];
    const hint = didYouMean(name, columns);
    return [{ code: 'DATA-FIELDS', message: `the data has no column \`${name}\``, place, ...(hint ? { hint } : {}) }];
  }
  if (!isPath(name)) {
    const hint = `fields of JSON are named by their path: \`$.${name}\``;
    return [{ code: 'DATA-FIELDS', message: `\`${name}\` is no path`, place, hint }];
  }
  if (!isRepeated(name)) return [];
  const hint = 'name fields of which a record has one value';
  return [{ code: 'DATA-FIELDS', message: `\`${name}\` may have several values in a record`, place, hint }];
}
