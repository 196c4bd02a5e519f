import { fail } from '../base/diagnostic.ts';
import { createClassView } from '../engine/class-view.ts';
import { type Measured, measureModels } from '../engine/suppression.ts';
import type { Hierarchy } from '../hierarchies/definition.ts';
import type { Policy } from '../policy/policy.ts';
import { resolveColumns } from '../policy/selectors.ts';
import { targetOf } from '../risk/table-loss.ts';
import type { ClassValues } from '../table/class-values.ts';
import type { Population } from '../table/population.ts';
import { hierarchiesOf, loadPolicy, readPolicyFiles } from './policy-file.ts';

/** A policy as far as it measures. */
export interface MeasurePolicy {
  readonly policy: Policy;
  /** Throws USAGE where its models ask for what is not at hand: a model that is not measured is none that holds. */
  check(population: string | undefined): void;
  /** The classes as its models see them; `values` are what they, or the kinds of their records, stand for. */
  seen(classes: Population, values: () => ClassValues): Population;
  /** What its models measure over these classes. Throws a Failure. */
  models(classes: Population): readonly Measured[];
  /** What it generalizes the fields of these names to, where that is a hierarchy and nothing else happens to them. */
  targets(fields: readonly string[]): readonly FieldTarget[];
}

export interface FieldTarget {
  readonly field: string;
  readonly role: Policy['fields'][number]['role'];
  readonly hierarchy: Hierarchy;
  /** Undefined: the policy leaves it to a search. */
  readonly level: number | undefined;
}

/** Read a policy and the files that it names. Throws a Failure. */
export async function measurePolicy(path: string): Promise<MeasurePolicy> {
  const policy = await loadPolicy(path);
  const { privacy } = policy;
  const hierarchy = hierarchiesOf(policy, await readPolicyFiles(policy));
  const view = privacy && createClassView(privacy, undefined);
  return {
    policy,
    check(population) {
      const asking = privacy?.models.find(({ definition }) => definition.population);
      if (asking !== undefined && population === undefined) {
        throw fail('USAGE', `\`${asking.definition.name}\` of the policy compares with a population`, {
          hint: 'say --population FILE, generalized as the data is, or name the fields with --quasi in place of --policy',
        });
      }
    },
    seen: (classes, values) => view?.(classes, values()) ?? classes,
    models: (classes) => (privacy === undefined ? [] : measureModels(policy, privacy, classes, classes, { hierarchy })),
    targets: (fields) =>
      fields.flatMap((field) => {
        const exact = policy.fields.find(({ selector }) => selector === field);
        const rule = exact ?? resolveColumns(policy.fields, [field]).slotOf[0];
        const target = rule && targetOf(rule, hierarchy);
        return rule && target ? [{ field, role: rule.role, ...target }] : [];
      }),
  };
}
