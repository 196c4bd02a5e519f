import type { Batch } from '../formats/batch.ts';
import type { Replacement } from './choice.ts';
import type { SlotColumn } from './gather.ts';
import type { Spliced } from './splice.ts';

/** What pass 2 read and wrote of a batch. Reused: look at it before the call returns. */
export interface Observed {
  readonly batch: Batch;
  readonly columns: readonly SlotColumn[];
  /** What is written in the place of the cells, for all records. */
  readonly values: readonly Replacement[];
  /** 1 for the records that were meant to be released; undefined: all. */
  readonly chosen: Uint8Array | undefined;
  readonly spliced: Spliced;
  /** The individual of each record, where there is a unit. */
  readonly units: Int32Array | undefined;
}

/** Sees source and output side by side. */
export interface Observer {
  /** Slots whose cells it looks at. */
  readonly slots: readonly number[];
  /** Slots whose distribution in the classes of the output is to be counted, beside those that models look at. */
  readonly sensitive: readonly number[];
  observe(observed: Observed): void;
}
