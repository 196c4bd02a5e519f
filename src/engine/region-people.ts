import type { Region } from '../search/local/partition.ts';
import type { SearchTable } from '../search/space.ts';
import { numberedLabels } from '../table/clear-labels.ts';
import type { PopulationTable } from '../table/population-table.ts';
import { tupleValues } from './class-view.ts';
import type { SearchInput } from './generalization.ts';
import { everyLabel } from './level-view.ts';

/** Tuples of a population by the regions of a table that they are in. */
export interface RegionPeople {
  isClear(t: number, d: number, level: number): boolean;
  /** Of each of the first regions, which all have the same levels. */
  first(regions: readonly Region[]): Int32Array[];
  /** `all` are of a region that becomes these parts, which differ in field d. Some may be in none. */
  ofParts(all: Int32Array, parts: readonly Region[], d: number): Int32Array[];
}

export function createRegionPeople(
  { plan, slots, census, count }: SearchInput,
  { values, fields }: SearchTable,
  people: PopulationTable,
): RegionPeople {
  const { texts } = tupleValues(census.tuples, count.texts);
  const quasi = slots.quasi.map((slot) => plan.fields[slot]!);
  const codes = people.tuples.columns();
  const labels = quasi.map((field, d) =>
    numberedLabels(d, [...texts[d]!, ...people.texts[d]!], (_, text) => everyLabel(field, text)),
  );
  const textOf = (t: number, d: number) => texts[d]![values[d]![t]!]!;
  const theirs = (p: number, d: number) => people.texts[d]![codes[d]![p]!]!;
  const above = (level: number, d: number) => level - fields[d]!.lowest;

  function grouped(all: Int32Array, d: number, level: number): Map<number, Int32Array> {
    const groups = new Map<number, number[]>();
    for (const p of all) {
      const label = labels[d]!.of(theirs(p, d), above(level, d));
      const group = groups.get(label);
      if (group === undefined) groups.set(label, [p]);
      else group.push(p);
    }
    return new Map(Array.from(groups, ([label, group]) => [label, Int32Array.from(group)]));
  }

  const ofParts: RegionPeople['ofParts'] = (all, parts, d) => {
    const level = parts[0]!.levels[d]!;
    const groups = grouped(all, d, level);
    return parts.map(({ tuples }) => groups.get(labels[d]!.of(textOf(tuples[0]!, d), above(level, d))) ?? none);
  };

  return {
    isClear: (t, d, level) => labels[d]!.isClear(textOf(t, d), above(level, d)),
    ofParts,
    first(regions) {
      const everybody: Int32Array = Int32Array.from({ length: people.tuples.size }, (_, p) => p);
      let found: Int32Array[] = regions.map(() => everybody);
      // Regions that are equal so far have the same people.
      for (let d = 0; d < fields.length; d++) {
        const known = new Map<Int32Array, Map<number, Int32Array>>();
        found = found.map((all, r) => {
          const level = regions[r]!.levels[d]!;
          const groups = known.get(all) ?? grouped(all, d, level);
          known.set(all, groups);
          return groups.get(labels[d]!.of(textOf(regions[r]!.tuples[0]!, d), above(level, d))) ?? none;
        });
      }
      return found;
    },
  };
}

const none = new Int32Array(0);
