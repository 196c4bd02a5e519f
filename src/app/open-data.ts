import { extname } from 'node:path';
import { at, Failure, fail } from '../base/diagnostic.ts';
import { didYouMean } from '../base/suggest.ts';
import type { InputSource } from '../engine/source.ts';
import type { Format, InputOptions, Opened } from '../formats/batch.ts';
import { formats } from '../formats/index.ts';

/** Largest record that is read. */
export const maxRecordBytes = 16 << 20;

export interface OpenData {
  readonly format: Format;
  readonly options: InputOptions;
  readonly opened: Opened;
}

/** Tell the format (as said, or by the file's name), and read the head. */
export async function openData(
  source: InputSource,
  said: string | undefined,
  delimiter: string | undefined,
): Promise<OpenData> {
  const format = formatOf(source.name, said);
  const options: InputOptions = { maxRecordBytes, ...(delimiter === undefined ? {} : { delimiter }) };
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

// File signatures of what is often given by mistake.
const binary: readonly (readonly [what: string, ...bytes: number[]])[] = [
  ['a zip archive or an Excel workbook', 0x50, 0x4b, 0x03, 0x04],
  ['a Parquet file', 0x50, 0x41, 0x52, 0x31],
  ['a bzip2 archive', 0x42, 0x5a, 0x68],
  ['an xz archive', 0xfd, 0x37, 0x7a, 0x58, 0x5a],
  ['a zstd archive', 0x28, 0xb5, 0x2f, 0xfd],
  ['an SQLite database', 0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66],
  ['a PDF', 0x25, 0x50, 0x44, 0x46, 0x2d],
];

function refuseBinary(bytes: Buffer): void {
  const found = binary.find(([, ...signature]) => signature.every((byte, i) => bytes[i] === byte));
  if (found === undefined) return;
  throw fail('DATA-ENCODING', `the input is ${found[0]}, not text`, { hint: 'export it as CSV or NDJSON in UTF-8' });
}
