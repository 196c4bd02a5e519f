import { Tuples } from './tuples.ts';

/** Rows sorted by stratum: those of stratum s are order[ends[s - 1], ends[s]), ascending; that of the first begins at 0. */
export interface Strata {
  readonly order: Int32Array;
  readonly ends: Int32Array;
}

/** Values of a field by row; a row may have none. */
interface Present {
  has(row: number): boolean;
}

/**
 * Rows 0 … rows - 1 of one stratum have values in the same of `fields`, and equal codes where `codes` has some (0 behind its end). Rows
 * without any value are in no stratum. Strata come in the order of their first rows.
 */
export function strataOf(rows: number, fields: readonly Present[], codes = new Int32Array(0)): Strata {
  const stratumOf = new Int32Array(rows);
  const strata = new Tuples(fields.length + 1);
  const tuple = new Int32Array(fields.length + 1);
  for (let row = 0; row < rows; row++) {
    tuple[0] = codes[row] ?? 0;
    let some = 0;
    for (let f = 0; f < fields.length; f++) {
      tuple[f + 1] = fields[f]!.has(row) ? 1 : 0;
      some |= tuple[f + 1]!;
    }
    stratumOf[row] = some === 0 ? -1 : strata.add(tuple, 0);
  }
  const ends = new Int32Array(strata.size);
  let end = 0;
  for (let s = 0; s < strata.size; s++) {
    ends[s] = end;
    end += strata.count(s);
  }
  const order = new Int32Array(end);
  for (let row = 0; row < rows; row++) {
    const s = stratumOf[row]!;
    if (s >= 0) order[ends[s]!++] = row;
  }
  return { order, ends };
}
