import type { PlannedField } from '../policy/plan.ts';
import type { Privacy } from '../policy/policy.ts';
import type { Grouping } from '../search/grouping.ts';
import type { SearchTable } from '../search/space.ts';
import type { ClassValues } from '../table/class-values.ts';
import { tupleValues } from './class-view.ts';
import type { SearchInput } from './generalization.ts';
import { createSearchView, type SearchView } from './search-view.ts';
import { bindModels } from './suppression.ts';

/**
 * What models see of classes at the levels of a search, where the policy names a population or has nulls match every value. Throws a Failure
 * where a model finds the population wrong, which shows best where nothing is generalized yet.
 */
export function levelView(
  { policy, privacy, plan, slots, count, census, people, view, resources }: SearchInput,
  table: SearchTable,
): SearchView | undefined {
  if (view === undefined) return undefined;
  const values = tupleValues(census.tuples, count.texts);
  if (people !== undefined) bindModels(policy, privacy, view(census.finish(), values), resources);
  const hierarchies = slots.quasi.map((slot) => plan.fields[slot]!.search?.hierarchy);
  const wildcards = privacy.nulls === 'wildcard' ? leastOf(privacy) : undefined;
  return createSearchView({ table, values, hierarchies, people, wildcards });
}

/** What the classes of a grouping stand for, at the levels that are set. */
export function valuesAt(
  { plan, slots, census, count }: SearchInput,
  table: SearchTable,
  { example }: Grouping,
): ClassValues {
  const { width, texts } = tupleValues(census.tuples, count.texts);
  return {
    width,
    code: (c, d) => table.values[d]![example[c]!]!,
    texts: texts.map((own, d) => own.map((text) => generalized(plan.fields[slots.quasi[d]!]!, text))),
  };
}

/** What the level that is set makes of a value that is not generalized yet. */
export function generalized({ search }: Pick<PlannedField, 'search'>, text: string | null): string | null {
  return search === undefined || text === null ? text : search.hierarchy.ancestor(text, search.level);
}

/** What any level that may be chosen makes of it. */
export function everyLabel({ search }: Pick<PlannedField, 'search'>, text: string | null): readonly (string | null)[] {
  if (search === undefined || text === null) return [text];
  const { hierarchy, lowest, highest } = search;
  return Array.from({ length: highest - lowest + 1 }, (_, i) => hierarchy.ancestor(text, lowest + i));
}

/** No class of fewer satisfies the models. */
export function leastOf({ models }: Privacy): number {
  return Math.max(...models.map(({ definition, options }) => definition.least(options)));
}
