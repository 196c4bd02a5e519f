import { randomBytes } from 'node:crypto';
import { linkSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolders, syncFolder, writeDurably } from './audit-files.ts';
import { fileFailure } from './errors.ts';
import { readFileUpTo } from './files.ts';

/** The checkpoints that were made of an audit log, beside its entries: `checkpoints/000000120.<key id>.note`. */

const maxNoteBytes = 64 * 1024;
const nameForm = /^[0-9]{9,}\.[0-9a-f]{16}\.note$/;

export interface StoredCheckpoint {
  readonly path: string;
  readonly bytes: Buffer;
}

/** In the order of their sizes. */
export async function readCheckpoints(folder: string): Promise<readonly StoredCheckpoint[]> {
  const place = placeOf(folder);
  let names: string[];
  try {
    names = readdirSync(place);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw fileFailure(error, place, 'read');
  }
  const stored: StoredCheckpoint[] = [];
  for (const name of names.filter((one) => nameForm.test(one)).sort()) {
    stored.push(await readCheckpoint(join(place, name)));
  }
  return stored;
}

export async function readCheckpoint(path: string): Promise<StoredCheckpoint> {
  return { path, bytes: await readFileUpTo(path, maxNoteBytes, 'LIMIT') };
}

/** Stores a checkpoint of `size` entries, on the disk. One of the same size and key is left as it is: it is the same. */
export function storeCheckpoint(folder: string, size: number, keyId: string, note: string): string {
  const place = placeOf(folder);
  const path = join(place, `${String(size).padStart(9, '0')}.${keyId.slice(0, 16)}.note`);
  const temporary = join(folder, `.${randomBytes(8).toString('hex')}.new`);
  try {
    makeFolders(place);
    writeDurably(temporary, Buffer.from(note));
    linkSync(temporary, path);
    syncFolder(place);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw fileFailure(error, path, 'write');
  } finally {
    rmSync(temporary, { force: true });
  }
  return path;
}

function placeOf(folder: string): string {
  return join(folder, 'checkpoints');
}
