import type { Hierarchy } from '../hierarchies/definition.ts';
import type { FieldRule, Policy } from '../policy/policy.ts';
import type { Target } from '../transforms/definition.ts';

/** Information loss of the fields that a policy generalizes. */
export interface TableLoss {
  /** Null where the domain is not known, as the hierarchy is built by rule and no source was given, or a label is none of the hierarchy. */
  readonly fields: readonly { readonly field: string; readonly loss: number | null }[];
  /** Π(L + 1)^(1/D) − 1 and ΣL / D over the fields; null where one has none. */
  readonly geometric: number | null;
  readonly arithmetic: number | null;
}

/** Null where no field is generalized. */
export function tableLoss(fields: TableLoss['fields']): TableLoss | null {
  if (fields.length === 0) return null;
  const known = fields.flatMap(({ loss }) => loss ?? []);
  const isWhole = known.length === fields.length;
  const geometric = known.reduce((product, loss) => product * (loss + 1) ** (1 / fields.length), 1) - 1;
  const arithmetic = known.reduce((sum, loss) => sum + loss, 0) / fields.length;
  return { fields, geometric: isWhole ? geometric : null, arithmetic: isWhole ? arithmetic : null };
}

/** What a field is generalized to by its only step, whatever its values; undefined where other steps or conditions have a part in it. */
export function targetOf(
  { steps, choice, nulls }: Pick<FieldRule, 'steps' | 'choice' | 'nulls'>,
  hierarchy: (name: string) => Hierarchy,
): Target | undefined {
  const [step] = steps;
  if (step === undefined || steps.length > 1 || choice !== undefined || nulls === 'transform') return undefined;
  return step.definition.target?.(step.options, { hierarchy });
}

/** Is there a field whose loss can be told? */
export function generalizes({ fields }: Pick<Policy, 'fields'>): boolean {
  return fields.some(({ steps }) => steps.some(({ definition }) => definition.target !== undefined));
}
