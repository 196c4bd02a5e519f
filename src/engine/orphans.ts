import type { ForeignKey } from '../policy/policy.ts';
import { Kind } from '../table/column.ts';
import type { RecordFilter } from './selection.ts';
import type { WrittenKeys } from './written-keys.ts';

/** Records of a table, or of its sample, whose value of a field stands in no record that the table it refers to writes. */
export interface Orphans {
  readonly key: ForeignKey;
  readonly records: number;
  /** Of these, those whose parent is in the source and was left out. */
  readonly ofLeftOut: number;
  /** 1-based source record of the first; 0: there is none. */
  readonly firstRow: number;
}

/** Finds the orphans of a table, and leaves them out where the policy says so. Records without a value are none. */
export interface OrphanCheck extends RecordFilter {
  /** What the last reading of the input found. */
  result(): Orphans;
}

/** `keys` are the written values of the field that `key` refers to: that table is written. `slot` is the field's in this one. */
export function createOrphanCheck(key: ForeignKey, slot: number, keys: WrittenKeys): OrphanCheck {
  let found = { records: 0, ofLeftOut: 0, firstRow: 0 };
  return {
    slots: [slot],
    begin() {
      found = { records: 0, ofLeftOut: 0, firstRow: 0 };
    },
    mark(batch, columns, values, sampled, leftOut) {
      const column = values[slot]!;
      const { record } = columns[slot]!;
      const stateOf = keys.states(column);
      for (let i = 0; i < column.count; i++) {
        if (column.kind[i] === Kind.null || sampled?.[record[i]!] === 0) continue;
        const state = stateOf(i);
        if (state === 'written') continue;
        if (found.records++ === 0) found.firstRow = batch.firstRecord + record[i]! + 1;
        if (state === 'left out') found.ofLeftOut++;
        if (key.onOrphan === 'drop') leftOut[record[i]!] = 1;
      }
    },
    result: () => ({ key, ...found }),
  };
}
