import type { Batch } from '../formats/batch.ts';
import { leavesElement } from '../formats/json-elements.ts';
import type { SharedElement } from '../policy/selectors.ts';

/**
 * For each cell of slot `own` in a batch, the cell of slot `other` in the same repeated element of the record, or -1. Cells are
 * numbered within their slot. One element holds at most one cell of `other`.
 */
export function siblingsOf(batch: Batch, own: number, other: number, levels: SharedElement): Int32Array {
  const { bytes, slot, firstCell, outerStart, outerEnd } = batch;
  let owns = 0;
  for (let c = 0; c < batch.cells; c++) if (slot[c] === own) owns++;
  const beside = new Int32Array(owns).fill(-1);
  let others = 0;
  let mine = 0;
  for (let r = 0; r < batch.records; r++) {
    // Of the element that is being looked at: its first own cell, its other cell, and the cell before.
    let firstOwn = mine;
    let found = -1;
    let before = -1;
    for (let c = firstCell[r]!, last = firstCell[r + 1]!; c < last; c++) {
      const s = slot[c]!;
      if (s !== own && s !== other) continue;
      const open = before < 0 || slot[before] === own ? levels.own : levels.other;
      if (before >= 0 && leavesElement(bytes, outerEnd[before]!, outerStart[c]!, open)) {
        beside.fill(found, firstOwn, mine);
        firstOwn = mine;
        found = -1;
      }
      if (s === own) mine++;
      else found = others++;
      before = c;
    }
    beside.fill(found, firstOwn, mine);
  }
  return beside;
}
