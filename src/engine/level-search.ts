import { Failure } from '../base/diagnostic.ts';
import type { ModelResources } from '../models/definition.ts';
import type { Plan } from '../policy/plan.ts';
import type { Policy, Privacy } from '../policy/policy.ts';
import { fixedField, searchField } from '../search/field.ts';
import type { Grouping } from '../search/grouping.ts';
import { createGrouper } from '../search/grouping.ts';
import { findOptimal, type Judge } from '../search/optimal.ts';
import type { SearchTable } from '../search/space.ts';
import type { Census, Population } from '../table/population.ts';
import type { ClassNumbers } from './class-numbers.ts';
import type { Count } from './counting.ts';
import type { MeasuredSlots } from './roles.ts';
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
  const { measure, budget } = privacy.search;
  const allowed = allowedSuppression(privacy, records);
  const result = findOptimal({
    table,
    measure: measure.bind(table),
    judge: judgeOf(input, table),
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
  const classOf = createGrouper(table).classOf(result.levels).slice(0, table.counts.length);
  const population = census.joined!(
    classOf,
    classOf.reduce((most, c) => Math.max(most, c + 1), 0),
  );
  const { score, bound, proven, evaluated } = result;
  return {
    generalization: { fields, measure: measure.name, score, bound, proven, evaluated },
    population,
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
      const values = [isAbsent ? undefined : texts.find((text) => text !== undefined), ...texts];
      return search === undefined
        ? fixedField(name, values.length)
        : searchField(search.hierarchy, values, name, search);
    }),
    records,
    values: slots.quasi.map((_, d) => Int32Array.from(all, (t) => tuples.codeAt(t, d))),
    counts: Int32Array.from(all, (t) => tuples.count(t)),
  };
}

function judgeOf({ policy, privacy, census, resources }: SearchInput, table: SearchTable): Judge {
  const grouper = createGrouper(table);
  const needsValues = privacy.models.some(({ definition, options }) => definition.sensitive?.(options) !== undefined);
  return {
    least: Math.max(...privacy.models.map(({ definition, options }) => definition.least(options))),
    monotone: privacy.models.every(({ definition, options }) => definition.monotone(options)),
    failing(grouping) {
      const classes = needsValues
        ? census.joined!(grouper.classOf(grouping.levels).slice(0, table.counts.length), grouping.count)
        : sizesOf(grouping, table.records);
      return failingClasses(bindModels(policy, privacy, classes, resources), classes);
    },
  };
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
