import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { fail } from '../base/diagnostic.ts';
import type { BundleFile, BundleSource } from '../release/bundle-source.ts';
import { type RandomAccess, tarBundle } from '../release/tar-bundle.ts';
import { openBundleFolder } from './bundle-folder.ts';
import { fileFailure } from './errors.ts';
import type { RawSource } from './input.ts';
import { createPieceRing, pieceBytes } from './piece-ring.ts';
import { noProgress, type Progress } from './progress.ts';

export interface OpenBundle {
  readonly source: BundleSource;
  close(): Promise<void>;
}

/** A bundle that is a directory, a tar file, or a tar on standard input (`-`). */
export async function openBundle(path: string, progress: Progress = noProgress): Promise<OpenBundle> {
  const { source, close } = await openAt(path);
  return { source: watched(source, progress), close };
}

async function openAt(path: string): Promise<OpenBundle> {
  if (path === '-') return tarOnInput();
  // What stands there is asked of the open file: it may be another one by the time it is opened. A pipe without a writer is not waited for.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error) => {
    throw error.code === 'ENXIO' ? notReadable(path) : fileFailure(error, path, 'read');
  });
  const found = await file.stat();
  if (found.isFile()) return tarFile(file, path, found.size);
  await file.close();
  if (found.isDirectory()) return openBundleFolder(path);
  throw notReadable(path);
}

/** The same bundle; what is read of it advances `progress`. */
function watched(source: BundleSource, progress: Progress): BundleSource {
  return {
    ...source,
    async list() {
      const files = await source.list();
      progress.begin(
        'checking',
        files.reduce((sum, { size }) => sum + size, 0),
      );
      return files;
    },
    async *read(name) {
      for await (const piece of source.read(name)) {
        progress.advance(piece.length);
        yield piece;
      }
    },
  };
}

/** Is this path one that a bundle, and no data file, can have: that of a directory, or of a tar? */
export async function looksLikeBundle(path: string): Promise<boolean> {
  if (path === '-') return false;
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) return found?.isDirectory() === true;
  const file = await open(path, 'r').catch((error) => {
    throw fileFailure(error, path, 'read');
  });
  try {
    // POSIX.1-1988, ustar interchange format: the magic is at byte 257 of the first header.
    const magic = Buffer.alloc(5);
    await file.read(magic, 0, magic.length, 257);
    return magic.toString('latin1') === 'ustar';
  } finally {
    await file.close();
  }
}

/** The bytes of a file in a bundle, to be read again and again. */
export function bundledFile(bundle: BundleSource, { name, size: bytes }: BundleFile): RawSource {
  return {
    size: bytes,
    async open() {
      const pieces = bundle.read(name)[Symbol.asyncIterator]();
      let rest: Buffer = Buffer.alloc(0);
      return {
        async read(target, at, size) {
          while (rest.length === 0) {
            const next = await pieces.next();
            if (next.done === true) return 0;
            rest = next.value;
          }
          const length = rest.copy(target, at, 0, size);
          rest = rest.subarray(length);
          return length;
        },
        async close() {
          await pieces.return?.();
        },
      };
    },
    close: async () => {},
  };
}

function notReadable(path: string): Error {
  return fail('FILE-READ', 'is neither a directory nor a regular file', { place: { file: path } });
}

function tarFile(file: FileHandle, path: string, size: number): OpenBundle {
  const nextPiece = createPieceRing();
  const reader: RandomAccess = {
    size,
    async read(at, length) {
      // Of the many reads, those of whole pieces weigh.
      const bytes = length === pieceBytes ? nextPiece() : Buffer.allocUnsafe(length);
      let filled = 0;
      try {
        for (let read = 1; read > 0 && filled < length; filled += read) {
          ({ bytesRead: read } = await file.read(bytes, filled, length - filled, at + filled));
        }
      } catch (error) {
        throw fileFailure(error, path, 'read');
      }
      return bytes.subarray(0, filled);
    },
  };
  return { source: tarBundle(reader), close: () => file.close() };
}

/** Put standard input aside, encrypted, so that it can be read in any order. */
async function tarOnInput(): Promise<OpenBundle> {
  // Most runs have no use for it.
  const { spoolInput } = await import('./input.ts');
  const spool = await spoolInput();
  return { source: tarBundle({ size: spool.size, read: spool.read }), close: () => spool.close() };
}
