import { type TakenCensus, takeCensus } from '../engine/census.ts';
import type { Coder } from '../engine/coder.ts';
import type { PopulationClasses } from '../table/classes.ts';
import type { MeasuredFile } from './measured-file.ts';

/** Sizes of the data's classes in a table of the population that is written as the data is. */
export async function populationOf(
  file: MeasuredFile,
  quasi: readonly string[],
  coder: Coder,
  { population, tuples }: TakenCensus,
): Promise<PopulationClasses> {
  const places = { quasi: quasi.map((_, d) => d), sensitive: [], unit: undefined };
  const { population: people, records } = await takeCensus(file.read(quasi), places, coder);
  const tuple = new Int32Array(quasi.length);
  const coded = { records: 1, tuples: tuple, sensitive: [], units: undefined };
  const sizes = Float64Array.from({ length: population.count }, (_, c) => {
    for (let d = 0; d < tuple.length; d++) tuple[d] = tuples.codeAt(c, d);
    const found = people.classOf(coded, 0, 0);
    return found < 0 ? 0 : people.size(found);
  });
  return { records, size: (c) => sizes[c]! };
}
