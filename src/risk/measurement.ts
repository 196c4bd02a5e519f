import type { Steps } from '../base/steps.ts';
import type { Population } from '../table/population.ts';
import type { Tuples } from '../table/tuples.ts';
import { attackerRisk } from './attacker.ts';
import { combinationsOf } from './combinations.ts';
import { diversityOf } from './diversity.ts';
import type { Measurement, OwnMeasures } from './measures.ts';
import { populationFigures, sizeAtLeast } from './population-figures.ts';
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
  /** Where they are known in a table of the population, that is stated, too. */
  readonly classes: Population;
  /** Distinct records by their quasi-identifiers, in the order of `quasi`. */
  readonly tuples: Tuples;
  readonly models: Measurement['models'];
  /** Individuals in the population, no fewer than in the table; undefined: not known. */
  readonly people: number | undefined;
  /** Most fields in a combination. */
  readonly combinations: number;
}

/** All measures that a table yields by itself: `utility` compares it with another. */
export function* measurementOf(measured: MeasuredTable): Steps<OwnMeasures> {
  const { classes, people, quasi } = measured;
  const { population } = classes;
  const frequencies = sizeFrequencies(classes);
  const prosecutor = prosecutorRisk(classes, frequencies);
  const journalist = population === undefined ? prosecutor : attackerRisk(classes, sizeAtLeast(classes, population));
  const sensitive: OwnMeasures['sensitive'][number][] = [];
  for (const field of measured.sensitive) sensitive.push(yield* diversityOf(field, classes));
  const uniques = frequencies.sizes[0] === 1 ? frequencies.counts[0]! : 0;
  return {
    records: measured.records,
    unit: measured.unit ?? null,
    quasiIdentifiers: quasi,
    individuals: classes.individuals,
    classes: classSizes(classes, frequencies),
    uniques: { individuals: uniques, share: classes.individuals === 0 ? 0 : uniques / classes.individuals },
    sensitive,
    models: measured.models,
    risk: { prosecutor, journalist, marketer: { average: journalist.average } },
    populationTable: population === undefined ? null : populationFigures(classes, population),
    populationUniqueness: people === undefined ? null : populationUniqueness(frequencies, people),
    combinations: yield* combinationsOf(quasi, measured.tuples, measured.combinations),
  };
}
