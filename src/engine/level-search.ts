import { Failure } from '../base/diagnostic.ts';
import type { ModelResources } from '../models/definition.ts';
import type { Plan, PlannedField } from '../policy/plan.ts';
import type { Policy, Privacy } from '../policy/policy.ts';
import { fixedField, searchField } from '../search/field.ts';
import type { Grouping } from '../search/grouping.ts';
import { createGrouper } from '../search/grouping.ts';
import { findOptimal, type Judge } from '../search/optimal.ts';
import type { SearchTable } from '../search/space.ts';
import type { ClassValues } from '../table/class-values.ts';
import type { Census, Population } from '../table/population.ts';
import type { PopulationTable } from '../table/population-table.ts';
import type { ClassNumbers } from './class-numbers.ts';
import { type ClassView, tupleValues } from './class-view.ts';
import type { Count } from './counting.ts';
import type { MeasuredSlots } from './roles.ts';
import { createSearchView, type SearchView } from './search-view.ts';
import { allowedSuppression, bindModels, failingClasses } from './suppression.ts';

/** The levels that a search chose, and how good they are. */
export interface Generalization {
  readonly fields: readonly { readonly name: string; readonly level: number; readonly height: number }[];
  readonly measure: string;
  readonly score: number;
  /** No choice of levels scores less than this. */
  readonly bound: number;
  /** It is the best there is. */
  readonly proven: boolean;
  /** Choices whose classes were counted. */
  readonly evaluated: number;
}

export interface ChosenLevels {
  readonly generalization: Generalization;
  /** The classes at the chosen levels. */
  readonly population: Population;
  readonly numbers: ClassNumbers;
}

export interface SearchInput {
  readonly policy: Policy;
  readonly privacy: Privacy;
  readonly plan: Plan;
  readonly slots: MeasuredSlots;
  readonly count: Count;
  /** What pass 1 counted, all searched fields at level 0. */
  readonly census: Census;
  readonly numbers: ClassNumbers;
  /** Records that were counted. */
  readonly records: number;
  readonly resources: ModelResources;
  /** A table of the population, where the policy names one. */
  readonly people: PopulationTable | undefined;
  /** What models see of classes beside their sizes, at the levels that are set. */
  readonly view: ClassView | undefined;
  /** Called with how many choices of levels were judged so far. */
  readonly onJudged?: ((choices: number) => void) | undefined;
}

/** Is there a field whose level is left to a search? */
export function searchesLevels(plan: Plan): boolean {
  return plan.fields.some(({ search }) => search !== undefined);
}

/**
 * Choose the levels with the least information loss at which the models hold, and set them. Throws a Failure of code MODEL when there
 * are none.
 */
export function chooseLevels(input: SearchInput): ChosenLevels {
  const { policy, privacy, plan, slots, census, numbers, records } = input;
  const table = searchTable(input);
  const view = searchView(input, table);
  const { measure, budget } = privacy.search;
  const allowed = allowedSuppression(privacy, records);
  const result = findOptimal({
    table,
    measure: measure.bind(table),
    judge: judgeOf(input, table, view, allowed),
    allowed,
    budget,
  });
  if (result === undefined) throw noneHolds(policy, privacy, allowed, records);
  const fields = slots.quasi.flatMap((slot, d) => {
    const { name, search } = plan.fields[slot]!;
    if (search === undefined) return [];
    search.level = result.levels[d]!;
    return [{ name, level: search.level, height: search.hierarchy.height }];
  });
  const grouper = createGrouper(table);
  const grouping = grouper.group(result.levels, grouper.base);
  const classOf = grouper.classOf(result.levels).slice(0, table.counts.length);
  const classes = census.joined!(classOf, grouping.count);
  const { score, bound, proven, evaluated } = result;
  return {
    generalization: { fields, measure: measure.name, score, bound, proven, evaluated },
    population: input.view?.(classes, valuesAt(input, table, grouping)) ?? classes,
    numbers: { ...numbers, count: numbers.count, of: (record) => classOf[numbers.of(record)]! },
  };
}

function searchTable({ plan, slots, count, census, records }: SearchInput): SearchTable {
  const tuples = census.tuples!;
  const all = Array.from({ length: tuples.size }, (_, t) => t);
  return {
    fields: slots.quasi.map((slot, d) => {
      const { name, search } = plan.fields[slot]!;
      const texts = count.texts(d);
      // Code 0 stands for a field that is absent: where none is, it counts as a value that is there.
      const isAbsent = all.some((t) => tuples.codeAt(t, d) === 0);
      const values = [isAbsent ? undefined : texts[0], ...texts];
      return search === undefined
        ? fixedField(name, values.length)
        : searchField(search.hierarchy, values, name, search);
    }),
    records,
    values: slots.quasi.map((_, d) => Int32Array.from(all, (t) => tuples.codeAt(t, d))),
    counts: Int32Array.from(all, (t) => tuples.count(t)),
  };
}

/** Throws a Failure where a model finds the population wrong, which shows best where nothing is generalized yet. */
function searchView(
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
function valuesAt({ plan, slots, census, count }: SearchInput, table: SearchTable, { example }: Grouping): ClassValues {
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

function judgeOf(
  { policy, privacy, census, resources, onJudged }: SearchInput,
  table: SearchTable,
  view: SearchView | undefined,
  allowed: number,
): Judge {
  const grouper = createGrouper(table);
  const needsValues = privacy.models.some(({ definition, options }) => definition.sensitive?.(options) !== undefined);
  let judged = 0;
  return {
    // Where nulls match every value, a class of few may match many.
    least: privacy.nulls === 'wildcard' ? 1 : leastOf(privacy),
    monotone: privacy.models.every(({ definition, options }) => definition.monotone(options)),
    failing(grouping) {
      onJudged?.(++judged);
      const classes = needsValues
        ? census.joined!(grouper.classOf(grouping.levels).slice(0, table.counts.length), grouping.count)
        : sizesOf(grouping, table.records);
      const bind = (seen: Population) => bindModels(policy, privacy, seen, resources);
      return failingClasses(bind, view?.at(grouping, classes) ?? classes, allowed);
    },
    ...(view === undefined ? {} : { work: view.work }),
  };
}

/** No class of fewer satisfies the models. */
function leastOf({ models }: Privacy): number {
  return Math.max(...models.map(({ definition, options }) => definition.least(options)));
}

/** Classes of which only the sizes are known. */
function sizesOf({ size, count }: Grouping, individuals: number): Population {
  return {
    individuals,
    count,
    size: (c) => size[c]!,
    records: (c) => size[c]!,
    histogram: unnamed,
    distribution: unnamed,
    classOf: () => -1,
  };
}

function unnamed(): never {
  throw new Error('a model looks at values that it did not name');
}

function noneHolds(policy: Policy, privacy: Privacy, allowed: number, records: number): Failure {
  const names = privacy.models.map(({ definition }) => definition.name).join(', ');
  const message = `at no levels ${names} ${privacy.models.length === 1 ? 'holds' : 'hold'} with ${allowed} of ${records} records suppressed`;
  const hint = 'allow higher levels, or more suppression (`max-suppression`), or drop a quasi-identifier';
  return new Failure([policy.problem('MODEL', ['privacy', 'models'], message, hint)]);
}
