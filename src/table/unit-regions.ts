import { groupMultisets } from './multisets.ts';
import { perfectMatching } from './perfect-matching.ts';
import type { PopulationTable, PopulationUnits } from './population-table.ts';
import { type LabelsOf, regionFields } from './regions.ts';

/**
 * Individuals of a population that may stand behind labels of several records: those of as many records that can be paired with the labels
 * so that each may be written as its partner is (as `createRegions` says of a record). With one record each that is the same.
 *
 * Those that have a record with the rarest label are looked at one by one. Memory: 12 bytes for each record of the population, beside that
 * of `createRegions`.
 */
export function createUnitRegions(
  people: PopulationTable & { readonly units: PopulationUnits },
  labelsOf: LabelsOf,
): (records: number, label: (i: number, d: number) => string | null) => number {
  const fields = regionFields(people, labelsOf);
  const { count, kinds, size } = groupMultisets(people.units.unitOf, people.units.tupleOf);
  const havingTuple = multisetsByTuple(count, kinds, people.tuples.size);
  const seen = new Int32Array(count).fill(-1);
  let round = 0;

  return (records, label) => {
    round++;
    const wanted: number[][] = [];
    let rarest: { readonly tuples: Int32Array; readonly wanted: readonly number[] } | undefined;
    for (let i = 0; i < records; i++) {
      const numbers: number[] = [];
      for (const [d, { numbers: known, tuplesOf }] of fields.entries()) {
        const number = known.get(label(i, d));
        if (number === undefined) return 0;
        numbers.push(number);
        const tuples = tuplesOf(number);
        if (rarest === undefined || tuples.length < rarest.tuples.length) rarest = { tuples, wanted: numbers };
      }
      wanted.push(numbers);
    }
    const fits = (tuple: number, numbers: readonly number[]): boolean => {
      for (let d = 0; d < fields.length; d++) if (!fields[d]!.has(tuple, numbers[d]!)) return false;
      return true;
    };
    let individuals = 0;
    for (const tuple of rarest?.tuples ?? []) {
      if (!fits(tuple, rarest!.wanted)) continue;
      for (const m of havingTuple(tuple)) {
        if (seen[m] === round) continue;
        seen[m] = round;
        const own = kinds(m);
        if (own.length !== records) continue;
        if (perfectMatching(records, (i, j) => fits(own[j]!, wanted[i]!))) individuals += size[m]!;
      }
    }
    return individuals;
  };
}

/** The multisets that hold each tuple; one that holds it twice stands there twice. */
function multisetsByTuple(count: number, kinds: (m: number) => Int32Array, tuples: number) {
  const first = new Int32Array(tuples + 1);
  for (let m = 0; m < count; m++) for (const tuple of kinds(m)) first[tuple + 1]!++;
  for (let t = 0; t < tuples; t++) first[t + 1]! += first[t]!;
  const next = first.slice();
  const listed = new Int32Array(first[tuples]!);
  for (let m = 0; m < count; m++) for (const tuple of kinds(m)) listed[next[tuple]!++] = m;
  return (tuple: number) => listed.subarray(first[tuple]!, first[tuple + 1]!);
}
