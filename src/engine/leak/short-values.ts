import type { Batch } from '../../formats/batch.ts';
import { type Column, Kind } from '../../table/column.ts';
import type { SlotColumn } from '../gather.ts';
import type { Spliced } from '../splice.ts';
import type { LeakFinding } from './leak-check.ts';
import { shortestInOwnRecord } from './matcher.ts';
import type { HiddenField } from './own-values.ts';

/**
 * Identifier values that are too short to be searched for, and that their transform writes as they were: `Bo` after `prefix: 3`.
 * Values without a letter or digit (`-`) say nothing and do not count.
 */
export interface ShortValues {
  /** `values[slot]` are the values that were written, one for each cell. */
  search(batch: Batch, columns: readonly SlotColumn[], values: readonly Column[], spliced: Spliced): void;
  findings(): readonly LeakFinding[];
}

/** `fields` are those that a transform changes. */
export function createShortValues(fields: readonly HiddenField[]): ShortValues {
  const found = fields.map(() => ({ records: 0, firstRow: 0 }));
  return {
    search(batch, columns, values, spliced) {
      const written = new Uint8Array(batch.records);
      for (let n = 0; n < spliced.records; n++) written[spliced.source[n]!] = 1;
      fields.forEach(({ slot }, f) => {
        const cells = columns[slot]!;
        const results = values[slot]!;
        const { start, end, record } = cells;
        const { start: resultStart, end: resultEnd } = results;
        for (let i = 0; i < cells.count; i++) {
          const size = end[i]! - start[i]!;
          if (size > longestShort || resultEnd[i]! - resultStart[i]! !== size || written[record[i]!] === 0) continue;
          if (!areEqual(cells, results, i) || !isShort(cells, i)) continue;
          if (found[f]!.records++ === 0) found[f]!.firstRow = batch.firstRecord + record[i]! + 1;
        }
      });
    },
    findings: () =>
      fields.flatMap(({ name }, f) =>
        found[f]!.records === 0 ? [] : [{ identifier: name, field: name, ...found[f]! }],
      ),
  };
}

/** Has value i fewer letters and digits than the search needs, but at least one? */
function isShort({ bytes, start, end }: SlotColumn, i: number): boolean {
  const words = bytes.toString('utf8', start[i], end[i]).match(/[\p{L}\p{N}\p{M}]/gu);
  return words !== null && Buffer.byteLength(words.join('')) < shortestInOwnRecord;
}

/** Bytes: a character has up to four, and between two of the search's there may be one that is neither letter nor digit. */
const longestShort = 8 * shortestInOwnRecord;

/** Are both values, of the same size, the same? */
function areEqual(cells: SlotColumn, results: Column, i: number): boolean {
  if (cells.kind[i] === Kind.null || results.kind[i] === Kind.null) return false;
  const size = cells.end[i]! - cells.start[i]!;
  for (let k = 0; k < size; k++) {
    if (cells.bytes[cells.start[i]! + k] !== results.bytes[results.start[i]! + k]) return false;
  }
  return true;
}
