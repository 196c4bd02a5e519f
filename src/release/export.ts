import { fail } from '../base/diagnostic.ts';
import { sha256, sha256Hex } from '../crypto/digest.ts';
import { type BundleSource, readWhole } from './bundle-source.ts';
import { chunkBytes } from './chunks.ts';
import { chunkCount, chunkLineBytes } from './digests.ts';
import { dataFolder, envelopeName, licenseTextName } from './layout.ts';
import { printable } from './names.ts';
import type { LicenseStatement } from './statement.ts';

export type ReleasedFile = LicenseStatement['predicate']['files'][number];

/** Names that a message lists before it only counts. */
const namesShown = 5;

/**
 * The data files that are asked for: all, or the one of this name, with or without `data/`. Throws USAGE for a name that there is not.
 */
export function chooseFiles(
  { predicate: { files } }: LicenseStatement,
  name: string | undefined,
): readonly ReleasedFile[] {
  if (name === undefined) return files;
  const chosen = files.filter((file) => file.name === name || file.name === dataFolder + name);
  if (chosen.length === 0)
    throw fail('USAGE', 'the bundle has no data file of that name', { hint: `one of ${namesOf(files)}` });
  return chosen.slice(0, 1);
}

/** The one file that goes to a stream. Throws USAGE where it is not clear which. */
export function chooseFile(statement: LicenseStatement, name: string | undefined): ReleasedFile {
  const [first, ...others] = chooseFiles(statement, name);
  if (others.length > 0)
    throw fail('USAGE', 'the bundle holds several data files, and a stream takes one', {
      hint: `--file NAME, one of ${namesOf(statement.predicate.files)}`,
    });
  return first!;
}

/** Whether a directory of these names is what an export made. */
export function isExport(names: readonly string[]): boolean {
  const own = [envelopeName, licenseTextName, dataFolder.slice(0, -1)];
  return names.includes(envelopeName) && names.every((name) => own.includes(name));
}

/** The digests of a file's chunks, 32 bytes each. */
export type ChunkList = Buffer;

/** Reads the chunk list of a file. Throws what `parseChunkList` throws. */
export async function readChunkList(
  source: BundleSource,
  statement: LicenseStatement,
  file: ReleasedFile,
): Promise<ChunkList> {
  return parseChunkList(await readWhole(source, file.chunks, listBytes(file)), statement, file);
}

/** Throws DIGEST when the list is not the one that was signed, and CHUNK when it is none of this file. */
export function parseChunkList(bytes: Buffer, { subject }: LicenseStatement, file: ReleasedFile): ChunkList {
  const signed = subject.find(({ name }) => name === file.chunks)?.digest.sha256;
  if (sha256Hex(bytes) !== signed) throw fail('DIGEST', `${file.chunks} is not the file that was signed`);
  const text = bytes.toString('latin1');
  if (bytes.length !== listBytes(file) || !/^(?:[0-9a-f]{64}\n)*$/.test(text))
    throw fail('CHUNK', `${file.chunks} is not the chunk list of its file`);
  return Buffer.from(text.replaceAll('\n', ''), 'hex');
}

/**
 * The file's chunks, none before its digest is the one of the list. Throws CHUNK at the first that is another, and TRUNCATED when the bytes
 * end early. A chunk's memory may be used again when the next is asked for.
 */
export async function* checkedChunks(
  pieces: AsyncIterable<Buffer>,
  file: ReleasedFile,
  list: ChunkList,
): AsyncGenerator<Buffer> {
  let number = 0;
  for await (const chunk of chunksOf(pieces)) {
    const expected = Math.min(chunkBytes, file.bytes - number * chunkBytes);
    if (expected > 0 && chunk.length < expected) throw fail('TRUNCATED', `${file.name} ends too early`);
    if (expected <= 0 || chunk.length > expected || !sha256(chunk).equals(list.subarray(32 * number, 32 * number + 32)))
      throw fail('CHUNK', `chunk ${number + 1} of ${file.name} is not the one that was signed`);
    yield chunk;
    number++;
  }
  if (number !== chunkCount(file.bytes)) throw fail('TRUNCATED', `${file.name} ends too early`);
}

/** The same bytes in pieces of a chunk each, the last one shorter. */
async function* chunksOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const held = Buffer.allocUnsafeSlow(chunkBytes);
  let length = 0;
  for await (const piece of pieces) {
    for (let from = 0; from < piece.length; ) {
      const to = Math.min(piece.length, from + chunkBytes - length);
      if (to - from === chunkBytes) yield piece.subarray(from, to);
      else {
        piece.copy(held, length, from, to);
        length += to - from;
        if (length === chunkBytes) {
          yield held;
          length = 0;
        }
      }
      from = to;
    }
  }
  if (length > 0) yield held.subarray(0, length);
}

function listBytes({ bytes }: ReleasedFile): number {
  return chunkCount(bytes) * chunkLineBytes;
}

function namesOf(files: readonly ReleasedFile[]): string {
  const shown = files.slice(0, namesShown).map(({ name }) => printable(name.slice(dataFolder.length)));
  const rest = files.length - shown.length;
  return shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
