import type { Batch } from '../formats/batch.ts';
import type { Column } from '../table/column.ts';
import type { Replacement } from './choice.ts';
import type { FieldRun } from './field-run.ts';
import type { SlotColumn } from './gather.ts';
import type { Peers } from './peers.ts';
import type { Sampling } from './sampling.ts';

/**
 * Leaves records of the sample out before anything is measured: they are in no class, and they are not written. It is asked about
 * every record in each reading that collects, counts or writes, and must give the same answer.
 */
export interface RecordFilter {
  /** Slots whose cells and values it looks at. Their values are read and checked in all records of the sample. */
  readonly slots: readonly number[];
  /** A reading of the input begins. */
  begin(): void;
  /**
   * Set leftOut[r] to 1 for each record r of the batch that is to be left out. `values` are those that would be written; `sampled`
   * is as in `Selected`: what it says of other records is nobody's concern.
   */
  mark(
    batch: Batch,
    columns: readonly SlotColumn[],
    values: readonly Column[],
    sampled: Uint8Array | undefined,
    leftOut: Uint8Array,
  ): void;
}

/** Which records of a batch go on: 1 for those that do, undefined where all do. Both are reused. */
export interface Selected {
  readonly sampled: Uint8Array | undefined;
  /** Of the sample, those that no filter leaves out: they are measured, and written if the models hold for them. */
  readonly chosen: Uint8Array | undefined;
}

/** Says of the records of a batch which are chosen; makes the values of the slots that filters look at, in their places of `values`. */
export type Select = (batch: Batch, columns: readonly SlotColumn[], values: Replacement[]) => Selected;

export interface Selection {
  /** Slots whose values it makes. */
  readonly makes: ReadonlySet<number>;
  /** Slots whose cells it looks at. */
  readonly needs: readonly number[];
  /** A reading of the input begins. Every reading has the same selection. */
  begin(): Select;
}

export function createSelection(
  runs: readonly FieldRun[],
  peers: Peers,
  sampling: Sampling | undefined,
  filters: readonly RecordFilter[],
): Selection {
  const makes = new Set(filters.flatMap(({ slots }) => slots));
  const looked = [...makes].flatMap((slot) => [slot, ...peers.of(slot)]);
  return {
    makes,
    needs: sampling?.slot === undefined ? looked : [sampling.slot, ...looked],
    begin() {
      const choose = sampling?.begin();
      for (const filter of filters) filter.begin();
      return (batch, columns, values) => {
        const sampled = choose?.(batch, columns);
        if (filters.length === 0) return { sampled, chosen: sampled };
        peers.enter(makes, batch, columns);
        for (const slot of makes) values[slot] = runs[slot]!.values(columns[slot]!, batch.firstRecord, sampled);
        const leftOut = new Uint8Array(batch.records);
        for (const filter of filters) filter.mark(batch, columns, values, sampled, leftOut);
        return { sampled, chosen: leftOut.map((out, r) => (out === 1 || sampled?.[r] === 0 ? 0 : 1)) };
      };
    },
  };
}

/** How many of the first `records` are chosen. */
export function countChosen(chosen: Uint8Array | undefined, records: number): number {
  if (chosen === undefined) return records;
  let count = 0;
  for (let r = 0; r < records; r++) count += chosen[r]!;
  return count;
}
