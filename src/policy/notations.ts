import { dateNotation } from '../table/date-notation.ts';
import type { Notation, Notations } from '../table/notation.ts';
import { numberNotation } from '../table/number-notation.ts';
import type { FieldType } from '../transforms/definition.ts';
import type { PlannedField } from './plan.ts';
import type { Sections } from './schema.ts';

/** How a file writes numbers and dates, as `input` says. */
export function notationsOf(input: Pick<Sections['input'], 'decimal' | 'thousands' | 'date-format'>): Notations {
  const { decimal, thousands, 'date-format': format } = input;
  return { number: numberNotation({ decimal, thousands }), date: dateNotation(format) };
}

/** How it writes values of a type; undefined: in the engine's own form. */
export function notationOf({ number, date }: Notations, type: FieldType | undefined): Notation | undefined {
  if (type === 'integer' || type === 'number') return number;
  return type === 'date' || type === 'datetime' ? date : undefined;
}

/**
 * What Table Schema (Data Package v2) says of values of a field that are written in a notation: `decimalChar` and `groupChar` of numbers,
 * `format` of dates. A time of day may be written in several ways.
 */
export function describedForm({
  produces,
  action,
  rule: { notation, type },
}: Pick<PlannedField, 'produces' | 'action' | 'rule'>): Readonly<Record<string, string>> {
  if (notation === undefined) return {};
  const { decimalChar, groupChar, format } = notation.described;
  const isNumber = (one: FieldType | undefined) => one === 'integer' || one === 'number';
  if (isNumber(type) && isNumber(produces)) {
    return {
      ...(decimalChar === undefined || produces === 'integer' ? {} : { decimalChar }),
      ...(groupChar === undefined || action !== 'keep' ? {} : { groupChar }),
    };
  }
  if (format === undefined || (produces !== 'date' && produces !== 'datetime')) return {};
  return { format: produces === 'date' ? format : 'any' };
}
