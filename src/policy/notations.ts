import { dateNotation } from '../table/date-notation.ts';
import type { Notation, Notations } from '../table/notation.ts';
import { numberNotation } from '../table/number-notation.ts';
import type { FieldType } from '../transforms/definition.ts';
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
