import { fail } from '../base/diagnostic.ts';
import { didYouMean } from '../base/suggest.ts';
import { encodings } from '../formats/encodings/index.ts';
import { utf8 } from '../formats/encodings/utf-8.ts';
import { notationsOf } from '../policy/notations.ts';
import type { Policy } from '../policy/policy.ts';
import { dateFormats } from '../table/dates.ts';
import { type Notations, plainNotations } from '../table/notation.ts';
import { decimalSeparators, groupSeparators } from '../table/number-notation.ts';

/** How a file is written, as the command line says; what is undefined is as a policy says, or as usual. */
export interface TableForm {
  readonly format: string | undefined;
  readonly delimiter: string | undefined;
  /** Name of an encoding. */
  readonly encoding: string | undefined;
  /** Names of the columns of a file without a header line, with commas. */
  readonly header: string | undefined;
  /** Separators of its numbers. */
  readonly decimal?: string | undefined;
  readonly thousands?: string | undefined;
  /** How its dates are written. */
  readonly dateFormat?: string | undefined;
}

export type InputForm = Pick<Policy['input'], 'encoding' | 'dialect' | 'header' | 'notations'> &
  Partial<Policy['input']>;

/**
 * The two together. Throws USAGE for an encoding that there is not, for columns without a name or with the same, and for separators or a
 * format of dates that there are not.
 */
export function inputForm(policy: Pick<Policy, 'input'> | undefined, said: TableForm): InputForm {
  const { format, delimiter, encoding, header } = said;
  return {
    encoding: utf8,
    dialect: undefined,
    header: undefined,
    ...policy?.input,
    ...(format === undefined ? {} : { format }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(encoding === undefined ? {} : { encoding: encodingOf(encoding) }),
    ...(header === undefined ? {} : { header: columnsOf(header) }),
    notations: saidNotations(said) ?? policy?.input.notations ?? plainNotations,
  };
}

/** Throws USAGE where there is none of this name. */
export function encodingOf(name: string): Policy['input']['encoding'] {
  const encoding = encodings.get(name.toLowerCase());
  if (encoding !== undefined) return encoding;
  throw fail('USAGE', `no encoding is named \`${name}\``, {
    hint: didYouMean(name, encodings.names) ?? `encodings: ${encodings.names.join(', ')}`,
  });
}

/** Undefined where nothing is said. */
function saidNotations({ decimal, thousands, dateFormat }: TableForm): Notations | undefined {
  if (decimal === undefined && thousands === undefined && dateFormat === undefined) return undefined;
  const point = decimalSeparators.find((mark) => mark === (decimal ?? '.'));
  const group = groupSeparators.find((mark) => mark === thousands);
  const format = dateFormats.find((known) => known === (dateFormat ?? 'YYYY-MM-DD'));
  if (point === undefined || point === group || group !== thousands || format === undefined) {
    throw fail('USAGE', 'numbers or dates are not written so', {
      hint: `the decimal separator is one of ${decimalSeparators.join(' ')}, that of thousands another of ${groupSeparators.map((mark) => (mark === ' ' ? '" "' : mark)).join(' ')}; dates are one of ${dateFormats.join(', ')}`,
    });
  }
  return notationsOf({ decimal: point, thousands: group, 'date-format': format });
}

function columnsOf(header: string): readonly string[] {
  const names = header.split(',').map((name) => name.trim());
  if (names.every((name) => name !== '') && new Set(names).size === names.length) return names;
  throw fail('USAGE', 'two columns have the same name, or one has none', { hint: 'say --header id,age,zip' });
}
