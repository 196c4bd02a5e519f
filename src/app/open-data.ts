import { extname } from 'node:path';
import { at, Failure, fail } from '../base/diagnostic.ts';
import { didYouMean } from '../base/suggest.ts';
import type { ReadOptions } from '../engine/blocks.ts';
import type { InputSource } from '../engine/source.ts';
import type { Format, InputOptions, Opened } from '../formats/batch.ts';
import { formats } from '../formats/index.ts';
import type { Policy } from '../policy/policy.ts';
import { resolveColumns } from '../policy/selectors.ts';
import { refuseBinary } from './binary.ts';
import { policyAsData, refusePolicyAsData } from './mistaken-files.ts';

/** Largest record that is read. */
export const maxRecordBytes = 16 << 20;

export interface OpenData {
  readonly format: Format;
  readonly options: ReadOptions;
  readonly opened: Opened;
}

/** Tell the format (as said, or by the file's name), and read the head. */
export async function openData(
  source: InputSource,
  said: string | undefined,
  { delimiter, dialect, header, records, around = 'reject' }: Partial<Policy['input']>,
): Promise<OpenData> {
  const format = formatOf(source.name, said);
  if (!format.choosesDelimiter) {
    if (delimiter !== undefined) throw notOf(format, 'a delimiter', 'delimiter', source.name);
    if (dialect !== undefined) throw notOf(format, 'a dialect', 'dialect', source.name);
  }
  if (header !== undefined && format.paths) throw notOf(format, 'a header', 'header', source.name);
  if ((records !== undefined || around !== 'reject') && !format.choosesRecords) {
    throw fail('POLICY-MEANING', `the policy says what a record is, and ${format.name} has none to choose`, {
      place: { file: source.name },
      hint: 'leave `records` and `around` out, or say `--format json`',
    });
  }
  const options: InputOptions = {
    maxRecordBytes,
    // Another dialect arrives as plain CSV.
    ...(delimiter === undefined || dialect !== undefined ? {} : { delimiter }),
    ...(header === undefined ? {} : { header }),
    ...(records === undefined ? {} : { records }),
    around,
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
      refusePolicyAsData(bytes.subarray(0, length));
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

function notOf({ name }: Format, what: string, option: string, file: string): Error {
  return fail('POLICY-MEANING', `the policy names ${what}, and ${name} has none to choose`, {
    place: { file },
    hint: `leave \`${option}\` out, or say \`--format csv\``,
  });
}

/** Refuse to split a format whose records do not stand by themselves. */
export function checkSplit({ name, splits }: Format, file: string): void {
  if (splits) return;
  throw fail('USAGE', `${name} cannot be split into files`, {
    place: { file },
    hint: `formats that can: ${formats.all.flatMap((format) => (format.splits ? [format.name] : [])).join(', ')}`,
  });
}

function formatOf(name: string, said: string | undefined): Format {
  const word = said ?? extname(name.replace(/\.gz$/i, '')).slice(1).toLowerCase();
  const format = formats.all.find((f) => f.name === word || (said === undefined && f.extensions.includes(word)));
  if (format !== undefined) return format;
  if (said === undefined && (word === 'yaml' || word === 'yml')) throw at(policyAsData(), { file: name });
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
export function requireHeader(
  policy: Policy,
  columns: readonly string[],
  file: string,
  { format, options }: Pick<OpenData, 'format' | 'options'>,
): void {
  const { problems } = resolveColumns(policy.fields, columns);
  const unlisted = problems.filter(({ kind }) => kind === 'unlisted').length;
  const refused = policy.unlisted === 'reject' || problems.some(({ kind }) => kind === 'absent');
  if (unlisted < columns.length || !refused) return;
  const what =
    columns.length === 1 ? 'the only column has no name' : `none of the ${columns.length} columns has a name`;
  const [only = ''] = columns;
  const other = columns.length === 1 && policy.input.dialect === undefined ? likelyDelimiter(only) : undefined;
  throw fail('DATA-FIELDS', `${what} that the policy knows`, {
    place: { file, row: 0 },
    hint:
      other === undefined
        ? 'is the first line a header (`input: { header: [id, …] }` names the columns of a file without), is the delimiter right (`input: { delimiter: ";" }`), and is it the file that you meant?'
        : `the first line looks divided by ${other.name}: ${delimiterHint(other.character, format, options)}`,
  });
}

const delimiters = [
  { character: ',', name: 'commas' },
  { character: ';', name: 'semicolons' },
  { character: '\t', name: 'tabs' },
  { character: '|', name: 'bars' },
];

/** The delimiter that occurs most often in a line that was taken for one field. */
function likelyDelimiter(line: string): (typeof delimiters)[number] | undefined {
  const counts = delimiters.map(({ character }) => line.split(character).length - 1);
  const most = Math.max(...counts);
  return most === 0 ? undefined : delimiters[counts.indexOf(most)];
}

/** How to say which delimiter it is: a format that has it, or an option. */
function delimiterHint(character: string, format: Format, { delimiter }: InputOptions): string {
  const usual = formats.all.find((candidate) => candidate.usualDelimiter === character);
  if (usual !== undefined && usual !== format) return `say \`--format ${usual.name}\``;
  if (usual !== undefined && delimiter !== undefined) return 'leave `delimiter` out of the policy';
  const chosen = `\`input: { delimiter: ${JSON.stringify(character)} }\``;
  return format.choosesDelimiter ? `say ${chosen}` : `say \`--format csv\` and ${chosen}`;
}
