import type { Steps } from '../base/steps.ts';
import type { FieldLabels } from '../search/local/labels.ts';
import { recodeLocally } from '../search/local/recode.ts';
import type { LocalRecoding } from '../search/local/recoding.ts';
import { fieldLabels } from '../search/local/stratum.ts';
import type { SearchTable } from '../search/space.ts';
import { type Work, workOf } from '../search/work.ts';
import { type ChosenLevels, type SearchInput, searchTable } from './generalization.ts';
import { populationBehind, valuesOf } from './local-labels.ts';
import { type Recoded, recordTables, unitsAsTables } from './local-strata.ts';
import { createRecordLevels } from './record-levels.ts';
import { needsRegions, recodeInRegions } from './region-recoding.ts';
import { bindModels, failingClasses } from './suppression.ts';

/**
 * Choose levels class by class, and tell the fields to write each record at those of its class. Whether too much is then suppressed is
 * for `decideSuppression` to say. Memory: 4 bytes a record, and for each class a byte a field; where an individual has several records,
 * for each record 4 bytes a field and some 100 more.
 */
export function* recodeByClass(input: SearchInput): Steps<ChosenLevels> {
  const { policy, privacy, plan, slots, numbers, resources } = input;
  const table = yield* searchTable(input);
  const { measure, budget } = privacy.search;
  yield;
  const local = measure.bindLocal!(table);
  yield;
  const labels = yield* fieldLabels(table, local);
  const work = workOf(budget);
  const { recoding, tables } = yield* (needsRegions(input) ? recodeInRegions : recodeByLikeness)(
    input,
    table,
    labels,
    work,
  );
  const { levels } = recoding;
  yield;
  const recoded = tables.recoded(recoding);
  const fields = slots.quasi.length;
  const kinds = levels.length / fields;
  const examples = examplesOf(recoded, kinds);
  const values = () =>
    valuesOf(input, kinds, {
      value: (kind, d) => table.values[d]![examples[kind]!]!,
      level: (kind, d) => levels[kind * fields + d]!,
    });
  yield;
  const population = input.view?.(recoded.population, values()) ?? recoded.population;
  yield;
  const failing = new Set(
    failingClasses((seen) => bindModels(policy, privacy, seen, resources), population, table.records),
  );
  yield;
  const recordLevels = createRecordLevels(recoded.kinds, levels, fields);
  const written = writtenLevels(recoded, failing, recoding, fields);
  yield;
  const { sums, suppressed } = lossesOf(table, local.costs, recoded, recoding, failing);
  const score = local.score(sums, suppressed);
  // Levels that are as low as they may be lose so much in any case; no more than that is known, and what rounding adds is no bound.
  const least = measure.bind(table).floor(table.fields.map(({ lowest }) => lowest));
  const bound = Math.max(0, Math.min(score, least) - 1e-12 * Math.max(1, least));
  return {
    generalization: {
      recoding: 'local',
      fields: slots.quasi.flatMap((slot, d) => {
        const { name, search } = plan.fields[slot]!;
        if (search === undefined) return [];
        search.levelOf = recordLevels.levelOf(d);
        return [{ name, height: search.hierarchy.height, levels: written[d]! }];
      }),
      measure: measure.name,
      score,
      bound,
      proven: false,
      evaluated: 1,
      budgetSpent: recoding.spent,
    },
    population,
    numbers: { ...numbers, ...recoded.kinds },
    recordLevels,
  };
}

/** Classes of records that are alike, whose labels may overlap. */
function* recodeByLikeness(input: SearchInput, table: SearchTable, labels: readonly FieldLabels[], work: Work) {
  const { policy, privacy, slots, census, resources } = input;
  const tables =
    slots.unit === undefined
      ? recordTables(input, table, labels)
      : yield* unitsAsTables(privacy, census.units!(), table, labels, work);
  const recoding = yield* recodeLocally({
    ...tables,
    work,
    bind: (classes) => bindModels(policy, privacy, classes, resources).map(({ criterion }) => criterion),
    population: populationBehind(input),
  });
  return { recoding, tables };
}

/** A tuple of each kind. */
function examplesOf({ each }: Recoded, kinds: number): Int32Array {
  const examples = new Int32Array(kinds);
  each((_records, tuple, kind) => {
    examples[kind] = tuple;
  });
  return examples;
}

/** By field, the lowest and the highest level of the records that are written; 0 of none. */
function writtenLevels(
  { each }: Recoded,
  failing: ReadonlySet<number>,
  { levels }: LocalRecoding,
  fields: number,
): (readonly [number, number])[] {
  const lowest = new Uint8Array(fields).fill(255);
  const highest = new Uint8Array(fields);
  each((_records, _tuple, kind, c) => {
    if (failing.has(c)) return;
    for (let d = 0; d < fields; d++) {
      const level = levels[kind * fields + d]!;
      if (level < lowest[d]!) lowest[d] = level;
      if (level > highest[d]!) highest[d] = level;
    }
  });
  return Array.from(highest, (level, d) => [Math.min(lowest[d]!, level), level]);
}

/** What the written records lose in each field, and how many records are suppressed. */
function lossesOf(
  { values }: SearchTable,
  costs: readonly (readonly Float64Array[])[],
  { each }: Recoded,
  { levels }: LocalRecoding,
  failing: ReadonlySet<number>,
) {
  const width = costs.length;
  const sums = new Float64Array(width);
  let suppressed = 0;
  each((records, tuple, kind, c) => {
    if (failing.has(c)) suppressed += records;
    else {
      for (let d = 0; d < width; d++) {
        sums[d]! += records * costs[d]![levels[kind * width + d]!]![values[d]![tuple]!]!;
      }
    }
  });
  return { sums, suppressed };
}
