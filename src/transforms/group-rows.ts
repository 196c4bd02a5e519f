import { fail } from '../base/diagnostic.ts';
import type { Resources } from './definition.ts';

/** The row of a value, by its ordinal, in the table of its group: its record; where a field stands alone, the value itself. */
export function rowsOf(group: string | undefined, { record }: Resources): (ordinal: number) => number {
  return group === undefined ? (ordinal) => ordinal : record;
}

/** A field of a group stands twice in record `row`. */
export function standsTwice(field: string, row: number): Error {
  return fail('DATA-VALUE', 'the field stands twice in the record', {
    place: { row: row + 1, field },
    hint: 'a field of a group has one value in a record: correct the data, or leave the group out',
  });
}
