import { fail } from '../base/diagnostic.ts';
import { type BundleFile, type BundleSource, maxBundleFiles, tooManyFiles } from './bundle-source.ts';
import { orderMembers } from './layout.ts';
import { blockBytes, checkZeros, paddedBytes, parseTarHeader, truncatedTar } from './tar.ts';

/** A file that can be read at any place. */
export interface RandomAccess {
  /** Bytes. */
  readonly size: number;
  /** Bytes [at, at + length); fewer only when the file has become shorter. Memory may be used again as that of a bundle's pieces. */
  read(at: number, length: number): Promise<Buffer>;
}

/** Largest piece read at once. */
const pieceBytes = 1 << 20;

/**
 * A bundle in a tar. `list` checks every byte outside the files: headers, padding, end, and that the files stand in the bundle's order.
 * Throws ARCHIVE, PATH, TRUNCATED or LIMIT.
 */
export function tarBundle(reader: RandomAccess, maxFiles = maxBundleFiles): BundleSource {
  let located: Promise<ReadonlyMap<string, Located>> | undefined;
  const locate = (): Promise<ReadonlyMap<string, Located>> => {
    located ??= locateFiles(reader, maxFiles);
    return located;
  };
  return {
    async list() {
      return [...(await locate()).values()].map(({ name, size }) => ({ name, size }));
    },
    async *read(name) {
      const file = (await locate()).get(name);
      if (file === undefined) throw fail('MISSING', 'a file of the bundle is not there');
      for (let at = 0; at < file.size; at += pieceBytes) {
        yield await readAt(reader, file.from + at, Math.min(pieceBytes, file.size - at));
      }
    },
  };
}

interface Located extends BundleFile {
  /** Offset of its first byte in the tar. */
  readonly from: number;
}

async function locateFiles(reader: RandomAccess, maxFiles: number): Promise<ReadonlyMap<string, Located>> {
  const files = new Map<string, Located>();
  let at = 0;
  for (;;) {
    const entry = parseTarHeader(await readAt(reader, at, blockBytes));
    at += blockBytes;
    if (entry === null) break;
    if (files.has(entry.name)) throw fail('ARCHIVE', 'the tar holds two files of the same name');
    if (files.size === maxFiles) throw tooManyFiles(maxFiles);
    files.set(entry.name, { ...entry, from: at });
    const padded = paddedBytes(entry.size);
    checkZeros(await readAt(reader, at + entry.size, padded - entry.size));
    at += padded;
  }
  checkZeros(await readAt(reader, at, blockBytes));
  if (at + blockBytes !== reader.size) throw fail('ARCHIVE', 'the tar goes on behind its end');
  checkOrder([...files.keys()]);
  return files;
}

function checkOrder(names: readonly string[]): void {
  const ordered = orderMembers(names);
  if (names.some((name, i) => name !== ordered[i]))
    throw fail('ARCHIVE', 'the files of the tar are not in the order of a bundle');
}

async function readAt(reader: RandomAccess, at: number, length: number): Promise<Buffer> {
  if (length === 0) return Buffer.alloc(0);
  if (at + length > reader.size) throw truncatedTar();
  const bytes = await reader.read(at, length);
  if (bytes.length !== length) throw truncatedTar();
  return bytes;
}
