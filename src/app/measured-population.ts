import { type TakenCensus, takeCensus } from '../engine/census.ts';
import type { Coder } from '../engine/coder.ts';
import { highest, lowest } from '../models/figures.ts';
import type { Measurement } from '../risk/measures.ts';
import type { Classes, PopulationClasses } from '../table/classes.ts';
import type { MeasuredFile } from './measured-file.ts';

/** The classes of the data in a table of the population that is written as the data is. */
export interface PopulationSizes extends PopulationClasses {
  /** A class has at least the individuals that the data shows. */
  atLeast(c: number): number;
  /** Individuals of the data that the population does not have. */
  readonly outside: number;
}

/** Sizes of the data's classes in a table of the population. */
export async function populationOf(
  file: MeasuredFile,
  quasi: readonly string[],
  coder: Coder,
  { population, tuples }: TakenCensus,
): Promise<PopulationSizes> {
  const places = { quasi: quasi.map((_, d) => d), sensitive: [], unit: undefined };
  const { population: people, records } = await takeCensus(file.read(quasi), places, coder);
  const tuple = new Int32Array(quasi.length);
  const coded = { records: 1, tuples: tuple, sensitive: [], units: undefined };
  const sizes = new Float64Array(population.count);
  let outside = 0;
  for (let c = 0; c < population.count; c++) {
    for (let d = 0; d < tuple.length; d++) tuple[d] = tuples.codeAt(c, d);
    const found = people.classOf(coded, 0, 0);
    const size = found < 0 ? 0 : people.size(found);
    if (size < population.size(c)) outside += population.size(c) - size;
    sizes[c] = size;
  }
  return { records, outside, size: (c) => sizes[c]!, atLeast: (c) => Math.max(sizes[c]!, population.size(c)) };
}

/** What is stated of it. */
export function populationFigures(
  { records, outside, atLeast, size }: PopulationSizes,
  classes: Classes,
): Measurement['populationTable'] {
  const all = Array.from({ length: classes.count }, (_, c) => c);
  const shares = all.map((c) => classes.size(c) / size(c));
  const covered = all.reduce((sum, c) => sum + size(c), 0);
  return {
    records,
    k: lowest(all, atLeast),
    outside,
    presence:
      outside > 0
        ? null
        : { min: covered < records ? 0 : lowest(all, (c) => shares[c]!), max: highest(all, (c) => shares[c]!) },
  };
}
