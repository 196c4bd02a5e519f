import { createGrouper, type Grouping } from '../search/grouping.ts';
import type { Apart, Judge } from '../search/optimal.ts';
import type { SearchTable } from '../search/space.ts';
import type { Population, UnitPopulation } from '../table/population.ts';
import type { SearchInput } from './generalization.ts';
import { leastOf } from './level-view.ts';
import type { SearchView } from './search-view.ts';
import { bindModels, failingClasses } from './suppression.ts';

/** The models of a policy, where one record is one individual. */
export function judgeRecords(
  { policy, privacy, census, resources, onJudged }: SearchInput,
  table: SearchTable,
  view: SearchView | undefined,
  allowed: number,
): Judge {
  const grouper = createGrouper(table);
  const needsValues = privacy.models.some(({ definition, options }) => definition.sensitive?.(options) !== undefined);
  let judged = 0;
  let looked = 0;
  return {
    // Where nulls match every value, a class of few may match many.
    least: privacy.nulls === 'wildcard' ? 1 : leastOf(privacy),
    monotone: privacy.models.every(({ definition, options }) => definition.monotone(options)),
    failing(grouping) {
      onJudged?.(++judged);
      if (needsValues) looked += table.records * recordCost;
      const classes = needsValues
        ? census.joined(grouper.classOf(grouping.levels).slice(0, table.counts.length), grouping.count)
        : sizesOf(grouping, table.records);
      const bind = (seen: Population) => bindModels(policy, privacy, seen, resources);
      return failingClasses(bind, view?.at(grouping, classes) ?? classes, allowed);
    },
    work: () => grouper.work() + looked + (view?.work() ?? 0),
  };
}

/** What a census makes of a record takes as long as to read so many labels. */
const recordCost = 10;

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

/**
 * The models of a policy, where an individual may have several records: its class is the multiset of its tuples. Generalizing maps equal
 * multisets to equal ones, so classes are joined as wholes, as those of single records are; what is monotone for these is so for
 * individuals. A class of tuples of fewer than `least` records has fewer individuals, and so has every class of one that has a record
 * in it.
 */
export function judgeUnits(
  { policy, privacy, census, resources, onJudged }: SearchInput,
  table: SearchTable,
  view: SearchView | undefined,
): Judge {
  const grouper = createGrouper(table);
  const monotone = privacy.models.every(({ definition, options }) => definition.monotone(options));
  let judged = 0;
  let looked = 0;
  // Models that look at no values look at individuals; for the others `least` counts records of all tuples of a class together.
  const fewest = Math.max(
    1,
    ...privacy.models.map(({ definition, options }) =>
      definition.sensitive?.(options) === undefined ? definition.least(options) : 1,
    ),
  );
  // Where nulls match every value, a class of few may match many.
  const least = privacy.nulls === 'wildcard' ? 1 : fewest;
  return {
    least,
    monotone,
    work: () => looked + grouper.work() + (view?.work() ?? 0),
    failing: () => {
      throw new Error('individuals of several records fail one by one');
    },
    apart(grouping) {
      onJudged?.(++judged);
      looked += table.records * recordCost;
      const classOf = grouper.classOf(grouping.levels).slice(0, table.counts.length);
      // The census of individuals: there is a unit.
      const population = census.joined(classOf, grouping.count) as UnitPopulation;
      const fails = failingClasses(
        (seen) => bindModels(policy, privacy, seen, resources),
        view?.at(grouping, population) ?? population,
        table.records,
      );
      const sure = monotone ? fails : fails.filter((c) => population.size(c) < least);
      const recordsOf = (classes: readonly number[]) => {
        const of = new Uint8Array(population.count);
        for (const c of classes) of[c] = 1;
        return population.recordsOfTuples(of);
      };
      const failing = recordsOf(fails);
      return {
        ...partsOf(grouping, classOf, failing, monotone ? failing : recordsOf(sure)),
        classes: population.count - fails.length,
      };
    },
  };
}

/** `failing` and `sure` are records of tuples. Classes keep their numbers; what fails of them stands behind all. */
function partsOf(
  grouping: Grouping,
  classOf: Int32Array,
  failing: Int32Array,
  sure: Int32Array,
): Omit<Apart, 'classes'> {
  const { count, example } = grouping;
  const size = new Int32Array(3 * count);
  size.set(grouping.size);
  for (let t = 0; t < classOf.length; t++) {
    const c = classOf[t]!;
    size[c]! -= failing[t]!;
    size[count + c]! += failing[t]! - sure[t]!;
    size[2 * count + c]! += sure[t]!;
  }
  const examples = new Int32Array(3 * count);
  for (let part = 0; part < 3; part++) examples.set(example, part * count);
  const parts = Array.from({ length: 2 * count }, (_, i) => count + i).filter((c) => size[c]! > 0);
  return {
    grouping: { levels: grouping.levels, count: 3 * count, size, example: examples },
    failing: parts,
    sure: parts.filter((c) => c >= 2 * count),
  };
}
