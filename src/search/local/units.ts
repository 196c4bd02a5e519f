import { groupMultisets } from '../../table/multisets.ts';
import type { SearchTable } from '../space.ts';
import type { LocalRecoding } from './recoding.ts';

/** Individuals of several records, as tables of which each tuple is all that an individual has. */
export interface UnitTables {
  /** One for each number of records that individuals have. Its fields are those of the first record, then of the second, and so on. */
  readonly tables: readonly SearchTable[];
  /** classOf[s][t], by tuple of the tables, for each individual. */
  classesOf(classOf: readonly Int32Array[]): Int32Array;
  /**
   * What each record counts as once tables are recoded: record i of the individuals of class c as the number of the tables' first
   * field of that record, begin[c] / fields + i.
   */
  kindsOf(recoding: Pick<LocalRecoding, 'classOf' | 'begin'>): Int32Array;
}

/**
 * Individuals are alike when their records are, in whatever order; so records are put in that of `order`, in which tuples that are alike
 * stand together, and what stands at the same place of two individuals gets one label. Record r belongs to individual unitOf[r] and has
 * tuple tupleOf[r] of the table. Memory: 4 bytes for each field of each record, and 24 a record.
 */
export function unitTables(
  { fields, values }: SearchTable,
  order: Int32Array,
  unitOf: Int32Array,
  tupleOf: Int32Array,
): UnitTables {
  const rank = new Int32Array(order.length);
  order.forEach((t, i) => {
    rank[t] = i;
  });
  const ranks = tupleOf.map((t) => rank[t]!);
  const multisets = groupMultisets(unitOf, ranks);
  const { classOfUnit, count, kinds, size } = multisets;
  const byLength = new Map<number, number[]>();
  for (let m = 0; m < count; m++) {
    const { length } = kinds(m);
    const like = byLength.get(length) ?? [];
    byLength.set(length, like);
    like.push(m);
  }
  const lengths = [...byLength.keys()].sort((a, b) => a - b);
  /** By multiset: its table, and its tuple there. */
  const tableOf = new Int32Array(count);
  const placeOf = new Int32Array(count);
  const tables = lengths.map((length, s): SearchTable => {
    const members = byLength.get(length)!;
    members.forEach((m, t) => {
      tableOf[m] = s;
      placeOf[m] = t;
    });
    const slots = Array.from({ length }, (_, i) => i);
    return {
      fields: slots.flatMap(() => fields),
      records: members.reduce((sum, m) => sum + size[m]!, 0),
      values: slots.flatMap((i) => values.map((of) => Int32Array.from(members, (m) => of[order[kinds(m)[i]!]!]!))),
      counts: Int32Array.from(members, (m) => size[m]!),
    };
  });

  const classesOf: UnitTables['classesOf'] = (classOf) =>
    classOfUnit.map((m) => (m < 0 ? -1 : classOf[tableOf[m]!]![placeOf[m]!]!));

  return {
    tables,
    classesOf,
    kindsOf({ classOf, begin }) {
      const classOfOwn = classesOf(classOf);
      const places = placesOf(unitOf, ranks);
      return unitOf.map((unit, r) => begin[classOfOwn[unit]!]! / fields.length + places[r]!);
    },
  };
}

/** The place of each record among those of its individual, by rank; of equal ones the first comes first. */
function placesOf(unitOf: Int32Array, ranks: Int32Array): Int32Array {
  const next = new Int32Array(most(ranks) + 2);
  for (const rank of ranks) next[rank + 1]!++;
  for (let i = 1; i < next.length; i++) next[i]! += next[i - 1]!;
  const sorted = new Int32Array(ranks.length);
  for (let r = 0; r < ranks.length; r++) sorted[next[ranks[r]!]!++] = r;
  const found = new Int32Array(most(unitOf) + 1);
  const places = new Int32Array(unitOf.length);
  for (const r of sorted) places[r] = found[unitOf[r]!]!++;
  return places;
}

function most(numbers: Int32Array): number {
  return numbers.reduce((highest, number) => Math.max(highest, number), -1);
}
