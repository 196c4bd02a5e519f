import type { DateFormat } from '../table/dates.ts';
import type { NumberForm } from '../table/number-notation.ts';
import type { FieldCollector } from './field.ts';
import { numberForms } from './number-forms.ts';
import type { FormFinding } from './table.ts';

/** How a table is read whose numbers, dates and nulls are not written as usual. */
export interface TableReading {
  readonly number: NumberForm | undefined;
  readonly date: DateFormat | undefined;
  /** Texts that stand for no value. */
  readonly nulls: readonly string[];
}

export const usualReading: TableReading = { number: undefined, date: undefined, nulls: [] };

/**
 * Guess it from all fields together: one that says `12,50` tells what `1.234` is in another. What the fields leave open is not guessed:
 * `1,234` alone may be a little more than one, or a thousand.
 */
export function guessReading(fields: readonly FieldCollector[]): TableReading {
  const number = guessNumbers(fields);
  const date = guessDates(fields);
  const read = { number, date, nulls: [] };
  const nulls = fields.flatMap((field) => (field.isRead(read) ? field.marks : []));
  return { ...read, nulls: [...new Set(nulls)].sort() };
}

/** Why the draft says so, as it stands under `input`. */
export function readingFindings({ number, date, nulls }: TableReading): FormFinding[] {
  const { decimal = '.', thousands } = number ?? {};
  const why = 'so the numbers are written, and so they will be; separators of thousands are read and left out';
  return [
    ...(nulls.length === 0
      ? []
      : [
          {
            option: 'null-values',
            value: ['', ...nulls],
            why: 'it stands where others have numbers or dates',
          } as const,
        ]),
    ...(decimal === '.' ? [] : [{ option: 'decimal', value: decimal, why } as const]),
    ...(thousands === undefined
      ? []
      : [{ option: 'thousands', value: thousands, why: decimal === '.' ? why : undefined } as const]),
    ...(date === undefined
      ? []
      : [{ option: 'date-format', value: date, why: 'so the dates are written, and so they will be' } as const]),
  ];
}

function guessNumbers(fields: readonly FieldCollector[]): NumberForm | undefined {
  const open = fields.filter((field) => !field.isPlainNumber);
  const plain = fields.filter((field) => field.hasPoints);
  const scored = numberForms.map((form) => {
    const voters = open.filter((field) => field.numbers.as(form)?.tells);
    const lost = plain.filter((field) => field.numbers.as(form) === undefined);
    return { form, voters: voters.length, gain: voters.length - lost.length };
  });
  const most = Math.max(...scored.map(({ voters }) => voters));
  const best = scored.filter(({ voters }) => voters === most);
  const gain = Math.max(...best.map((one) => one.gain));
  if (gain <= 0) return undefined;
  const left = best.filter((one) => one.gain === gain).map(({ form }) => form);
  const [first] = left;
  return left.every((form) => readAlike(open, first!, form)) ? first : undefined;
}

/** Do both forms make the same numbers of the fields? */
function readAlike(fields: readonly FieldCollector[], a: NumberForm, b: NumberForm): boolean {
  return fields.every(({ numbers }) => {
    const [left, right] = [numbers.as(a)?.range, numbers.as(b)?.range];
    return left?.[0] === right?.[0] && left?.[1] === right?.[1];
  });
}

/** The only way in which most fields of dates can be written. */
function guessDates(fields: readonly FieldCollector[]): DateFormat | undefined {
  const votes = new Map<DateFormat, number>();
  for (const { dates } of fields) if (dates !== undefined) votes.set(dates, (votes.get(dates) ?? 0) + 1);
  const [first, second] = [...votes].sort(([, a], [, b]) => b - a);
  if (first === undefined || first[1] === second?.[1]) return undefined;
  // Eight digits may be anything, and are a type of their own.
  return first[0] === 'YYYY-MM-DD' || first[0] === 'YYYYMMDD' ? undefined : first[0];
}
