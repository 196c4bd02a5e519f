import type { PlannedField } from '../policy/plan.ts';
import type { Policy, Step } from '../policy/policy.ts';
import { type LicensedTable, orderOfRecords } from '../release/tables.ts';
import type { OpenTable } from './table-run.ts';

export type StatedField = LicensedTable['transforms'][number];

/** The name of a field in the statement. */
export function statedName({ name }: PlannedField): string {
  return name === '' ? '(fields that the policy does not name)' : name;
}

/** What was done to the fields of a table, to what stands around its records, and to their order. */
export function statedFields(
  table: Pick<OpenTable, 'policy' | 'data' | 'outputFormat'>,
  fields: readonly PlannedField[],
): StatedField[] {
  return [...fields.map((field) => statedField(field, table.policy)), ...statedAround(table), ...statedOrder(table)];
}

/** What becomes of members around the records of a document, where anything of them is written. */
export function statedAround({
  policy,
  data,
  outputFormat,
}: Pick<OpenTable, 'policy' | 'data' | 'outputFormat'>): StatedField[] {
  const { around } = policy.input;
  if ((around !== 'keep' && around !== 'redact') || outputFormat !== data.format) return [];
  const field = '(what stands around the records)';
  return [{ field, role: 'insensitive', technique: [around], reversible: false, parameters: {} }];
}

/** The order of the records, where it is not that of the source. */
export function statedOrder({ policy }: Pick<OpenTable, 'policy'>): StatedField[] {
  if (policy.output.order === 'same') return [];
  const technique = policy.output.order;
  return [
    {
      field: orderOfRecords,
      role: 'insensitive',
      technique: [technique],
      reversible: false,
      reproducible: policy.reproducible !== undefined,
      parameters: { [technique]: { within: 'file' } },
    },
  ];
}

/**
 * What was done to a field. Options stand under the name of their technique. Where a condition decides, `technique` names all that may
 * have been done, and the parameters state the condition and, as in the policy, what was done to the values of other records.
 */
function statedField(field: PlannedField, policy: Policy): StatedField {
  const { role, steps, choice } = field.rule;
  const parameters: Record<string, unknown> = parametersOf(choice?.steps ?? steps, policy.locale);
  if (choice !== undefined) {
    parameters.when = choice.when;
    parameters.else = choice.otherwise.map((step) => ({ [step.definition.name]: saidOf(step, policy.locale) }));
  }
  return {
    field: statedName(field),
    role,
    technique: steps.map(({ definition }) => definition.name),
    reversible: false,
    ...(field.random ? { reproducible: policy.reproducible !== undefined } : {}),
    parameters: JSON.parse(JSON.stringify(parameters)),
  };
}

function parametersOf(steps: readonly Step[], locale: string): Record<string, unknown> {
  const parameters: Record<string, unknown> = {};
  for (const step of steps) {
    const said = saidOf(step, locale);
    const { name } = step.definition;
    if (Object.keys(said).length > 0) parameters[name in parameters ? `${name} (again)` : name] = said;
  }
  return parameters;
}

function saidOf({ definition, options }: Step, locale: string): Record<string, unknown> {
  return {
    ...(definition.parameters?.(options) ?? (options as Record<string, unknown>)),
    ...definition.provenance?.(options, locale),
  };
}
