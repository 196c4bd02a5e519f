import type { Hierarchy } from '../hierarchies/definition.ts';
import type { FieldRule, Role } from '../policy/policy.ts';
import type { Target } from '../transforms/definition.ts';

/** Information loss of the fields that a policy generalizes. */
export interface TableLoss {
  /** Null where the domain is not known, as the hierarchy is built by rule and no source was given, or a label is none of the hierarchy. */
  readonly fields: readonly { readonly field: string; readonly role: Role; readonly loss: number | null }[];
  /** Π(L + 1)^(1/D) − 1 and ΣL / D over the quasi-identifiers among them; null where one has none, or there is none. */
  readonly geometric: number | null;
  readonly arithmetic: number | null;
}

/** Null where no field is generalized. */
export function tableLoss(fields: TableLoss['fields']): TableLoss | null {
  if (fields.length === 0) return null;
  const quasi = fields.filter(({ role }) => role === 'quasi-identifier');
  const known = quasi.flatMap(({ loss }) => loss ?? []);
  const isWhole = known.length === quasi.length && quasi.length > 0;
  const geometric = known.reduce((product, loss) => product * (loss + 1) ** (1 / quasi.length), 1) - 1;
  const arithmetic = known.reduce((sum, loss) => sum + loss, 0) / quasi.length;
  const stated = fields.map(({ field, role, loss }) => ({ field, role, loss }));
  return { fields: stated, geometric: isWhole ? geometric : null, arithmetic: isWhole ? arithmetic : null };
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
