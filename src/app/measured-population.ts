import { type CensusFields, type TakenCensus, takeCensus } from '../engine/census.ts';
import type { Coder } from '../engine/coder.ts';
import type { PopulationClasses } from '../table/classes.ts';
import { unitSizes } from '../table/population-table.ts';
import type { MeasuredFields } from './measured-fields.ts';
import type { MeasuredFile } from './measured-file.ts';

/** Sizes of the data's classes in a table of the population that is written as the data is; `coder` is that of the data. */
export async function populationOf(
  file: MeasuredFile,
  { quasi, unit }: Pick<MeasuredFields, 'quasi' | 'unit'>,
  coder: Coder,
  { population, tuples }: TakenCensus,
): Promise<PopulationClasses> {
  const names = [...new Set([...quasi, ...(unit === undefined ? [] : [unit])])];
  const places: CensusFields = {
    quasi: quasi.map((_, d) => d),
    sensitive: [],
    unit: unit === undefined ? undefined : { name: unit, field: names.indexOf(unit) },
  };
  const taken = await takeCensus(file.read(names), places, coder);
  const people = taken.population;
  const tuple = new Int32Array(quasi.length);
  const find = (t: number): number => {
    for (let d = 0; d < tuple.length; d++) tuple[d] = tuples.codeAt(t, d);
    return taken.tuples.find(tuple, 0);
  };
  const { multisets } = population;
  const sizes =
    multisets !== undefined && people.multisets !== undefined
      ? unitSizes(
          { find: people.multisets.find, size: Int32Array.from({ length: people.count }, (_, c) => people.size(c)) },
          { count: population.count, multisets },
          find,
        )
      : Float64Array.from({ length: population.count }, (_, c) => {
          const found = find(c);
          return found < 0 ? 0 : people.size(found);
        });
  return { individuals: people.individuals + (unit === undefined ? taken.suppressed : 0), size: (c) => sizes[c]! };
}
