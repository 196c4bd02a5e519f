import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { fail } from '../base/diagnostic.ts';
import type { BundleSource } from '../release/bundle-source.ts';
import { type RandomAccess, tarBundle } from '../release/tar-bundle.ts';
import { openBundleFolder } from './bundle-folder.ts';
import { fileFailure } from './errors.ts';
import { createPieceRing, pieceBytes } from './piece-ring.ts';

export interface OpenBundle {
  readonly source: BundleSource;
  close(): Promise<void>;
}

/** A bundle that is a directory, a tar file, or a tar on standard input (`-`). */
export async function openBundle(path: string): Promise<OpenBundle> {
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
