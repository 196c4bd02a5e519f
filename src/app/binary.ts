import { fail } from '../base/diagnostic.ts';
import { encodings } from '../formats/encodings/index.ts';

const decompress = 'decompress it first: anon reads plain text, and text in one layer of gzip';
const unpack = 'unpack it first, and name the file that was in it';
const exported = 'export it as CSV or NDJSON in UTF-8';

/** File signatures of what is often given by mistake: Latin-1 text at the beginning of the file. */
const signatures: readonly (readonly [signature: string, what: string, hint: string])[] = [
  ['PK\x03\x04', 'a zip archive or an Excel workbook', exported],
  ['PK\x05\x06', 'an empty zip archive', unpack],
  ['\xd0\xcf\x11\xe0', 'an old Excel workbook', exported],
  ['PAR1', 'a Parquet file', exported],
  ['ARROW1', 'an Arrow file', exported],
  ['Obj\x01', 'an Avro file', exported],
  ['ORC', 'an ORC file', exported],
  ['SQLite format 3\0', 'an SQLite database', exported],
  ['%PDF-', 'a PDF', exported],
  ['\x1f\x8b', 'gzip within gzip', decompress],
  ['BZh', 'compressed with bzip2', decompress],
  ['\xfd7zXZ', 'compressed with xz', decompress],
  ['\x28\xb5\x2f\xfd', 'compressed with zstd', decompress],
  ['7z\xbc\xaf', 'a 7z archive', unpack],
];

/** How much is looked at for control characters. */
const sampleBytes = 4096;

/** Refuse a decompressed input that cannot be text in UTF-8. `bytes` is its beginning. */
export function refuseBinary(bytes: Buffer): void {
  const sample = bytes.subarray(0, sampleBytes);
  const text = sample.toString('latin1');
  const found = signatures.find(([signature]) => text.startsWith(signature));
  if (found !== undefined) throw fail('DATA-ENCODING', `the input is ${found[1]}, not text`, { hint: found[2] });
  const encoding = wideEncoding(sample);
  if (encoding !== undefined) {
    const name = encoding.toLowerCase();
    throw fail('DATA-ENCODING', `the input is ${encoding} text, not UTF-8`, {
      hint: encodings.names.includes(name)
        ? `say \`input: { encoding: ${name} }\` in the policy`
        : `convert it first, for example with \`iconv -f ${encoding} -t UTF-8\``,
    });
  }
  if (isBinary(sample)) {
    throw fail('DATA-ENCODING', 'the input is binary, not text', { hint: exported });
  }
}

/** What the beginning of a file says that it is, where that is no text in UTF-8; undefined for text. */
export function binaryKind(bytes: Buffer): string | undefined {
  const sample = bytes.subarray(0, sampleBytes);
  const text = sample.toString('latin1');
  const encoding = wideEncoding(sample);
  return (
    signatures.find(([signature]) => text.startsWith(signature))?.[1] ??
    (encoding === undefined ? undefined : `${encoding} text`) ??
    (isBinary(sample) ? 'a binary file' : undefined)
  );
}

/** A stray control character has its place told by the scanner; many of them are no text at all. */
function isBinary(sample: Buffer): boolean {
  const controls = sample.reduce((count, byte) => count + (isControl(byte) ? 1 : 0), 0);
  return controls >= 8 && controls > sample.length / 50;
}

/** UTF-16 or UTF-32 by their byte order mark, or as the two first characters are ASCII. */
export function wideEncoding(bytes: Buffer): string | undefined {
  if (bytes.length < 4) return undefined;
  const mark = bytes.toString('hex', 0, 4);
  if (mark === 'fffe0000' || mark === '0000feff') return 'UTF-32';
  if (mark.startsWith('fffe') || mark.startsWith('feff')) return 'UTF-16';
  const zeros = [...bytes.subarray(0, 8)].map((byte) => (byte === 0 ? '0' : 'x')).join('');
  if (zeros.startsWith('x000x')) return 'UTF-32LE';
  if (zeros.startsWith('000x000')) return 'UTF-32BE';
  if (zeros.startsWith('x0x0')) return 'UTF-16LE';
  return zeros.startsWith('0x0x') ? 'UTF-16BE' : undefined;
}

function isControl(byte: number): boolean {
  return byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x1b;
}
