import { Failure } from '../base/diagnostic.ts';
import type { Steps } from '../base/steps.ts';
import type { FieldLabels } from '../search/local/labels.ts';
import { partition } from '../search/local/partition.ts';
import { type LocalRecoding, labelsOf } from '../search/local/recoding.ts';
import { findOptimal } from '../search/optimal.ts';
import type { Levels, SearchTable } from '../search/space.ts';
import type { Work } from '../search/work.ts';
import type { PopulationTable } from '../table/population-table.ts';
import { tupleValues } from './class-view.ts';
import type { SearchInput } from './generalization.ts';
import { judgeUnits } from './judges.ts';
import { levelView } from './level-view.ts';
import { valuesOf } from './local-labels.ts';
import { type LocalTables, nobody } from './local-strata.ts';
import { judgeRegions, judgeUnitRegions } from './region-judges.ts';
import { createRegionPeople, type RegionPeople } from './region-people.ts';
import { allowedSuppression, bindModels } from './suppression.ts';

/** Does a model ask which class somebody of the population is in? */
export function needsRegions({ privacy }: Pick<SearchInput, 'privacy'>): boolean {
  return privacy.models.some(({ definition }) => definition.partition === true);
}

/**
 * Recode by regions that do not overlap. Where a model of the whole table fails, all of it again with larger classes. Throws a Failure
 * where a model finds the population wrong, which shows best where nothing is generalized yet.
 */
export function* recodeInRegions(
  input: SearchInput,
  table: SearchTable,
  labels: readonly FieldLabels[],
  work: Work,
): Steps<{ readonly recoding: LocalRecoding; readonly tables: Pick<LocalTables, 'recoded'> }> {
  const { policy, privacy, resources, census, count } = input;
  const people: PopulationTable = input.people!;
  const view = input.view!;
  const criteriaOf = (classes: ReturnType<typeof view>) =>
    bindModels(policy, privacy, classes, resources).map(({ criterion }) => criterion);
  criteriaOf(view(census.finish(), tupleValues(census.tuples, count.texts)));
  const theirs = createRegionPeople(input, table, people);
  requireClear(input, table, theirs);
  const { units } = people;
  const own = census.units?.();
  const begin =
    own === undefined ? table.fields.map(({ highest }) => highest) : yield* beginOf(input, table, theirs, work);
  const tables = regionTables(input, table);
  const least = Math.max(...privacy.models.map(({ definition, options }) => definition.least(options)));
  for (let larger = least; ; larger *= 2) {
    const judge =
      units && own
        ? judgeUnitRegions(input, table, { people: { ...people, units }, theirs }, own, labels, work)
        : judgeRegions(input, table, { people, theirs }, larger);
    const recoding = yield* partition(table, labels, begin, work, judge);
    const { value, level } = labelsOf([{ table }], recoding);
    const seen = view(tables.recoded(recoding).population, valuesOf(input, recoding.count, { value, level }));
    const all = Array.from({ length: seen.count }, (_, c) => c);
    const holds = criteriaOf(seen).every((criterion) => criterion.holds?.(all) !== false);
    // Individuals are judged all together, so that no more can be had.
    if (holds || own !== undefined || larger * 2 > table.records) return { recoding, tables };
  }
}

/**
 * Individuals of several records part the more easily the fewer kinds of record there are: regions begin where one level for each field loses
 * least, if models hold at any.
 */
function* beginOf(input: SearchInput, table: SearchTable, theirs: RegionPeople, work: Work): Steps<Levels> {
  const { privacy, records } = input;
  const { measure, budget } = privacy.search;
  work.spend(budget / 2);
  const found = yield* findOptimal({
    table,
    measure: measure.bind(table),
    judge: judgeUnits(input, table, levelView(input, table)),
    allowed: allowedSuppression(privacy, records),
    budget: budget / 2,
  });
  const isClear = found?.levels.every((level, d) => table.counts.every((_, t) => theirs.isClear(t, d, level)));
  return found !== undefined && isClear ? found.levels : table.fields.map(({ highest }) => highest);
}

/** Records by the region of their tuples. */
function regionTables({ census, numbers }: SearchInput, table: SearchTable): Pick<LocalTables, 'recoded'> {
  const units = census.units?.();
  return {
    recoded({ classOf: [classOf], count }) {
      const population = census.joined(classOf!, count);
      const kindOf = (tuple: number) => classOf![tuple]!;
      if (units === undefined) {
        return {
          population,
          kinds: { count: numbers.count, of: (record) => kindOf(numbers.of(record)) },
          each(visit) {
            for (let t = 0; t < classOf!.length; t++) visit(table.counts[t]!, t, kindOf(t), kindOf(t));
          },
        };
      }
      const { tupleOf } = units;
      return {
        population,
        kinds: { count: tupleOf.length, of: (record) => kindOf(tupleOf[record]!) },
        each(visit) {
          for (let r = 0; r < tupleOf.length; r++) {
            visit(1, tupleOf[r]!, kindOf(tupleOf[r]!), population.classOf(nobody, 0, r));
          }
        },
      };
    },
  };
}

/** At the highest level nothing can be done about it. */
function requireClear(
  { policy, plan, slots }: SearchInput,
  { fields, counts }: SearchTable,
  theirs: RegionPeople,
): void {
  const problems = slots.quasi.flatMap((slot, d) => {
    if (counts.every((_, t) => theirs.isClear(t, d, fields[d]!.highest))) return [];
    const message =
      'a label of its highest level stands for other values at a lower one, so that classes would overlap';
    const hint = 'give it another name in the hierarchy';
    return [policy.problem('POLICY-MEANING', ['fields', plan.fields[slot]!.rule.selector, 'transform'], message, hint)];
  });
  if (problems.length > 0) throw new Failure(problems);
}
