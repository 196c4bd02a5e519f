import type { Steps } from '../base/steps.ts';
import type { FieldLabels } from '../search/local/labels.ts';
import { topDownOrder } from '../search/local/order.ts';
import type { LocalRequest } from '../search/local/recode.ts';
import type { LocalRecoding } from '../search/local/recoding.ts';
import type { Stratum } from '../search/local/stratum.ts';
import { unitTables } from '../search/local/units.ts';
import type { SearchTable } from '../search/space.ts';
import type { Work } from '../search/work.ts';
import type { Population, UnitRecords } from '../table/population.ts';
import type { SearchInput } from './generalization.ts';

/** What is recoded class by class, and what its records are then. */
export interface LocalTables extends Pick<LocalRequest, 'strata' | 'classes'> {
  recoded(recoding: LocalRecoding): Recoded;
}

/** Records by what they count as: the number of the first of their labels, by the number of fields. */
export interface Recoded {
  readonly population: Population;
  readonly kinds: { readonly count: number; of(record: number): number };
  /** Visit all records; `records` of the same tuple, kind and class may come together. */
  each(visit: (records: number, tuple: number, kind: number, classOf: number) => void): void;
}

/** One record is one individual. */
export function recordTables(
  { privacy, census, numbers }: Pick<SearchInput, 'privacy' | 'census' | 'numbers'>,
  table: SearchTable,
  labels: readonly FieldLabels[],
): LocalTables {
  const least = Math.max(...privacy.models.map(({ definition, options }) => definition.least(options)));
  return {
    strata: [{ table, labels, least }],
    classes: ([classOf], count) => census.joined(classOf!, count),
    recoded({ classOf: [classOf], count }) {
      return {
        population: census.joined(classOf!, count),
        kinds: { count: numbers.count, of: (record) => classOf![numbers.of(record)]! },
        each(visit) {
          for (let t = 0; t < classOf!.length; t++) visit(table.counts[t]!, t, classOf![t]!, classOf![t]!);
        },
      };
    },
  };
}

/** Individuals of several records: those of as many are recoded together, record beside record. */
export function* unitsAsTables(
  { models }: SearchInput['privacy'],
  records: UnitRecords,
  table: SearchTable,
  labels: readonly FieldLabels[],
  work: Work,
): Steps<LocalTables> {
  const { unitOf, tupleOf, grouped, counted } = records;
  const leastBy = (asksForValues: boolean) =>
    Math.max(
      1,
      ...models.flatMap(({ definition, options }) =>
        (definition.sensitive?.(options) !== undefined) === asksForValues ? [definition.least(options)] : [],
      ),
    );
  const individuals = leastBy(false);
  const order = yield* topDownOrder(table, labels, individuals, work);
  const units = unitTables(table, order, unitOf, tupleOf);
  const fields = table.fields.length;
  return {
    strata: units.tables.map((own): Stratum => {
      const each = own.fields.length / fields;
      return {
        table: own,
        labels: Array.from({ length: each }, () => labels).flat(),
        // Models that look at values count the records of a class.
        least: Math.max(individuals, Math.ceil(leastBy(true) / each)),
      };
    }),
    classes: (classOf, count) => grouped(units.classesOf(classOf), count),
    recoded(recoding) {
      const kindOf = units.kindsOf(recoding);
      const population = counted(kindOf);
      return {
        population,
        kinds: { count: kindOf.length, of: (record) => kindOf[record]! },
        each(visit) {
          for (let r = 0; r < kindOf.length; r++) {
            visit(1, tupleOf[r]!, kindOf[r]!, population.classOf(nobody, 0, r));
          }
        },
      };
    },
  };
}

/** The classes of individuals are known by the number of the record alone. */
export const nobody = { records: 0, tuples: new Int32Array(0), sensitive: [], units: undefined };
