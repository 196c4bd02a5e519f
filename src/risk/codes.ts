import type { Hierarchy } from '../hierarchies/definition.ts';
import type { FieldRule } from '../policy/policy.ts';
import { traitsOf } from '../transforms/definition.ts';
import type { Counts } from './marginals.ts';

/**
 * Are the values of a field codes, digits or not, such as ZIP codes and wards, of which no mean and no distance tells anything? As the
 * policy says it, by the field's type, else by what it does to the field. Where it does not, numbers with a zero in front are codes, and
 * so are those that all have the same number of digits, five or more. `values`: of the source; null: not known.
 */
export function holdsCodes(
  rule: Pick<FieldRule, 'type' | 'steps'>,
  hierarchy: (name: string) => Hierarchy,
  values: Counts | null,
): boolean {
  return codesByPolicy(rule, hierarchy) ?? (values !== null && looksLikeCodes(values));
}

function codesByPolicy(
  { type, steps }: Pick<FieldRule, 'type' | 'steps'>,
  hierarchy: (name: string) => Hierarchy,
): boolean | undefined {
  if (type !== undefined) return type === 'string';
  const kinds = steps.map(({ definition, options }) => traitsOf(definition, options).kinds);
  const targets = steps.map(({ definition, options }) => definition.target?.(options, { hierarchy })?.hierarchy.of);
  if (kinds.some((of) => of.includes('number')) || targets.includes('numbers')) return false;
  const ofText = kinds.some((of) => of.every((kind) => kind === 'text' || kind === 'category'));
  return ofText || targets.includes('codes') ? true : undefined;
}

function looksLikeCodes({ counts, text }: Counts): boolean {
  let width: number | undefined;
  for (let n = 0; n < counts.length; n++) {
    const value = text(n);
    if (/^0\d/.test(value)) return true;
    // Whatever else stands there, only a zero in front can make codes of amounts.
    const digits = /^\d{5,}$/.test(value) ? value.length : 0;
    width = width === undefined || width === digits ? digits : 0;
  }
  return width !== undefined && width > 0;
}
