import { longer } from '../base/longer.ts';

/**
 * The class of each record as pass 1 found it, so that pass 2 need not find it again: of the first 4 Mi records, 4 bytes each. For
 * those behind them it is found anew; memory stays bounded.
 */
export interface ClassNumbers {
  /** Add the classes of the next `records` records. */
  add(classes: Int32Array, records: number): void;
  /** Records whose class is remembered: the first ones. */
  readonly count: number;
  of(record: number): number;
}

const most = 1 << 22;

export function createClassNumbers(limit = most): ClassNumbers {
  let numbers = new Int32Array(Math.min(limit, 4096));
  let count = 0;
  return {
    get count() {
      return count;
    },
    of: (record) => numbers[record]!,
    add(classes, records) {
      const next = Math.min(limit, count + records);
      if (next > numbers.length) {
        numbers = longer(numbers, Math.min(limit, next * 2));
      }
      numbers.set(classes.subarray(0, next - count), count);
      count = next;
    },
  };
}
