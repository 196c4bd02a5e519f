import type { PopulationTable } from '../table/population-table.ts';
import { createRegions, type LabelsOf } from '../table/regions.ts';
import { createUnitRegions } from '../table/unit-regions.ts';
import type { People } from './class-view.ts';

/** Individuals of the population that may stand behind the labels of so many records: that of record i in field d is `label(i, d)`. */
export type PeopleBehind = (records: number, label: (i: number, d: number) => string | null) => number;

export function createPeopleBehind(people: PopulationTable, labelsOf: LabelsOf): PeopleBehind {
  const { units } = people;
  if (units !== undefined) return createUnitRegions({ ...people, units }, labelsOf);
  const region = createRegions(people, labelsOf);
  return (_one, label) => region((d) => label(0, d));
}

/** A population by what may stand behind the labels of a class, where classes have levels of their own. */
export function peopleInRegions({ individuals }: PopulationTable, behind: PeopleBehind): People {
  return {
    individuals,
    sizes: ({ count, multisets }, { texts, code }) =>
      Float64Array.from({ length: count }, (_, c) => {
        const kinds = multisets?.kinds(c) ?? [c];
        return behind(kinds.length, (i, d) => texts[d]![code(kinds[i]!, d)]!);
      }),
  };
}
