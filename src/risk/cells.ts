import type { Replacement } from '../engine/choice.ts';
import type { SlotColumn } from '../engine/gather.ts';
import { Kind } from '../table/column.ts';

/** What became of the cells of a field in the records that were meant to be released. */
export interface CellCounts {
  /** Cells that are written. */
  readonly written: number;
  /** Of these, cells whose text or kind is another than the source's, but for `nulled`. */
  readonly changed: number;
  /** Of these, cells that hold no value and did in the source. */
  readonly nulled: number;
  /** Cells of records that were left out. */
  readonly suppressed: number;
}

/** What becomes of a record of a batch. */
export const Fate = { passedOver: 0, suppressed: 1, written: 2 } as const;

export interface CellCounter {
  /** `fates[r]` is the fate of record r of the batch. */
  add(cells: SlotColumn, values: Replacement, fates: Uint8Array): void;
  counts(): CellCounts;
}

export function createCellCounter(): CellCounter {
  const counts = { written: 0, changed: 0, nulled: 0, suppressed: 0 };
  return {
    add(cells, values, fates) {
      for (let i = 0; i < cells.count; i++) {
        const fate = fates[cells.record[i]!]!;
        if (fate === Fate.passedOver) continue;
        if (fate === Fate.suppressed) {
          counts.suppressed++;
          continue;
        }
        counts.written++;
        if (values.kept?.[i] === 1 || values === cells || (isNull(cells, i) && isNull(values, i))) continue;
        if (isNull(values, i)) counts.nulled++;
        else if (isNull(cells, i) || !sameText(cells, values, i)) counts.changed++;
      }
    },
    counts: () => ({ ...counts }),
  };
}

function isNull({ kind }: Pick<SlotColumn, 'kind'>, i: number): boolean {
  return kind[i] === Kind.null || kind[i] === Kind.invalid;
}

function sameText(a: Replacement, b: Replacement, i: number): boolean {
  if (a.kind[i] !== b.kind[i]) return false;
  return a.bytes.compare(b.bytes, b.start[i], b.end[i], a.start[i], a.end[i]) === 0;
}
