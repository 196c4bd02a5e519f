import { Kind } from '../table/column.ts';
import type { Replacement } from './choice.ts';
import type { SlotColumn } from './gather.ts';
import type { Spliced } from './splice.ts';

/** A batch as it is written. Reused: read it before the call returns. */
export interface LookedAt {
  /** By slot of the plan, the cells as they were read. */
  readonly columns: readonly SlotColumn[];
  /** By slot, what takes the place of the cells: one for each; the cells themselves where nothing does. */
  readonly values: readonly Replacement[];
  readonly spliced: Spliced;
}

export type Look = (batch: LookedAt) => void;

/** Does value i differ from the cell that it takes the place of? */
export function isChanged(cells: SlotColumn, values: Replacement, i: number): boolean {
  if (values.kept?.[i] === 1 || (cells as Replacement) === values) return false;
  if (cells.kind[i] === Kind.null) return values.kind[i] !== Kind.null;
  if (cells.kind[i] !== values.kind[i]) return true;
  const before = cells.bytes.subarray(cells.start[i], cells.end[i]);
  return !before.equals(values.bytes.subarray(values.start[i], values.end[i]));
}
