import { createClassView, relabelledPeople, tupleValues } from '../engine/class-view.ts';
import { createCoder, type FieldValues } from '../engine/coder.ts';
import { writesNumbers } from '../engine/counting.ts';
import type { Observed, Observer } from '../engine/observer.ts';
import { measuredSlots } from '../engine/roles.ts';
import type { Plan } from '../policy/plan.ts';
import type { Policy } from '../policy/policy.ts';
import { type Population, recordCensus, unitCensus } from '../table/population.ts';
import type { PopulationTable } from '../table/population-table.ts';
import type { Tuples } from '../table/tuples.ts';
import { type CellCounts, createCellCounter, Fate } from './cells.ts';
import { createMarginals, type Marginals } from './marginals.ts';

/** Source and output of a run, beside each other. */
export interface Comparison extends Observer {
  /** When the run is over; `people` is the population as it is given. */
  finish(people: PopulationTable | undefined): Compared;
}

export interface Compared {
  /** Quasi-identifiers that are written, in the order of the tuples. */
  readonly quasi: readonly string[];
  /** Fields that `classes` has histograms of: those that models look at, and all others of this role. */
  readonly sensitive: readonly string[];
  /** The classes of the source, all its records; null where no quasi-identifier is written, or one repeats. */
  readonly source: { readonly classes: Population; readonly tuples: Tuples; readonly records: number } | null;
  /** Fields whose values are compared: all that are written but for identifiers and fields that repeat. */
  readonly fields: readonly string[];
  readonly before: Marginals;
  readonly after: Marginals;
  /** What became of the cells of each field, by its name; a field that is left out has none. */
  readonly cells: ReadonlyMap<string, CellCounts>;
}

/**
 * Looks at a run for the licensor. Memory: the distinct values of each compared field, up to `mostValues`, and the distinct
 * combinations of quasi-identifiers in the source, about 50 bytes each; with a unit 8 bytes a record more.
 */
export function createComparison(policy: Policy, plan: Plan): Comparison {
  const slots = measuredSlots(policy, plan);
  const { fields } = plan;
  const single = fields.flatMap(({ action, repeats, name }, slot) =>
    action === 'drop' || repeats || name === '' ? [] : [slot],
  );
  const compared = single.filter((slot) => fields[slot]!.rule.role !== 'identifier');
  const sensitive = [
    ...new Set([...slots.sensitive, ...single.filter((slot) => fields[slot]!.rule.role === 'sensitive')]),
  ];
  const counted = fields.flatMap(({ action }, slot) => (action === 'drop' ? [] : [slot]));
  const counters = new Map(counted.map((slot) => [slot, createCellCounter()]));
  const before = createMarginals(compared.length);
  const after = createMarginals(compared.length);
  const coder = createCoder(slots.quasi.length, sensitive.length, Buffer.alloc(0));
  const names = sensitive.map((slot) => fields[slot]!.name);
  const census = (slots.unit === undefined ? recordCensus : unitCensus)(slots.quasi.length, names, coder.text);
  let records = 0;

  /** As the models see them, beside the population as it is given. */
  function classes(people: PopulationTable | undefined): Population {
    const counted = census.finish();
    const view =
      policy.privacy && createClassView(policy.privacy, people && relabelledPeople(people, (_, text) => text));
    return view?.(counted, tupleValues(census.tuples, coder.texts)) ?? counted;
  }

  function observe({ batch, columns, values, chosen, spliced, units }: Observed): void {
    const sourceOf = (slot: number): FieldValues => {
      const cells = columns[slot]!;
      return { cells, values: cells, keepsNulls: true, numbers: isNumber(slot) };
    };
    records += batch.records;
    if (slots.quasi.length > 0) {
      const coded = coder.code(batch.records, slots.quasi.map(sourceOf), sensitive.map(sourceOf), undefined);
      census.add({ ...coded, units });
    }
    before.add(batch.records, compared.map(sourceOf));
    const { fates, written } = fatesOf(batch.records, chosen, spliced);
    after.add(
      batch.records,
      compared.map((slot) => ({ cells: columns[slot]!, values: values[slot]! })),
      written,
    );
    for (const slot of counted) counters.get(slot)!.add(columns[slot]!, values[slot]!, fates);
  }

  const isNumber = (slot: number): boolean => {
    const { type } = fields[slot]!.rule;
    return type === 'integer' || type === 'number' || writesNumbers(fields[slot]!);
  };

  return {
    slots: counted,
    sensitive,
    observe,
    finish: (people) => ({
      quasi: slots.quasi.map((slot) => fields[slot]!.name),
      sensitive: names,
      source: slots.quasi.length === 0 ? null : { classes: classes(people), tuples: census.tuples, records },
      fields: compared.map((slot) => fields[slot]!.name),
      before,
      after,
      cells: new Map(counted.map((slot) => [fields[slot]!.name, counters.get(slot)!.counts()])),
    }),
  };
}

function fatesOf(records: number, chosen: Uint8Array | undefined, { records: count, source }: Observed['spliced']) {
  const fates = new Uint8Array(records).fill(Fate.suppressed);
  const written = new Uint8Array(records);
  if (chosen !== undefined) for (let r = 0; r < records; r++) if (chosen[r] === 0) fates[r] = Fate.passedOver;
  for (let n = 0; n < count; n++) {
    fates[source[n]!] = Fate.written;
    written[source[n]!] = 1;
  }
  return { fates, written };
}
