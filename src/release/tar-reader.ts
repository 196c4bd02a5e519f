import { fail } from '../base/diagnostic.ts';
import { blockBytes, checkZeros, paddedBytes, parseTarHeader, type TarEntry, truncatedTar } from './tar.ts';

/** A file of a tar that is being read. */
export interface TarFile extends TarEntry {
  /** Its bytes; what is left unread is skipped when the next file is asked for. */
  readonly data: AsyncIterable<Buffer>;
}

/**
 * Read a tar front to back, in memory of one block of the input. Throws ARCHIVE or PATH as `parseTarHeader` does, ARCHIVE for padding
 * that is not zero and for anything behind the end, TRUNCATED when the input stops before it.
 * Whether the names repeat, and in what order they come, is for the caller to judge.
 */
export async function* readTar(input: AsyncIterable<Buffer>): AsyncGenerator<TarFile, void, undefined> {
  const reader = byteReader(input);
  for (;;) {
    const entry = parseTarHeader(await reader.exactly(blockBytes));
    if (entry === null) break;
    let left = entry.size;
    const data = async function* (): AsyncGenerator<Buffer, void, undefined> {
      while (left > 0) {
        const bytes = await reader.upTo(left);
        left -= bytes.length;
        yield bytes;
      }
    };
    yield { ...entry, data: data() };
    for await (const _ of data());
    checkZeros(await reader.exactly(paddedBytes(entry.size) - entry.size));
  }
  checkZeros(await reader.exactly(blockBytes));
  if (!(await reader.atEnd())) throw fail('ARCHIVE', 'the tar goes on behind its end');
}

interface ByteReader {
  /** At least one byte and at most `limit`, as they come. Throws TRUNCATED at the end of the input. */
  upTo(limit: number): Promise<Buffer>;
  exactly(bytes: number): Promise<Buffer>;
  atEnd(): Promise<boolean>;
}

function byteReader(input: AsyncIterable<Buffer>): ByteReader {
  const source = input[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const atEnd = async (): Promise<boolean> => {
    while (held.length === 0) {
      const next = await source.next();
      if (next.done === true) return true;
      held = next.value;
    }
    return false;
  };
  const upTo = async (limit: number): Promise<Buffer> => {
    if (await atEnd()) throw truncatedTar();
    const bytes = held.subarray(0, limit);
    held = held.subarray(bytes.length);
    return bytes;
  };
  const exactly = async (count: number): Promise<Buffer> => {
    const parts: Buffer[] = [];
    for (let left = count; left > 0; ) {
      const bytes = await upTo(left);
      parts.push(bytes);
      left -= bytes.length;
    }
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  };
  return { upTo, exactly, atEnd };
}
