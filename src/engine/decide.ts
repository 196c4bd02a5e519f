import { paced } from '../base/steps.ts';
import type { Plan } from '../policy/plan.ts';
import type { Privacy } from '../policy/policy.ts';
import type { CodedRecords, Population } from '../table/population.ts';
import type { PopulationTable } from '../table/population-table.ts';
import { type ClassView, tupleValues } from './class-view.ts';
import { type Count, createCount } from './counting.ts';
import type { Generalization, SearchInput } from './generalization.ts';
import { chooseLevels, searchesLevels } from './level-search.ts';
import type { PassOne } from './pass-one.ts';
import type { PassTools } from './pass-tools.ts';
import type { Suppressing } from './pass-two.ts';
import type { RecordLevels } from './record-levels.ts';
import { writtenNull } from './request.ts';
import type { MeasuredSlots } from './roles.ts';
import { decideSuppression } from './suppression.ts';

/** What the models say of the classes that pass 1 counted. */
export interface Decision {
  readonly suppressing: Suppressing;
  /** The levels that a search chose; undefined when the policy leaves none open. */
  readonly generalization: Generalization | undefined;
  /** Knows the classes of `suppressing`. */
  readonly count: Count;
}

/** What classes are beside their sizes, where the policy asks for it. */
export interface Seen {
  readonly people: PopulationTable | undefined;
  /** Where classes have levels of their own: how many of them may stand behind labels. */
  readonly behind: SearchInput['behind'];
  readonly view: ClassView | undefined;
}

/** Reads the input once more for the classes of the records that are left; `levels` are those of single records. */
export type Recount = (count: Count, levels: RecordLevels | undefined) => Promise<PassOne>;

/**
 * Choose the levels that are open, and decide which records are left out. Where records refer to others of the table, more go with
 * them; then the classes of the others are smaller, so that they are counted and judged again, until none goes. Levels are chosen
 * once. Throws a Failure of code MODEL when the policy does not allow what is left out in all.
 */
export async function decide(
  { request, slots, count: firstCount }: Pick<PassTools, 'request' | 'slots' | 'count'>,
  privacy: Privacy,
  measured: PassOne,
  { people, behind, view }: Seen,
  recount: Recount,
): Promise<Decision> {
  const { policy, plan, own } = request;
  const searches = searchesLevels(plan);
  if (searches) request.onPass?.('search');
  const chosen = searches
    ? await paced(
        chooseLevels({
          ...measured,
          policy,
          privacy,
          plan,
          slots,
          count: firstCount,
          people,
          behind,
          view,
          records: measured.measured,
          resources: request,
          onJudged: request.onJudged,
        }),
        request.breathe,
      )
    : undefined;
  let count = firstCount;
  const classes = ({ population, census }: PassOne): Population =>
    view?.(population!, tupleValues(census.tuples, count.texts)) ?? population!;
  let population = chosen?.population ?? classes(measured);
  let numbers = chosen?.numbers ?? measured.numbers;
  for (;;) {
    const records = { total: measured.measured, before: own?.suppressed ?? 0 };
    const distinct = distinctOf(plan, slots, count);
    const { fails } = decideSuppression(policy, privacy, population, records, distinct, request);
    const { classOf } = population;
    const { of } = numbers;
    const failing = (n: number) => fails[slots.unit === undefined ? of(n) : classOf(nobody, 0, n)] === 1;
    if (own === undefined || !own.suppress(failing)) {
      return {
        suppressing: { population, numbers, fails, recordLevels: chosen?.recordLevels },
        generalization: chosen?.generalization,
        count,
      };
    }
    count = createCount(plan, slots, writtenNull(request));
    const again = await recount(count, chosen?.recordLevels);
    population = classes(again);
    numbers = again.numbers;
  }
}

/** The classes of individuals are known by the number of the record alone. */
const nobody: CodedRecords = { records: 0, tuples: new Int32Array(0), sensitive: [], units: undefined };

function distinctOf({ fields }: Plan, { quasi }: MeasuredSlots, count: Count) {
  return quasi.map((slot, d) => ({ name: fields[slot]!.name, distinct: count.distinct(d) }));
}
