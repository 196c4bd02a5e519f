import { constants, type Dir, lstatSync, opendirSync } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../base/diagnostic.ts';
import { type BundleFile, type BundleSource, maxBundleFiles, tooManyFiles } from '../release/bundle-source.ts';
import { printable } from '../release/names.ts';
import { fileFailure } from './errors.ts';
import { createPieceRing, pieceBytes } from './piece-ring.ts';

export interface BundleFolder {
  readonly source: BundleSource;
  close(): Promise<void>;
}

const maxSegments = 3;
/** Folders that are kept open; of more, as bundles do not have them, each is looked up anew. */
const maxHeldFolders = 64;
// A pipe that has no writer must not be waited for, and nothing on the way may be a link.
const fileFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const folderFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_DIRECTORY;

/**
 * A bundle in a directory: regular files only, no links on the way to them; the directory itself may be reached by one. Where the system
 * shows open files as paths (Linux), each folder is opened once and all below it is reached through it: a folder that is put in its place
 * meanwhile is never entered.
 */
export async function openBundleFolder(path: string, maxFiles = maxBundleFiles): Promise<BundleFolder> {
  const root = await open(path, constants.O_RDONLY | constants.O_DIRECTORY).catch((error) => {
    throw fileFailure(error, path, 'read');
  });
  const handles = [root];
  const anchored = process.platform === 'linux' && (await isFolder(`/proc/self/fd/${root.fd}/.`));
  const folders = new Map<string, Promise<string>>([
    ['', Promise.resolve(anchored ? `/proc/self/fd/${root.fd}` : path)],
  ]);

  /** A path that leads into a folder of the bundle. */
  function folder(name: string): Promise<string> {
    let found = folders.get(name);
    if (found === undefined) {
      found = enter(name);
      folders.set(name, found);
    }
    return found;
  }

  async function enter(name: string): Promise<string> {
    const way = await pathTo(name);
    const handle = await open(way, folderFlags).catch((error) => {
      throw failureOf(error, name);
    });
    if (!anchored || handles.length > maxHeldFolders) {
      await handle.close();
      return way;
    }
    handles.push(handle);
    return `/proc/self/fd/${handle.fd}`;
  }

  /** The path of a file or folder, whose own folder is open. */
  async function pathTo(name: string): Promise<string> {
    const cut = name.lastIndexOf('/');
    return join(await folder(name.slice(0, Math.max(0, cut))), name.slice(cut + 1));
  }

  function failureOf(error: unknown, name: string): Error {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ELOOP' || code === 'ENOTDIR' || code === 'ENXIO'
      ? notRegular(name)
      : fileFailure(error, join(path, name), 'read');
  }

  function attempt<T>(name: string, action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw failureOf(error, name);
    }
  }

  /*
   * Synchronous: with the promises, a tree of 20,000 folders, where the count of entries ends it, takes ten times as long.
   */
  function* entriesOf(way: string, name: string) {
    // Names as bytes: text would hide what is no UTF-8.
    const entries: Dir = attempt(name, () => opendirSync(way, { encoding: 'buffer' as BufferEncoding }));
    try {
      for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) yield entry;
    } finally {
      entries.closeSync();
    }
  }

  async function walk(prefix: string, depth: number, found: { entries: number; files: BundleFile[] }): Promise<void> {
    for (const entry of entriesOf(await folder(prefix), prefix)) {
      // Folders count too: a tree of empty ones must end.
      if (++found.entries > 2 * maxFiles) throw tooManyFiles(maxFiles);
      const bytes = entry.name as string | Buffer as Buffer;
      const segment = bytes.toString('utf8');
      const name = prefix === '' ? segment : `${prefix}/${segment}`;
      if (!Buffer.from(segment).equals(bytes)) throw fail('PATH', `${printable(name)}: the name is not valid UTF-8`);
      const way = await pathTo(name);
      const stat = attempt(name, () => lstatSync(way));
      if (stat.isDirectory()) {
        if (depth === maxSegments) throw fail('PATH', `${printable(name)}: folders are nested too deeply`);
        const before = found.files.length;
        await walk(name, depth + 1, found);
        // No bundle has a folder without files: it is listed, so that it is found to be extra.
        if (found.files.length === before) found.files.push({ name: `${name}/`, size: 0 });
      } else if (stat.isFile()) {
        if (found.files.length === maxFiles) throw tooManyFiles(maxFiles);
        found.files.push({ name, size: stat.size });
      } else throw notRegular(name);
    }
  }

  return {
    source: {
      async list() {
        const found = { entries: 0, files: [] };
        await walk('', 1, found);
        return found.files;
      },
      async *read(name) {
        const file = await open(await pathTo(name), fileFlags).catch((error) => {
          throw failureOf(error, name);
        });
        try {
          if (!(await file.stat()).isFile()) throw notRegular(name);
          const nextPiece = createPieceRing();
          for (;;) {
            const piece = nextPiece();
            const { bytesRead } = await file.read(piece, 0, pieceBytes, null);
            if (bytesRead === 0) return;
            yield piece.subarray(0, bytesRead);
          }
        } finally {
          await file.close();
        }
      },
    },
    close: async () => {
      await Promise.all(handles.map((handle: FileHandle) => handle.close()));
    },
  };
}

async function isFolder(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function notRegular(name: string): Error {
  return fail('LINK', `${printable(name)} is a link or no regular file`);
}
