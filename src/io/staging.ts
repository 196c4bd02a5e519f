import { randomBytes } from 'node:crypto';
import { type FileHandle, link, lstat, mkdir, open, rename, rm, unlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fail } from '../base/diagnostic.ts';
import { fileFailure } from './errors.ts';
import { writeFully } from './spool.ts';

/** Where an output is made before it gets its name. */
export interface Staging {
  /** Create a file and its folders (`data/x.csv`), and write it. */
  write(name: string, parts: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void>;
  /** Give the output its name. Nothing is visible before. */
  commit(): Promise<void>;
  /** Remove what was made; after `commit` too, unless something was replaced. */
  discard(): Promise<void>;
}

/** Refuse early what `commit` would refuse late: a target that exists, a parent that is no directory. Returns the parent. */
export async function checkTarget(target: string, replace: boolean): Promise<string> {
  const parent = dirname(resolve(target));
  try {
    if (!(await lstat(parent).then((stat) => stat.isDirectory() || stat.isSymbolicLink()))) {
      throw fail('FILE-WRITE', 'is not a directory', { place: { file: parent } });
    }
  } catch (error) {
    throw fileFailure(error, parent, 'write');
  }
  if (replace) return parent;
  const exists = await lstat(target).then(
    () => true,
    (error) => {
      if (error.code === 'ENOENT') return false;
      throw fileFailure(error, target, 'write');
    },
  );
  if (exists) {
    throw fail('FILE-EXISTS', 'exists already', {
      place: { file: target },
      hint: 'choose another name, or say --replace',
    });
  }
  return parent;
}

/** Stage a directory beside `target`. */
export async function stageDirectory(target: string, replace: boolean): Promise<Staging> {
  const staged = besideOf(target);
  await attempt(target, () => mkdir(staged, { mode: 0o755 }));
  const folders = new Set<string>();
  let made = staged;
  return {
    async write(name, parts) {
      await attempt(target, async () => {
        const path = join(staged, name);
        if (dirname(name) !== '.' && !folders.has(dirname(name))) {
          await mkdir(dirname(path), { recursive: true });
          folders.add(dirname(name));
        }
        await writeFile(path, parts);
      });
    },
    async commit() {
      await attempt(target, async () => {
        for (const folder of folders) await syncDirectory(join(staged, folder));
        await syncDirectory(staged);
        if (replace) await swap(staged, resolve(target));
        else {
          await lstat(target).then(
            () => {
              throw Object.assign(new Error('exists'), { code: 'EEXIST' });
            },
            () => rename(staged, target),
          );
        }
        if (!replace) made = target;
        await syncDirectory(dirname(resolve(target)));
      });
    },
    discard: () => rm(made, { recursive: true, force: true }),
  };
}

/** Stage one file beside `target`; the parts of all writes follow each other. */
export async function stageFile(target: string, replace: boolean, mode = 0o644): Promise<Staging> {
  const staged = besideOf(target);
  const file = await attempt(target, () => open(staged, 'wx', mode));
  let made = staged;
  return {
    write: (_name, parts) =>
      attempt(target, async () => {
        for await (const part of parts) await writeFully(file, part);
      }),
    async commit() {
      await attempt(target, async () => {
        await file.sync();
        await file.close();
        if (replace) await rename(staged, target);
        else {
          // Unlike rename(2), link(2) refuses a name that somebody else took meanwhile.
          await link(staged, target);
          await unlink(staged);
          made = target;
        }
        await syncDirectory(dirname(resolve(target)));
      });
    },
    async discard() {
      await file.close().catch(() => {});
      await rm(made, { force: true });
    },
  };
}

function besideOf(target: string): string {
  return join(dirname(resolve(target)), `.${basename(resolve(target))}.${randomBytes(6).toString('hex')}.tmp`);
}

async function writeFile(path: string, parts: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void> {
  const file: FileHandle = await open(path, 'wx', 0o644);
  try {
    for await (const part of parts) await writeFully(file, part);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Put `staged` in the place of `target`, and bring the old one back if that fails. */
async function swap(staged: string, target: string): Promise<void> {
  const old = besideOf(target);
  const had = await rename(target, old).then(
    () => true,
    (error) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
  try {
    await rename(staged, target);
  } catch (error) {
    if (had) await rename(old, target);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

async function attempt<T>(target: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw fileFailure(error, target, 'write');
  }
}
