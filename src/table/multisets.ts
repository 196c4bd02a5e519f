import { Dictionary } from './dictionary.ts';

/** Individuals of several records, grouped by the multiset of what their records count as. */
export interface Multisets {
  /** Distinct multisets. */
  readonly count: number;
  /** Multiset of each unit; -1 for one without records. */
  readonly classOfUnit: Int32Array;
  /** Units that have multiset c. */
  readonly size: Int32Array;
  /** What is in multiset c, ascending; do not change it. */
  kinds(c: number): Int32Array;
  /** The multiset of these kinds, which get sorted; -1 where no unit has it. */
  find(kinds: Int32Array): number;
}

/** Record r belongs to unit unitOf[r] and counts as kindOf[r]. Memory: 8 bytes a record, and the distinct multisets. */
export function groupMultisets(unitOf: Int32Array, kindOf: Int32Array): Multisets {
  let units = 0;
  for (const unit of unitOf) if (unit >= units) units = unit + 1;
  const first = new Int32Array(units + 1);
  for (const unit of unitOf) first[unit + 1]!++;
  for (let u = 0; u < units; u++) first[u + 1]! += first[u]!;
  const next = first.slice();
  const grouped = new Int32Array(kindOf.length);
  for (let r = 0; r < unitOf.length; r++) grouped[next[unitOf[r]!]!++] = kindOf[r]!;
  const bytes = Buffer.from(grouped.buffer);
  const multisets = new Dictionary();
  const classOfUnit = new Int32Array(units).fill(-1);
  const example: number[] = [];
  for (let u = 0; u < units; u++) {
    if (first[u] === first[u + 1]) continue;
    grouped.subarray(first[u]!, first[u + 1]!).sort();
    const c = multisets.code(bytes, first[u]! * 4, first[u + 1]! * 4);
    classOfUnit[u] = c;
    example[c] ??= u;
  }
  const size = new Int32Array(multisets.size);
  for (const c of classOfUnit) if (c >= 0) size[c]!++;
  return {
    count: multisets.size,
    classOfUnit,
    size,
    kinds: (c) => grouped.subarray(first[example[c]!]!, first[example[c]! + 1]!),
    find(kinds) {
      kinds.sort();
      return multisets.find(Buffer.from(kinds.buffer, kinds.byteOffset, kinds.byteLength), 0, kinds.byteLength);
    },
  };
}
