import { isUtf8 } from 'node:buffer';
import { thousands } from '../base/thousands.ts';
import type { InputSource } from '../engine/source.ts';
import { encodings } from '../formats/encodings/index.ts';
import { latin1 } from '../formats/encodings/latin1.ts';
import { utf8 } from '../formats/encodings/utf-8.ts';
import { utf16 } from '../formats/encodings/utf-16.ts';
import { windows1252 } from '../formats/encodings/windows-1252.ts';
import { guessRecords } from '../profile/records-path.ts';
import type { FormFinding } from '../profile/table.ts';
import { wideEncoding } from './binary.ts';

/** Bytes of a file that its encoding is guessed by, and those by which its records are. */
const encodingBytes = 16 << 20;
const recordBytes = 1 << 20;

type Encoding = (typeof encodings.all)[number];

/**
 * What a file is encoded in, by its first bytes (UTF-16) or by those that no UTF-8 has: one byte to a character then. Which of the
 * encodings of one byte it is no byte tells for sure, so the finding says on what grounds.
 */
export async function guessEncoding(
  source: InputSource,
): Promise<{ readonly encoding: Encoding; readonly finding: FormFinding | undefined }> {
  const bytes = await beginning(source, encodingBytes);
  const wide = wideEncoding(bytes)?.toLowerCase();
  const of16 = wide === undefined ? undefined : encodings.get(wide);
  if (of16 !== undefined) {
    const why = of16 === utf16 ? 'by its byte order mark' : 'every other byte is zero';
    return { encoding: of16, finding: { option: 'encoding', value: of16.name, why } };
  }
  const strays = isUtf8(bytes) ? 0 : strayBytes(bytes);
  if (strays === 0) return { encoding: utf8, finding: undefined };
  // The five bytes that windows-1252 leaves open.
  const encoding = bytes.some((byte) => byte >= 0x80 && undefinedIn1252.has(byte)) ? latin1 : windows1252;
  const why =
    `${thousands(strays)} ${strays === 1 ? 'byte is' : 'bytes are'} no UTF-8; that it is this encoding of one byte to a ` +
    'character is a guess: look at letters with marks in the output of `anon preview`';
  return { encoding, finding: { option: 'encoding', value: encoding.name, why } };
}

/** Where the records of a JSON document are, if it is an object that holds them. `source` is UTF-8. */
export async function guessRecordsOf(
  source: InputSource,
): Promise<
  { readonly records: string; readonly around: boolean; readonly findings: readonly FormFinding[] } | undefined
> {
  const bytes = await beginning(source, recordBytes);
  const found = guessRecords(bytes.toString());
  if (found === undefined) return undefined;
  const { path, records, share, around } = found;
  const part = bytes.length < recordBytes ? 'the document' : 'its first MiB';
  const percent = Math.floor(share * 100);
  return {
    records: path,
    around,
    findings: [
      {
        option: 'records',
        value: path,
        why: `${thousands(records)} objects stand there, in ${percent} % of ${part}`,
      },
      ...(around
        ? [{ option: 'around', value: 'drop', why: 'other values stand beside the records, and are left out' } as const]
        : []),
    ],
  };
}

const undefinedIn1252: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/** Bytes of parts that are no UTF-8; a character that is cut off at the end counts as none. */
function strayBytes(bytes: Buffer): number {
  let strays = 0;
  for (let i = 0; i < bytes.length; ) {
    const size = characterSize(bytes, i);
    if (size > 0) i += size;
    else if (i + 4 > bytes.length && isCutOff(bytes, i)) break;
    else {
      strays++;
      i++;
    }
  }
  return strays;
}

/** Bytes of the character at `i`, 0 where there is none: overlong forms and surrogates are told by the reading. */
function characterSize(bytes: Buffer, i: number): number {
  const first = bytes[i]!;
  if (first < 0x80) return 1;
  const size = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4) return 0;
  for (let at = 1; at < size; at++) if (((bytes[i + at] ?? 0) & 0xc0) !== 0x80) return 0;
  return size;
}

function isCutOff(bytes: Buffer, i: number): boolean {
  return bytes[i]! >= 0xc2 && bytes[i]! < 0xf5 && bytes.subarray(i + 1).every((byte) => (byte & 0xc0) === 0x80);
}

async function beginning(source: InputSource, most: number): Promise<Buffer> {
  const stream = await source.open();
  try {
    let bytes = Buffer.alloc(Math.min(most, 1 << 16));
    let length = 0;
    for (;;) {
      const read = await stream.read(bytes, length, bytes.length - length);
      length += read;
      if (read === 0 || length === most) return bytes.subarray(0, length);
      if (length === bytes.length) bytes = Buffer.concat([bytes, Buffer.alloc(Math.min(most - length, length))]);
    }
  } finally {
    await stream.close();
  }
}
