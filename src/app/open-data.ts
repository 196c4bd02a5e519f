import { extname } from 'node:path';
import { at, Failure, fail } from '../base/diagnostic.ts';
import { didYouMean } from '../base/suggest.ts';
import type { InputSource } from '../engine/source.ts';
import type { Around, Format, InputOptions, Opened } from '../formats/batch.ts';
import { formats } from '../formats/index.ts';
import type { Policy } from '../policy/policy.ts';
import { resolveColumns } from '../policy/selectors.ts';
import { refuseBinary } from './binary.ts';

/** Largest record that is read. */
export const maxRecordBytes = 16 << 20;

export interface OpenData {
  readonly format: Format;
  readonly options: InputOptions;
  readonly opened: Opened;
}

/** What the policy says of the records of a document. */
export interface DocumentOptions {
  readonly records?: string | undefined;
  readonly around?: Around | undefined;
}

/** Tell the format (as said, or by the file's name), and read the head. */
export async function openData(
  source: InputSource,
  said: string | undefined,
  delimiter: string | undefined,
  document: DocumentOptions = {},
): Promise<OpenData> {
  const format = formatOf(source.name, said);
  if (delimiter !== undefined && !format.choosesDelimiter) {
    throw fail('POLICY-MEANING', `the policy names a delimiter, and ${format.name} has none to choose`, {
      place: { file: source.name },
      hint: 'leave `delimiter` out, or say `--format csv`',
    });
  }
  const { records, around } = document;
  if ((records !== undefined || (around ?? 'reject') !== 'reject') && !format.choosesRecords) {
    throw fail('POLICY-MEANING', `the policy says what a record is, and ${format.name} has none to choose`, {
      place: { file: source.name },
      hint: 'leave `records` and `around` out, or say `--format json`',
    });
  }
  const options: InputOptions = {
    maxRecordBytes,
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(records === undefined ? {} : { records }),
    ...(around === undefined ? {} : { around }),
  };
  const stream = await source.open();
  try {
    let bytes = Buffer.alloc(1 << 16);
    let length = 0;
    for (;;) {
      const read = await stream.read(bytes, length, bytes.length - length);
      length += read;
      if (length === 0) {
        throw fail('DATA-EMPTY', 'the input is empty', { hint: 'check that the file is the one you meant' });
      }
      refuseBinary(bytes.subarray(0, length));
      const opened = format.open(bytes.subarray(0, length), read === 0, options);
      if (opened !== undefined) return { format, options, opened };
      if (length === bytes.length) bytes = Buffer.concat([bytes, Buffer.alloc(bytes.length)]);
    }
  } catch (error) {
    throw error instanceof Failure ? at(error, { file: source.name }) : error;
  } finally {
    await stream.close();
  }
}

function formatOf(name: string, said: string | undefined): Format {
  const word = said ?? extname(name.replace(/\.gz$/i, '')).slice(1).toLowerCase();
  const format = formats.all.find((f) => f.name === word || (said === undefined && f.extensions.includes(word)));
  if (format !== undefined) return format;
  const known = formats.names.join(', ');
  if (said !== undefined) {
    throw fail('DATA-FORMAT', `no format is named \`${said}\``, {
      hint: didYouMean(said, formats.names) ?? `formats: ${known}`,
    });
  }
  throw fail('DATA-FORMAT', 'the name of the input does not tell its format', {
    place: { file: name },
    hint: `say --format, one of ${known}, or \`input: { format: … }\` in the policy`,
  });
}

/**
 * Refuse a file none of whose columns the policy names: its first line is probably a record. Its values are then not shown, as
 * those of a header would be.
 */
export function requireHeader(policy: Policy, columns: readonly string[], file: string): void {
  const { problems } = resolveColumns(policy.fields, columns);
  const unlisted = problems.filter(({ kind }) => kind === 'unlisted').length;
  const refused = policy.unlisted === 'reject' || problems.some(({ kind }) => kind === 'absent');
  if (unlisted < columns.length || !refused) return;
  const what =
    columns.length === 1 ? 'the only column has no name' : `none of the ${columns.length} columns has a name`;
  throw fail('DATA-FIELDS', `${what} that the policy knows`, {
    place: { file, row: 0 },
    hint: 'is the first line a header, is the delimiter right (`input: { delimiter: ";" }`), and is it the file that you meant?',
  });
}
