import { constants } from 'node:fs';
import { lstat, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../base/diagnostic.ts';
import { type BundleFile, type BundleSource, maxBundleFiles, tooManyFiles } from '../release/bundle-source.ts';
import { printable } from '../release/names.ts';
import { type RandomAccess, tarBundle } from '../release/tar-bundle.ts';
import { fileFailure } from './errors.ts';
import { spoolInput } from './input.ts';
import { noProgress, type Progress } from './progress.ts';

const pieceBytes = 1 << 20;
const maxSegments = 3;

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
  const found = await stat(path).catch((error) => {
    throw fileFailure(error, path, 'read');
  });
  if (found.isDirectory()) return { source: directoryBundle(path), close: async () => {} };
  if (found.isFile()) return tarFile(path);
  throw fail('FILE-READ', 'is neither a directory nor a regular file', { place: { file: path } });
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
