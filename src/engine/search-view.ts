import { finished } from '../base/steps.ts';
import type { Hierarchy } from '../hierarchies/definition.ts';
import { fixedField, searchField } from '../search/field.ts';
import { createGrouper, type Grouping } from '../search/grouping.ts';
import { createRollUp } from '../search/roll-up.ts';
import type { SearchTable } from '../search/space.ts';
import { type ClassValues, wildcardLabels } from '../table/class-values.ts';
import type { PopulationClasses } from '../table/classes.ts';
import { groupMultisets } from '../table/multisets.ts';
import type { Population } from '../table/population.ts';
import { type PopulationTable, unitSizes } from '../table/population-table.ts';
import { Tuples } from '../table/tuples.ts';
import { populationClasses, viewed } from './class-view.ts';

/** The classes at some levels as models see them. */
export interface SearchView {
  at(grouping: Grouping, classes: Population): Population;
  /** What it took so far, in labels of tuples that are read. */
  work(): number;
}

export interface SearchViewRequest {
  readonly table: SearchTable;
  /** The tuples of the table. */
  readonly values: ClassValues;
  /** Of each field; undefined for one that stays as it is. */
  readonly hierarchies: readonly (Hierarchy | undefined)[];
  readonly people: PopulationTable | undefined;
  /** Where nulls match every value: individuals that a class must match, which no model wants more of. */
  readonly wildcards: number | undefined;
}

/** The same as a `ClassView` of the labels at those levels, by numbers: a search asks for thousands. */
export function createSearchView({ table, values, hierarchies, people, wildcards }: SearchViewRequest): SearchView {
  const joint = people && createJoint(table, values, hierarchies, people);
  const labelsAt = cachedLabels(values, hierarchies);
  let matched = 0;
  const spend = (items: number): void => {
    matched += items * matchingCost;
  };
  return {
    work: () => (joint?.work() ?? 0) + matched,
    at(grouping, classes) {
      const { example, levels } = grouping;
      const matching = {
        width: values.width,
        code: (c: number, d: number) => table.values[d]![example[c]!]!,
        labels: wildcards === undefined ? [] : levels.map((level, d) => labelsAt(d, level)),
        enough: wildcards,
        spend,
      };
      return viewed(classes, joint?.at(grouping, classes), wildcards === undefined ? undefined : matching);
    },
  };
}

/** To match an item takes as long as to read so many labels. */
const matchingCost = 80;

/** Labels of the values of a field at a level, made when first asked for. */
function cachedLabels({ texts }: ClassValues, hierarchies: SearchViewRequest['hierarchies']) {
  const made: Int32Array[][] = texts.map(() => []);
  return (d: number, level: number): Int32Array => {
    const hierarchy = hierarchies[d];
    made[d]![level] ??= wildcardLabels(
      hierarchy === undefined
        ? texts[d]!
        : texts[d]!.map((text) => (text === null ? null : hierarchy.ancestor(text, level))),
    );
    return made[d]![level];
  };
}

/**
 * The population beside the data in one table, each value once however it is written: first the tuples of the data, then those that only the
 * population has, all with the population's counts. Since classes are numbered by their first tuples, those of the data come first, and
 * where each of its values has one way to be written they have the numbers that they have in the data.
 */
function createJoint(
  { fields, values: ownValues }: SearchTable,
  { width, texts }: ClassValues,
  hierarchies: SearchViewRequest['hierarchies'],
  people: PopulationTable,
) {
  const known = fields.map(() => new Map<string | null, number>());
  const numbersOf = (all: PopulationTable['texts']) =>
    all.map((own, d) =>
      own.map((text) => {
        const number = known[d]!.get(text) ?? known[d]!.size;
        known[d]!.set(text, number);
        return number;
      }),
    );
  // Only what stands in a tuple is a value: a code for what is absent may stand for nothing.
  const used = ownValues.map((codes) => new Set(codes));
  const own = numbersOf(texts.map((all, d) => all.filter((_, code) => used[d]!.has(code))));
  const codes = texts.map((all, d) => {
    const kept = [...all.keys()].filter((code) => used[d]!.has(code));
    const of = new Int32Array(all.length);
    kept.forEach((code, i) => {
      of[code] = own[d]![i]!;
    });
    return of;
  });
  const isOneToOne = own.every((numbers) => new Set(numbers).size === numbers.length);
  const theirs = numbersOf(people.texts);

  const tuples = new Tuples(width);
  const tuple = new Int32Array(width);
  const placeOf = new Int32Array(ownValues[0]?.length ?? 0);
  for (let t = 0; t < placeOf.length; t++) {
    for (let d = 0; d < width; d++) tuple[d] = codes[d]![ownValues[d]![t]!]!;
    placeOf[t] = tuples.add(tuple, 0);
  }
  const counts: number[] = Array(tuples.size).fill(0);
  const placeOfTheirs = new Int32Array(people.tuples.size);
  for (let t = 0; t < people.tuples.size; t++) {
    for (let d = 0; d < width; d++) tuple[d] = theirs[d]![people.tuples.codeAt(t, d)]!;
    const place = tuples.add(tuple, 0);
    placeOfTheirs[t] = place;
    counts[place] = (counts[place] ?? 0) + people.tuples.count(t);
  }
  const table: SearchTable = {
    fields: fields.map(({ name, lowest, highest }, d) => {
      const values = [...known[d]!.keys()].map((text) => text ?? undefined);
      const hierarchy = hierarchies[d];
      return hierarchy === undefined
        ? fixedField(name, values.length)
        : finished(searchField(hierarchy, values, name, { lowest, highest }));
    }),
    records: people.individuals,
    values: fields.map((_, d) => Int32Array.from(counts, (_count, t) => tuples.codeAt(t, d))),
    counts: Int32Array.from(counts),
  };
  const grouper = createGrouper(table);
  const rollUp = createRollUp(grouper, table.fields);
  let looked = 0;
  return {
    work: () => grouper.work() + looked,
    at({ levels, example, count }: Grouping, classes: Population): PopulationClasses {
      const { multisets, count: units } = classes;
      if (multisets !== undefined && people.units !== undefined) {
        const { unitOf, tupleOf } = people.units;
        looked += counts.length + unitOf.length;
        const classOf = grouper.classOf(levels);
        const individuals = groupMultisets(
          unitOf,
          tupleOf.map((t) => classOf[placeOfTheirs[t]!]!),
        );
        const numberOf = (kind: number) => classOf[placeOf[example[kind]!]!]!;
        return populationClasses(people, unitSizes(individuals, { count: units, multisets }, numberOf));
      }
      const { size } = rollUp.group(levels);
      if (isOneToOne) return populationClasses(people, size);
      const classOf = grouper.classOf(levels);
      return populationClasses(
        people,
        Int32Array.from({ length: count }, (_, c) => size[classOf[placeOf[example[c]!]!]!]!),
      );
    },
  };
}
