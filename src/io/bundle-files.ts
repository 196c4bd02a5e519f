import { constants } from 'node:fs';
import { lstat, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../base/diagnostic.ts';
import { type BundleFile, type BundleSource, maxBundleFiles, tooManyFiles } from '../release/bundle-source.ts';
import { printable } from '../release/names.ts';
import { type RandomAccess, tarBundle } from '../release/tar-bundle.ts';
import { fileFailure } from './errors.ts';
import { type RawSource, spoolInput } from './input.ts';

const pieceBytes = 1 << 20;
const maxSegments = 3;

export interface OpenBundle {
  readonly source: BundleSource;
  close(): Promise<void>;
}

/** A bundle that is a directory, a tar file, or a tar on standard input (`-`). */
export async function openBundle(path: string): Promise<OpenBundle> {
  if (path === '-') return tarOnInput();
  const found = await stat(path).catch((error) => {
    throw fileFailure(error, path, 'read');
  });
  if (found.isDirectory()) return { source: directoryBundle(path), close: async () => {} };
  if (found.isFile()) return tarFile(path);
  throw fail('FILE-READ', 'is neither a directory nor a regular file', { place: { file: path } });
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
export function bundledFile(bundle: BundleSource, name: string): RawSource {
  return {
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

/** A bundle in a directory: regular files only, no links on the way to them. */
export function directoryBundle(root: string): BundleSource {
  return {
    async list() {
      const files: BundleFile[] = [];
      await walk(root, '', 1, files);
      return files;
    },
    async *read(name) {
      const path = join(root, name);
      const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch((error) => {
        throw error.code === 'ELOOP' ? notRegular(name) : fileFailure(error, path, 'read');
      });
      try {
        if (!(await file.stat()).isFile()) throw notRegular(name);
        for (;;) {
          const piece = Buffer.allocUnsafe(pieceBytes);
          const { bytesRead } = await file.read(piece, 0, pieceBytes, null);
          if (bytesRead === 0) return;
          yield piece.subarray(0, bytesRead);
        }
      } finally {
        await file.close();
      }
    },
  };
}

async function walk(root: string, prefix: string, depth: number, files: BundleFile[]): Promise<void> {
  const entries = await readdir(join(root, prefix), { encoding: 'buffer' }).catch((error) => {
    throw fileFailure(error, join(root, prefix), 'read');
  });
  for (const entry of entries) {
    const segment = entry.toString('utf8');
    const name = prefix === '' ? segment : `${prefix}/${segment}`;
    if (!Buffer.from(segment).equals(entry)) throw fail('PATH', `${printable(name)}: the name is not valid UTF-8`);
    const path = join(root, name);
    const found = await lstat(path).catch((error) => {
      throw fileFailure(error, path, 'read');
    });
    if (found.isDirectory()) {
      if (depth === maxSegments) throw fail('PATH', `${printable(name)}: folders are nested too deeply`);
      await walk(root, name, depth + 1, files);
    } else if (found.isFile()) {
      if (files.length === maxBundleFiles) throw tooManyFiles(maxBundleFiles);
      files.push({ name, size: found.size });
    } else throw notRegular(name);
  }
}

function notRegular(name: string): Error {
  return fail('LINK', `${printable(name)} is a link or no regular file`);
}

async function tarFile(path: string): Promise<OpenBundle> {
  const file = await open(path, 'r').catch((error) => {
    throw fileFailure(error, path, 'read');
  });
  const { size } = await file.stat();
  const reader: RandomAccess = {
    size,
    async read(at, length) {
      const bytes = Buffer.alloc(length);
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
  const spool = await spoolInput();
  return { source: tarBundle({ size: spool.size, read: spool.read }), close: () => spool.close() };
}
