import type { FieldLabels } from '../search/local/labels.ts';
import type { Region, RegionJudge } from '../search/local/partition.ts';
import type { SearchTable } from '../search/space.ts';
import type { Work } from '../search/work.ts';
import type { Classes, Histogram } from '../table/classes.ts';
import { groupMultisets } from '../table/multisets.ts';
import type { UnitRecords } from '../table/population.ts';
import { type PopulationTable, type PopulationUnits, unitSizes } from '../table/population-table.ts';
import { populationClasses } from './class-view.ts';
import type { SearchInput } from './generalization.ts';
import type { RegionPeople } from './region-people.ts';
import { allowedSuppression, bindModels } from './suppression.ts';

/**
 * The models of a policy, where one record is one individual: a region in which they hold is parted only where they hold in all parts, and
 * where models of the whole table hold of the parts by themselves, which are means or ask that nobody is left behind. No part has fewer
 * than `least` records.
 */
export function judgeRegions(
  input: SearchInput,
  table: SearchTable,
  { people, theirs }: { readonly people: PopulationTable; readonly theirs: RegionPeople },
  least: number,
): RegionJudge {
  const { policy, privacy, census, resources } = input;
  const base = census.finish();
  const known = new Map<Region, { readonly people: Int32Array; readonly passes: boolean }>();
  const recordsOf = (tuples: Int32Array) => tuples.reduce((sum, t) => sum + table.counts[t]!, 0);
  const individualsOf = (of: Int32Array) => of.reduce((sum, p) => sum + people.tuples.count(p), 0);
  const bound = (parts: readonly Region[], of: readonly Int32Array[], individuals: number) =>
    bindModels(policy, privacy, unions(base, parts, recordsOf, { individuals, of: of.map(individualsOf) }), resources);

  return {
    isClear: theirs.isClear,
    begin(regions) {
      theirs.first(regions).forEach((of, r) => {
        const criteria = bound([regions[r]!], [of], individualsOf(of));
        known.set(regions[r]!, { people: of, passes: criteria.every(({ criterion }) => criterion.satisfied(0)) });
      });
    },
    takes(region, parts, d) {
      const { people: all, passes } = known.get(region)!;
      if (passes && parts.some(({ tuples }) => recordsOf(tuples) < least)) return false;
      const own = theirs.ofParts(all, parts, d);
      const criteria = bound(parts, own, individualsOf(all));
      const satisfied = parts.map((_, c) => criteria.every(({ criterion }) => criterion.satisfied(c)));
      const holds = criteria.every(({ criterion }) => criterion.holds?.(parts.keys()) !== false);
      if (passes && !(holds && satisfied.every((is) => is))) return false;
      known.delete(region);
      parts.forEach((part, c) => void known.set(part, { people: own[c]!, passes: satisfied[c]! }));
      return true;
    },
  };
}

/** Classes of the tuples of regions, by what is known of the single tuples. */
function unions(
  base: Classes,
  regions: readonly Region[],
  recordsOf: (tuples: Int32Array) => number,
  population: { readonly individuals: number; readonly of: readonly number[] },
): Classes {
  const sizes = regions.map(({ tuples }) => recordsOf(tuples));
  return {
    count: regions.length,
    size: (c) => sizes[c]!,
    records: (c) => sizes[c]!,
    population: { individuals: population.individuals, size: (c) => population.of[c]! },
    distribution: (field) => base.distribution(field),
    histogram(field, c): Histogram {
      const sums = new Map<number, number>();
      for (const t of regions[c]!.tuples) {
        const { codes, counts } = base.histogram(field, t);
        for (let i = 0; i < codes.length; i++) sums.set(codes[i]!, (sums.get(codes[i]!) ?? 0) + counts[i]!);
      }
      return { codes: Int32Array.from(sums.keys()), counts: Int32Array.from(sums.values()) };
    },
  };
}

/**
 * The same where an individual may have several records: its class is the multiset of the regions of its records. All individuals are
 * judged each time, so that the work is the records of both tables. Records may fail as far as the policy allows it, where they lose less
 * in sum by it.
 */
export function judgeUnitRegions(
  input: SearchInput,
  table: SearchTable,
  {
    people,
    theirs,
  }: { readonly people: PopulationTable & { readonly units: PopulationUnits }; readonly theirs: RegionPeople },
  units: UnitRecords,
  labels: readonly FieldLabels[],
  work: Work,
): RegionJudge {
  const { policy, privacy, resources } = input;
  const known = new Map<Region, { readonly people: Int32Array; readonly number: number }>();
  const regionOf = new Int32Array(table.counts.length);
  /** What a record of each tuple loses. */
  const lossOf = new Float64Array(table.counts.length);
  const regionOfTheirs = new Int32Array(people.tuples.size).fill(nowhere);
  let numbers = 0;
  let now = { failing: 0, holds: true, loss: 0 };
  const allowed = allowedSuppression(privacy, table.records);
  // Weights are 1 on average.
  const everything = labels.length;

  function put(region: Region, of: Int32Array, number: number): void {
    for (const t of region.tuples) {
      regionOf[t] = number;
      lossOf[t] = labels.reduce((sum, { costs }, d) => sum + costs[region.levels[d]!]![table.values[d]![t]!]!, 0);
    }
    for (const p of of) regionOfTheirs[p] = number;
  }

  function judged(): typeof now {
    const { unitOf, tupleOf } = people.units;
    work.spend((units.unitOf.length + unitOf.length) * stepsOfRecord);
    const population = units.counted(units.tupleOf.map((t) => regionOf[t]!));
    const others = groupMultisets(
      unitOf,
      tupleOf.map((p) => regionOfTheirs[p]!),
    );
    const sizes = unitSizes(others, population, (region) => region);
    const classes = { ...population, population: populationClasses(people, sizes) };
    const criteria = bindModels(policy, privacy, classes, resources).map(({ criterion }) => criterion);
    const every = Array.from({ length: classes.count }, (_, c) => c);
    const fails = new Uint8Array(classes.count);
    for (const c of every) if (!criteria.every((criterion) => criterion.satisfied(c))) fails[c] = 1;
    const suppressed = population.recordsOfTuples(fails);
    let failing = 0;
    let loss = 0;
    for (let t = 0; t < suppressed.length; t++) {
      failing += suppressed[t]!;
      loss += suppressed[t]! * everything + (table.counts[t]! - suppressed[t]!) * lossOf[t]!;
    }
    return { failing, loss, holds: criteria.every(({ holds }) => holds?.(every) !== false) };
  }

  return {
    isClear: theirs.isClear,
    begin(regions) {
      theirs.first(regions).forEach((of, r) => {
        put(regions[r]!, of, numbers);
        known.set(regions[r]!, { people: of, number: numbers++ });
      });
      now = judged();
    },
    takes(region, parts, d) {
      const { people: all, number } = known.get(region)!;
      const own = theirs.ofParts(all, parts, d);
      for (const p of all) regionOfTheirs[p] = nowhere;
      parts.forEach((part, c) => void put(part, own[c]!, numbers + c));
      const then = judged();
      const isMore = then.failing > Math.max(allowed, now.failing) || then.loss > now.loss;
      if (isMore || (now.holds && !then.holds)) {
        put(region, all, number);
        return false;
      }
      known.delete(region);
      parts.forEach((part, c) => void known.set(part, { people: own[c]!, number: numbers + c }));
      numbers += parts.length;
      now = then;
      return true;
    },
  };
}

/** The region of what no record of the data is like. */
const nowhere = -1;
/** To group a record takes as long as to read so many labels. */
const stepsOfRecord = 20;
