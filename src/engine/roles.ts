import { fail } from '../base/diagnostic.ts';
import type { Plan } from '../policy/plan.ts';
import type { Normalization, Policy } from '../policy/policy.ts';
import type { HiddenField } from './leak/own-values.ts';

/** Which slots of the plan are measured, and which are searched for. */
export interface MeasuredSlots {
  /** Quasi-identifiers that are written; none when one of them repeats within a record. */
  readonly quasi: readonly number[];
  /** There are classes to measure: because a model asks for them, or because there are quasi-identifiers. */
  readonly classes: boolean;
  /** Sensitive fields that a model looks at. */
  readonly sensitive: readonly number[];
  readonly unit: number | undefined;
  /** How the domain of the unit's transform tells whether two values are the same. */
  readonly unitNormalization: readonly Normalization[];
  /** Identifiers, for the leak check. */
  readonly hidden: readonly HiddenField[];
}

/** Throws a Failure when a model needs a field that the data does not have or the policy drops. */
export function measuredSlots(policy: Policy, plan: Plan): MeasuredSlots {
  const { fields } = plan;
  const slotOf = (name: string, what: string, path: readonly (string | number)[], written: boolean): number => {
    const slot = fields.findIndex((field) => field.name === name);
    const diagnostic = policy.problem('POLICY-MEANING', path, `the data has no field \`${name}\`, which is ${what}`);
    if (slot < 0) throw fail('POLICY-MEANING', diagnostic.message, diagnostic);
    if (written && fields[slot]!.action === 'drop') {
      const dropped = policy.problem('POLICY-MEANING', path, `\`${name}\` is dropped, so a model cannot hold for it`);
      throw fail('POLICY-MEANING', dropped.message, dropped);
    }
    return slot;
  };
  const names = new Map<string, number>();
  policy.privacy?.models.forEach(({ definition, options }, m) => {
    for (const { field, path } of definition.sensitive?.(options) ?? []) {
      const at = ['privacy', 'models', m, definition.name, ...path];
      if (!names.has(field)) names.set(field, slotOf(field, 'the sensitive field of a model', at, true));
    }
  });
  const unit = policy.privacy?.unit;
  const quasi = fields.flatMap(({ rule, action }, slot) =>
    rule.role === 'quasi-identifier' && action !== 'drop' ? [slot] : [],
  );
  // A record with several values of a quasi-identifier has no single tuple. Models over such fields are refused by the parser.
  const repeats = quasi.some((slot) => fields[slot]!.repeats);
  return {
    quasi: repeats ? [] : quasi,
    classes: (policy.privacy?.models.length ?? 0) > 0 || (quasi.length > 0 && !repeats),
    sensitive: [...names.values()],
    unit: unit === undefined ? undefined : slotOf(unit, 'the unit of the privacy models', ['privacy', 'unit'], false),
    unitNormalization: unit === undefined ? [] : normalizationOf(policy, unit),
    hidden: fields.flatMap(({ rule, name, invents }, slot) =>
      rule.role === 'identifier' ? [{ name, slot, invents }] : [],
    ),
  };
}

/** How the domain of a field's transform tells whether two values are the same. */
export function normalizationOf(policy: Policy, unit: string): readonly Normalization[] {
  const steps = policy.fields.find(({ selector }) => selector === unit)?.steps ?? [];
  const domains = steps.flatMap(({ definition, options }) =>
    (definition.references?.(options) ?? []).filter(({ section }) => section === 'domains'),
  );
  return domains.flatMap(({ name }) => policy.domains.get(name)?.normalize ?? []);
}
