import type { Privacy } from '../policy/policy.ts';
import { type ClassValues, wildcardLabels } from '../table/class-values.ts';
import type { PopulationClasses } from '../table/classes.ts';
import { createMatching, type MatchingRequest } from '../table/matching.ts';
import type { Population } from '../table/population.ts';
import { type PopulationTable, populationSizes, type Relabel } from '../table/population-table.ts';
import type { Tuples } from '../table/tuples.ts';
import { createUnitMatching } from '../table/unit-matching.ts';

/** Adds to classes what models see of them beside their sizes; `values` are those of the classes, or of the kinds of record that they have. */
export type ClassView = (classes: Population, values: ClassValues) => Population;

/** A population whose classes can be counted; `values` are as those of a view. */
export interface People {
  readonly individuals: number;
  sizes(classes: Population, values: ClassValues): ArrayLike<number>;
}

/** Its values relabelled as those of the classes were. */
export function relabelledPeople(people: PopulationTable, relabel: Relabel): People {
  return {
    individuals: people.individuals,
    sizes: (classes, values) => populationSizes(people, relabel, classes, values),
  };
}

/** The classes as models see them where the policy names a population, or has nulls match every value; undefined where it does neither. */
export function createClassView({ nulls }: Pick<Privacy, 'nulls'>, people: People | undefined): ClassView | undefined {
  const matches = nulls === 'wildcard';
  if (people === undefined && !matches) return undefined;
  return (classes, values) => {
    const labels = () => values.texts.map(wildcardLabels);
    return viewed(
      classes,
      people && populationClasses(people, people.sizes(classes, values)),
      matches ? { ...values, labels: labels() } : undefined,
    );
  };
}

export function populationClasses(
  { individuals }: Pick<People, 'individuals'>,
  sizes: ArrayLike<number>,
): PopulationClasses {
  return { individuals, size: (c) => sizes[c]! };
}

/** The classes with their sizes in a population, and with what they match. */
export function viewed(
  classes: Population,
  population: PopulationClasses | undefined,
  matching: Omit<MatchingRequest, 'count' | 'size'> | undefined,
): Population {
  const seen = population === undefined ? classes : { ...classes, population };
  if (matching === undefined) return seen;
  const { count, size, multisets } = classes;
  const request = { ...matching, count, size };
  const sizesWithout =
    multisets === undefined ? createMatching(request) : createUnitMatching({ ...request, kinds: multisets.kinds });
  const without = (left?: Uint8Array): Population => {
    const sizes = sizesWithout(left);
    return { ...seen, matching: (c) => sizes[c]!, without };
  };
  return without();
}

/** The values of classes that are the tuples of a census; `texts` are those from code 1 on, 0 stands for a field that is absent. */
export function tupleValues(tuples: Tuples, texts: (d: number) => readonly (string | undefined)[]): ClassValues {
  return {
    width: tuples.width,
    code: (c, d) => tuples.codeAt(c, d),
    texts: Array.from({ length: tuples.width }, (_, d) => [null, ...texts(d).map((text) => text ?? null)]),
  };
}
