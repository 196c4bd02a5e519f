import type { Classes, PopulationClasses } from '../table/classes.ts';

/** The population's classes. Models that ask for them are only bound where there are any. */
export function populationOf({ population }: Classes): PopulationClasses {
  if (population === undefined) throw new Error('a model compares with a population that it was not given');
  return population;
}
