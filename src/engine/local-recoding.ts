import type { Steps } from '../base/steps.ts';
import { type LocalRecoding, labelsOf, recodeLocally } from '../search/local/recode.ts';
import type { SearchTable } from '../search/space.ts';
import { type ChosenLevels, type SearchInput, searchTable } from './generalization.ts';
import { peopleBehind, valuesOf } from './local-labels.ts';
import { createRecordLevels } from './record-levels.ts';
import { bindModels, failingClasses } from './suppression.ts';

/**
 * Choose levels class by class, and tell the fields to write each record at those of its class. Whether too much is then suppressed is
 * for `decideSuppression` to say. Memory: 4 bytes a record, and for each class a byte a field.
 */
export function* recodeByClass(input: SearchInput): Steps<ChosenLevels> {
  const { policy, privacy, plan, slots, census, numbers, resources } = input;
  const table = yield* searchTable(input);
  const { measure, budget } = privacy.search;
  yield;
  const local = measure.bindLocal!(table);
  yield;
  const recoding = yield* recodeLocally({
    table,
    measure: local,
    budget,
    least: Math.max(...privacy.models.map(({ definition, options }) => definition.least(options))),
    classes: census.joined,
    bind: (classes) => bindModels(policy, privacy, classes, resources).map(({ criterion }) => criterion),
    population: peopleBehind(input),
  });
  const { classOf, count, levels } = recoding;
  yield;
  const joined = census.joined(classOf, count);
  const population = input.view?.(joined, valuesOf(input, count, labelsOf(table, recoding))) ?? joined;
  yield;
  const failing = new Set(
    failingClasses((seen) => bindModels(policy, privacy, seen, resources), population, table.records),
  );
  yield;
  const own = { ...numbers, count: numbers.count, of: (record: number) => classOf[numbers.of(record)]! };
  const recordLevels = createRecordLevels(own, levels, slots.quasi.length);
  const written = Array.from({ length: count }, (_, c) => c).filter((c) => !failing.has(c));
  const fields = slots.quasi.flatMap((slot, d) => {
    const { name, search } = plan.fields[slot]!;
    if (search === undefined) return [];
    search.levelOf = recordLevels.levelOf(d);
    return [
      { name, height: search.hierarchy.height, levels: rangeOf(written, (c) => levels[c * slots.quasi.length + d]!) },
    ];
  });
  yield;
  const { sums, suppressed } = lossesOf(table, local.costs, recoding, failing);
  const score = local.score(sums, suppressed);
  // Levels that are as low as they may be lose so much in any case; no more than that is known, and what rounding adds is no bound.
  const least = measure.bind(table).floor(table.fields.map(({ lowest }) => lowest));
  const bound = Math.max(0, Math.min(score, least) - 1e-12 * Math.max(1, least));
  return {
    generalization: { recoding: 'local', fields, measure: measure.name, score, bound, proven: false, evaluated: 1 },
    population,
    numbers: own,
    recordLevels,
  };
}

/** The lowest and the highest of the classes; 0 of none. */
function rangeOf(classes: readonly number[], level: (c: number) => number): readonly [number, number] {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = 0;
  for (const c of classes) {
    lowest = Math.min(lowest, level(c));
    highest = Math.max(highest, level(c));
  }
  return [Math.min(lowest, highest), highest];
}

/** What the written records lose in each field, and how many records are suppressed. */
function lossesOf(
  { values, counts }: SearchTable,
  costs: readonly (readonly Float64Array[])[],
  { classOf, levels }: LocalRecoding,
  failing: ReadonlySet<number>,
) {
  const width = costs.length;
  const sums = new Float64Array(width);
  let suppressed = 0;
  for (let t = 0; t < counts.length; t++) {
    const c = classOf[t]!;
    if (failing.has(c)) suppressed += counts[t]!;
    else for (let d = 0; d < width; d++) sums[d]! += counts[t]! * costs[d]![levels[c * width + d]!]![values[d]![t]!]!;
  }
  return { sums, suppressed };
}
