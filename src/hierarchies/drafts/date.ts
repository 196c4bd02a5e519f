import { readIsoDate } from '../../table/iso-date.ts';
import { type DateUnit, date } from '../date.ts';
import { columnsOf } from './columns.ts';
import type { DraftDefinition } from './definition.ts';

/** Units by how many levels are wanted. */
const units: readonly (readonly DateUnit[])[] = [
  ['year'],
  ['month', 'year'],
  ['month', 'quarter', 'year'],
  ['month', 'quarter', 'year', 'decade'],
];

export const dateDraft: DraftDefinition = {
  name: 'date',
  summary: 'ISO dates by month, quarter, year and decade.',
  usual: units.length,
  fits: isDate,
  suggests: isDate,
  columns(values, levels) {
    const chosen = units[Math.min(levels, units.length) - 1]!;
    return columnsOf(
      date.build({ date: [...chosen] }, () => Buffer.alloc(0)),
      values,
    );
  },
};

function isDate(value: string): boolean {
  return readIsoDate(value) !== 0;
}
