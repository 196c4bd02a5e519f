import type { Steps } from '../base/steps.ts';
import type { ModelResources } from '../models/definition.ts';
import type { Plan } from '../policy/plan.ts';
import type { Policy, Privacy } from '../policy/policy.ts';
import { fixedField, searchField } from '../search/field.ts';
import type { SearchField, SearchTable } from '../search/space.ts';
import type { Census, Population } from '../table/population.ts';
import type { PopulationTable } from '../table/population-table.ts';
import type { ClassNumbers } from './class-numbers.ts';
import type { ClassView } from './class-view.ts';
import type { Count } from './counting.ts';
import type { PeopleBehind } from './people-behind.ts';
import type { RecordLevels } from './record-levels.ts';
import type { MeasuredSlots } from './roles.ts';

/** The levels that were chosen, and how good they are. */
export interface Generalization {
  readonly recoding: Privacy['search']['recoding'];
  readonly fields: readonly GeneralizedField[];
  readonly measure: string;
  readonly score: number;
  /** No choice scores less than this. */
  readonly bound: number;
  /** It is the best there is. */
  readonly proven: boolean;
  /** Choices whose classes were counted. */
  readonly evaluated: number;
  /** Under local recoding: the budget was spent, so that classes lose more than they would with a larger one. */
  readonly budgetSpent?: boolean;
}

export interface GeneralizedField {
  readonly name: string;
  readonly height: number;
  /** Of all values; left out where records have levels of their own. */
  readonly level?: number;
  /** Then the lowest and the highest that a written record has. */
  readonly levels?: readonly [number, number];
}

export interface ChosenLevels {
  readonly generalization: Generalization;
  /** The classes at the chosen levels. */
  readonly population: Population;
  readonly numbers: ClassNumbers;
  /** Where records have levels of their own. */
  readonly recordLevels?: RecordLevels;
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
  /** How many of it may stand behind labels, where classes have levels of their own. */
  readonly behind: PeopleBehind | undefined;
  /** What models see of classes beside their sizes, at the levels that are set. */
  readonly view: ClassView | undefined;
  /** Called with how many choices of levels were judged so far. */
  readonly onJudged?: ((choices: number) => void) | undefined;
}

/** What was counted, as a search sees it. Throws a Failure where a hierarchy does not know a value. */
export function* searchTable({ plan, slots, count, census, records }: SearchInput): Steps<SearchTable> {
  const tuples = census.tuples!;
  const columns = tuples.columns();
  const fields: SearchField[] = [];
  for (const [d, slot] of slots.quasi.entries()) {
    yield;
    const { name, search } = plan.fields[slot]!;
    const texts = count.texts(d);
    // Code 0 stands for a field that is absent: where none is, it counts as a value that is there.
    const isAbsent = columns[d]!.includes(0);
    const values = [isAbsent ? undefined : texts.find((text) => text !== undefined), ...texts];
    fields.push(
      search === undefined
        ? fixedField(name, values.length)
        : yield* searchField(search.hierarchy, values, name, search),
    );
  }
  return {
    fields,
    records,
    values: columns,
    counts: tuples.counts(),
  };
}
