import { z } from 'zod';
import { parseSize, sizeRule } from '../base/size.ts';
import { arounds } from '../formats/batch.ts';
import { encodings } from '../formats/encodings/index.ts';
import { formats } from '../formats/index.ts';
import { dateFormats } from '../table/dates.ts';
import { decimalSeparators, groupSeparators } from '../table/number-notation.ts';

/** Text that the dialect gives a meaning: printable, or a tab or line break. */
const mark = z
  .string()
  .min(1)
  .max(16)
  .regex(/^[^\0\ufeff\ufffd]*$/);

const dialect = z
  .strictObject({
    delimiter: mark.optional().describe('What stands between fields, one or more characters. Default: a comma.'),
    quote: z
      .union([mark, z.literal('')])
      .default('"')
      .describe('What stands around quoted fields; `""` for none.'),
    escape: mark.optional().describe('What stands before a quote inside quotes. Default: the quote.'),
    comment: mark.optional().describe('What comment lines begin with.'),
    'record-delimiter': mark.optional().describe('What ends a record. Default: LF or CRLF.'),
    'relax-quotes': z.boolean().default(false).describe('Quotes inside unquoted fields are text.'),
    'skip-empty-lines': z.boolean().default(false).describe('Empty lines are no records.'),
    trim: z.boolean().default(false).describe('White space around fields is left out.'),
  })
  .describe('How csv is written that is not RFC 4180. The output is RFC 4180.');

/** When the output goes on in another file. */
export const splitSchema = z
  .strictObject({
    bytes: z
      .union([
        z.int().min(1),
        z.string().refine((size) => parseSize(size) !== undefined, { error: `must be ${sizeRule}` }),
      ])
      .transform((size) => (typeof size === 'number' ? size : parseSize(size)!))
      .optional()
      .describe('Largest size of a file before compression: `100MB`, `64MiB`.'),
    records: z.int().min(1).optional().describe('Most records of a file.'),
  })
  .refine(({ bytes, records }) => bytes !== undefined || records !== undefined, {
    error: 'needs `bytes`, `records` or both',
  });

/** How the input is read. */
export const inputSchema = z.strictObject({
  format: z.enum(formats.names).meta({ title: 'format' }).optional().describe('Default: by file name.'),
  'null-values': z.array(z.string()).optional().describe('Text that counts as no value.'),
  delimiter: z
    .string()
    .regex(/^[\t\x20\x21\x23-\x7e]$/)
    .optional()
    .describe('One ASCII character, for csv.'),
  dialect: dialect.optional(),
  header: z
    .array(z.string().min(1))
    .min(1)
    .refine((names) => new Set(names).size === names.length, { error: 'must not name a column twice' })
    .optional()
    .describe('Names of the columns of a table without a header line. The output has none either.'),
  records: z
    .string()
    .optional()
    .describe(
      'Which values of a JSON document are records: `$.data.items[*]`. Default: the elements of an array, or the document.',
    ),
  around: z
    .enum(arounds)
    .default('reject')
    .describe('What happens to members around the records. `keep` also needs --allow-unlisted.'),
  encoding: z.enum(encodings.names).meta({ title: 'encoding' }).default('utf-8').describe('Encoding of the input.'),
  decimal: z
    .enum(decimalSeparators)
    .default('.')
    .describe('Decimal separator of fields of type number. They are written with it, too.'),
  thousands: z
    .enum(groupSeparators)
    .optional()
    .describe(
      'What may stand between groups of three digits in fields of type number or integer; a space and an apostrophe stand for all of their kind. Numbers are written without. Default: nothing.',
    ),
  'date-format': z
    .enum(dateFormats)
    .default('YYYY-MM-DD')
    .describe('How fields of type date or datetime are written. Policies have dates as YYYY-MM-DD all the same.'),
});
