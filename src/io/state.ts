import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { link, mkdir, open, readdir, stat, unlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { Failure, fail } from '../base/diagnostic.ts';
import { readSmallFile } from './files.ts';

/** What runs remember of one another: small files, each changed as a whole. */
export interface State {
  readonly folder: string;
  /** Names of the files that have been written. */
  names(): Promise<readonly string[]>;
  /** Null: never written. */
  read(name: string): Promise<Buffer | null>;
  /**
   * Put what `change` returns in the place of what is there; null leaves it. `change` is called again when another process was at it too,
   * perhaps on what it has made already: doing it twice must be as good as once. What it throws goes on to the caller. Durable when it returns.
   */
  update(name: string, change: (current: Buffer | null) => Buffer | null): Promise<void>;
}

/** `$XDG_STATE_HOME/anon` or `~/.local/state/anon` (XDG Base Directory Specification 0.8: a relative path is as good as none). */
export function stateFolder(env: Readonly<Record<string, string | undefined>>): string {
  const base = env.XDG_STATE_HOME;
  if (base !== undefined && isAbsolute(base)) return join(base, 'anon');
  return join(env.HOME !== undefined && isAbsolute(env.HOME) ? env.HOME : homedir(), '.local', 'state', 'anon');
}

/** Makes the folder where there is none. Throws STATE when it cannot be made, is not the user's, or others can write into it. */
export async function openState(path: string): Promise<State> {
  const folder = resolve(path);
  const found = await keeping(folder, async () => {
    await makeFolder(folder);
    return stat(folder);
  });
  if (!found.isDirectory()) throw fail('STATE', 'the state is no folder', { place: { file: folder }, hint });
  const place = { file: folder };
  const me = process.getuid?.();
  // Of root too: whoever owns the folder could put back what root has seen.
  if (me !== undefined && found.uid !== me)
    throw fail('STATE', 'the folder of the state belongs to somebody else', { place, hint });
  if (process.platform !== 'win32' && (found.mode & 0o022) !== 0)
    throw fail('STATE', 'others can write into the folder of the state', {
      place,
      hint: `run \`chmod 700 ${folder}\``,
    });
  return { folder, names: () => names(folder), read: async (name) => (await latest(folder, name)).bytes, update };

  async function update(name: string, change: (current: Buffer | null) => Buffer | null): Promise<void> {
    for (;;) {
      const { number, bytes } = await latest(folder, name);
      const next = change(bytes);
      if (next === null) return;
      if (await add(folder, name, number + 1, next)) return;
    }
  }
}

/*
 * A file is a row of numbered versions, of which the highest counts. link(2) gives a version its name only when nobody has it, so that of two
 * processes that change the same version one has to look again; lower versions are removed, never the highest.
 */

const maxBytes = 16 << 20;
const hint = 'name another folder with --state';
const versionForm = /^(?<name>[a-z0-9-]+)\.(?<number>[1-9][0-9]{0,14})$/;

/** Step by step: for some places that cannot be (below /proc), Node's own recursive one does not come to an end. */
async function makeFolder(folder: string): Promise<void> {
  const make = (): Promise<unknown> =>
    mkdir(folder, { mode: 0o700 }).catch((error) => {
      if (error.code !== 'EEXIST') throw error;
    });
  try {
    await make();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder));
    await make();
  }
}

async function add(folder: string, name: string, number: number, bytes: Buffer): Promise<boolean> {
  return keeping(folder, async () => {
    const temporary = join(folder, `.${randomBytes(8).toString('hex')}.tmp`);
    try {
      const file = await open(temporary, 'wx', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await link(temporary, join(folder, `${name}.${number}`));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    } finally {
      await unlink(temporary).catch(() => {});
    }
    await syncFolder(folder);
    const versions = await versionsOf(folder, name);
    for (const older of versions.filter((other) => other < number))
      await unlink(join(folder, `${name}.${older}`)).catch(() => {});
    // A higher one may have been made of this one, or of another whose number was removed again: nobody can tell.
    return Math.max(...versions) === number;
  });
}

async function latest(folder: string, name: string): Promise<{ number: number; bytes: Buffer | null }> {
  return keeping(folder, async () => {
    for (;;) {
      const number = Math.max(0, ...(await versionsOf(folder, name)));
      if (number === 0) return { number, bytes: null };
      const path = join(folder, `${name}.${number}`);
      const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch((error) => {
        if (error.code === 'ENOENT') return null; // a newer one has taken its place
        throw error;
      });
      if (file === null) continue;
      try {
        if (!(await file.stat()).isFile()) throw fail('STATE', 'is no regular file', { place: { file: path }, hint });
        return { number, bytes: await readSmallFile(file, path, maxBytes, 'STATE') };
      } finally {
        await file.close();
      }
    }
  });
}

async function names(folder: string): Promise<readonly string[]> {
  const entries = await keeping(folder, () => readdir(folder));
  return [...new Set(entries.flatMap((entry) => versionForm.exec(entry)?.groups?.name ?? []))].sort();
}

async function versionsOf(folder: string, name: string): Promise<number[]> {
  const entries = await readdir(folder);
  return entries.flatMap((entry) => {
    const groups = versionForm.exec(entry)?.groups;
    return groups?.name === name ? [Number(groups.number)] : [];
  });
}

async function syncFolder(folder: string): Promise<void> {
  const directory = await open(folder, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** Whatever the file system refuses is a STATE. */
async function keeping<T>(file: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof Failure && error.code === 'STATE') throw error;
    const code = error instanceof Failure ? error.message : (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw fail('STATE', `the state of earlier runs cannot be read and kept: ${code}`, { place: { file }, hint });
  }
}
