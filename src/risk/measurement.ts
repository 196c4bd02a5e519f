import type { Population } from '../table/population.ts';
import type { Tuples } from '../table/tuples.ts';
import { attackerRisk } from './attacker.ts';
import { combinationsOf } from './combinations.ts';
import { diversityOf } from './diversity.ts';
import type { Measurement, OwnMeasures } from './measures.ts';
import { populationUniqueness } from './population-uniqueness.ts';
import { classSizes, prosecutorRisk } from './reidentification.ts';
import { sizeFrequencies } from './size-frequencies.ts';

/** What is known of a table once its classes have been counted. */
export interface MeasuredTable {
  readonly records: Measurement['records'];
  readonly unit: string | undefined;
  readonly quasi: readonly string[];
  /** Fields that `classes` has histograms of. */
  readonly sensitive: readonly string[];
  readonly classes: Population;
  /** Distinct records by their quasi-identifiers, in the order of `quasi`. */
  readonly tuples: Tuples;
  readonly models: Measurement['models'];
  /** The classes in a table of the population; `size(c)` is that of class c there. */
  readonly table?: (NonNullable<Measurement['populationTable']> & { size(c: number): number }) | undefined;
  /** Individuals in the population, no fewer than in the table; undefined: not known. */
  readonly people: number | undefined;
  /** Most fields in a combination. */
  readonly combinations: number;
}

/** All measures that a table yields by itself: `utility` compares it with another. */
export function measurementOf(measured: MeasuredTable): OwnMeasures {
  const { classes, table, people, quasi } = measured;
  const frequencies = sizeFrequencies(classes);
  const prosecutor = prosecutorRisk(classes, frequencies);
  const journalist = table === undefined ? prosecutor : attackerRisk(classes, table.size);
  const uniques = frequencies.sizes[0] === 1 ? frequencies.counts[0]! : 0;
  return {
    records: measured.records,
    unit: measured.unit ?? null,
    quasiIdentifiers: quasi,
    individuals: classes.individuals,
    classes: classSizes(classes, frequencies),
    uniques: { individuals: uniques, share: classes.individuals === 0 ? 0 : uniques / classes.individuals },
    sensitive: measured.sensitive.map((field) => diversityOf(field, classes)),
    models: measured.models,
    risk: { prosecutor, journalist, marketer: { average: journalist.average } },
    populationTable: table === undefined ? null : { records: table.records, k: table.k, outside: table.outside },
    populationUniqueness: people === undefined ? null : populationUniqueness(frequencies, people),
    combinations: combinationsOf(quasi, measured.tuples, measured.combinations),
  };
}
