import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { maxLineBytes } from '../release/audit/line.ts';
import { broken } from '../release/audit/replay.ts';

/**
 * The files of an audit log: `entries/000001/000001000.json` and so on, one line each, a thousand to a folder. An entry is written beside, brought to the disk and then linked to its name, so that it is whole as soon as it is there,
 * and link(2) gives a name to one of several processes only. No lock is left behind by a process that dies.
 */
export interface AuditFiles {
  /** How many entries there are by their names; 0 when there is no log. */
  size(): number;
  /** The bytes of an entry, or null when there is none. Throws AUDIT when there is something else in its place. */
  read(seq: number): Buffer | null;
  /** Gives an entry its name, on the disk. False when another process has taken the name. */
  add(seq: number, line: Buffer): boolean;
}

const entriesPerFolder = 1000;

export function auditFiles(folder: string): AuditFiles {
  const entries = join(folder, 'entries');
  const folderOf = (seq: number): string => join(entries, digits(Math.floor(seq / entriesPerFolder), 6));
  const pathOf = (seq: number): string => join(folderOf(seq), `${digits(seq, 9)}.json`);
  return {
    size() {
      const last = latest(entries, /^[0-9]{6,}$/);
      if (last === undefined) return 0;
      const entry = latest(join(entries, last), /^[0-9]{9,}\.json$/);
      // A process may have made the folder, and not yet its first entry.
      return entry === undefined ? Number(last) * entriesPerFolder : Number.parseInt(entry, 10) + 1;
    },
    read(seq) {
      let file: number;
      try {
        file = openSync(pathOf(seq), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'ENOENT') return null;
        if (code === 'ELOOP') throw broken(seq, 'is a link');
        throw error;
      }
      try {
        const found = fstatSync(file);
        if (!found.isFile() || found.size > maxLineBytes) throw broken(seq, 'is not a file of an entry');
        return readExactly(file, found.size);
      } finally {
        closeSync(file);
      }
    },
    add(seq, line) {
      if (seq % entriesPerFolder === 0) {
        makeFolders(folderOf(seq));
        sweep(folder);
      }
      const temporary = join(folder, `.${randomBytes(8).toString('hex')}${unfinished}`);
      try {
        writeDurably(temporary, line);
        linkSync(temporary, pathOf(seq));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
        throw error;
      } finally {
        rmSync(temporary, { force: true });
      }
      syncFolder(folderOf(seq));
      return true;
    },
  };
}

/** So many bytes of a file from its beginning, or what there is. An entry never changes: its end needs not be looked for. */
function readExactly(file: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  while (at < size) {
    const read = readSync(file, bytes, at, size - at, null);
    if (read === 0) break;
    at += read;
  }
  return bytes.subarray(0, at);
}

/** How the names of files end that have not got their own yet. */
const unfinished = '.new';
const dayMs = 86_400_000;

/** Removes what processes have left that died a day ago, between a file and its name. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    const found = name.endsWith(unfinished) ? lstatSync(join(folder, name), { throwIfNoEntry: false }) : undefined;
    if (found !== undefined && found.mtimeMs < Date.now() - dayMs) rmSync(join(folder, name), { force: true });
  }
}

/** Writes a new file, and brings it to the disk. */
export function writeDurably(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

export function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Makes a folder and those above it, which only their owner can enter, and brings their names to the disk. */
export function makeFolders(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return;
  const parent = dirname(path);
  makeFolders(parent);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  syncFolder(parent);
}

/** The greatest of the names of a folder that have a form of digits. */
function latest(folder: string, form: RegExp): string | undefined {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  let best: string | undefined;
  for (const name of names) {
    if (form.test(name) && (best === undefined || Number.parseInt(name, 10) > Number.parseInt(best, 10))) best = name;
  }
  return best;
}

function digits(number: number, length: number): string {
  return String(number).padStart(length, '0');
}
