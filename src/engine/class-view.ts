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

/**
 * The classes as models see them where the policy names a population, or has nulls match every value; undefined where it does neither.
 * `relabel` is what becomes of the population's values.
 */
export function createClassView(
  { nulls }: Pick<Privacy, 'nulls'>,
  people: PopulationTable | undefined,
  relabel: Relabel,
): ClassView | undefined {
  const matches = nulls === 'wildcard';
  if (people === undefined && !matches) return undefined;
  return (classes, values) => {
    const labels = () => values.texts.map(wildcardLabels);
    return viewed(
      classes,
      people && populationClasses(people, populationSizes(people, relabel, classes, values)),
      matches ? { ...values, labels: labels() } : undefined,
    );
  };
}

export function populationClasses({ individuals }: PopulationTable, sizes: ArrayLike<number>): PopulationClasses {
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
