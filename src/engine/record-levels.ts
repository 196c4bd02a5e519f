import { countChosen } from './selection.ts';

/** Levels of single records, in pass 2: where each class has levels of its own. */
export interface RecordLevels {
  /** A batch begins with record `first` of the input; `before` records of earlier ones are chosen. `chosen` is as in `Selected`. */
  enter(first: number, records: number, chosen: Uint8Array | undefined, before: number): void;
  /** Level of quasi-identifier d in a record of the batch, by its number in the input; 0 in one that is not chosen. */
  levelOf(d: number): (record: number) => number;
}

/** `classOf` is the class of each chosen record, `levels[c × width + d]` the level of quasi-identifier d in class c. */
export function createRecordLevels(
  classOf: { readonly count: number; of(record: number): number },
  levels: Uint8Array,
  width: number,
): RecordLevels {
  let begin = 0;
  let classes = new Int32Array(0);
  return {
    enter(first, records, chosen, before) {
      begin = first;
      if (classes.length < records) classes = new Int32Array(records * 2);
      // More records than pass 1 found: the input has changed, and the run stops.
      const known = before + countChosen(chosen, records) <= classOf.count;
      for (let r = 0, number = before; r < records; r++) {
        classes[r] = known && chosen?.[r] !== 0 ? classOf.of(number++) : -1;
      }
    },
    levelOf: (d) => (record) => {
      const c = classes[record - begin]!;
      return c < 0 ? 0 : levels[c * width + d]!;
    },
  };
}
