import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, lstatSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileFailure } from './errors.ts';
import { interruptLeaves, onInterrupt } from './interrupt.ts';
import { writeFully } from './spool.ts';

type Parts = AsyncIterable<Buffer> | Iterable<Buffer>;

/** An output that is being made beside its target, in a folder that only its owner can enter. */
export interface Staging {
  /** Write a file of a directory (`data/x.csv`), or the one file itself, which has the name ''. */
  write(name: string, parts: Parts): Promise<void>;
  /** Give the output its name. Nothing is visible before. */
  commit(): void;
  /** Take the name back; what was replaced stands again. */
  revert(): void;
  /** Remove everything but the output. */
  clear(): void;
}

/**
 * Write several outputs as one: `write` stages them, then all get their names. On failure, and when the process is interrupted,
 * nothing is left of any. What happens between first and last name is synchronous, so that no signal comes between.
 */
export async function writeTogether(write: (stage: (made: Staging) => Staging) => Promise<void>): Promise<void> {
  const stagings: Staging[] = [];
  const discard = (): void => {
    for (const staging of stagings) staging.revert();
    for (const staging of stagings) staging.clear();
  };
  const interrupt = onInterrupt(discard);
  try {
    await write((made) => {
      stagings.push(made);
      return made;
    });
    for (const staging of stagings) staging.commit();
  } catch (error) {
    discard();
    throw error;
  } finally {
    interrupt.off();
  }
  interruptLeaves(undefined);
  for (const staging of stagings) staging.clear();
}

/** Stage a directory beside `target`. */
export function stageDirectory(target: string, replace: boolean): Staging {
  const made = new Set<string>();
  return staged(target, {
    async write(root, name, parts) {
      const folders = dirname(join(root, name)).slice(root.length).split('/').filter(Boolean);
      // One by one, not recursively: a folder that an interrupt has removed must not come back.
      for (let depth = 0; depth <= folders.length; depth++) {
        const folder = join(root, ...folders.slice(0, depth));
        if (!made.has(folder)) await mkdir(folder, { mode: 0o755 });
        made.add(folder);
      }
      await writeFile(join(root, name), parts, 0o644);
    },
    commit(root, path, old) {
      for (const folder of made) syncDirectory(folder);
      // Another run may put its output there between the two steps.
      for (let attempt = 0; ; attempt++) {
        const had = exists(path);
        if (had && !replace) throw Object.assign(new Error(), { code: 'EEXIST' });
        if (had) renameSync(path, `${old}${attempt}`);
        try {
          renameSync(root, path);
          return had ? `${old}${attempt}` : undefined;
        } catch (error) {
          if (had) renameSync(`${old}${attempt}`, path);
          if (!replace || attempt === 9 || !exists(path)) throw error;
        }
      }
    },
  });
}

/** Stage one file beside `target`. */
export function stageFile(target: string, replace: boolean, mode = 0o644): Staging {
  return staged(target, {
    write: (root, _name, parts) => writeFile(root, parts, mode),
    commit(root, path, old) {
      if (!replace) {
        linkOrMove(root, path);
        return undefined;
      }
      const had = exists(path);
      if (had) linkOrMove(path, old);
      renameSync(root, path);
      return had ? old : undefined;
    },
  });
}

interface Kind {
  /** Write into, or as, `root`. */
  write(root: string, name: string, parts: Parts): Promise<void>;
  /** Move `root` to `path`. What stood there goes to `old`, or a name that begins so; returns that name. */
  commit(root: string, path: string, old: string): string | undefined;
}

function staged(target: string, kind: Kind): Staging {
  const path = resolve(target);
  const parent = dirname(path);
  const folder = join(parent, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  const root = join(folder, 'new');
  let done: { readonly old: string | undefined } | undefined;
  attempt(() => mkdirSync(folder, { mode: 0o700 }));
  return {
    write: (name, parts) =>
      kind.write(root, name, parts).catch((error) => {
        throw fileFailure(error, target, 'write');
      }),
    commit: () =>
      attempt(() => {
        done = { old: kind.commit(root, path, join(folder, 'old')) };
        syncDirectory(parent);
      }),
    revert() {
      if (done === undefined) return;
      rmSync(path, { recursive: true, force: true });
      if (done.old !== undefined) renameSync(done.old, path);
      done = undefined;
    },
    // A write that is under way may add a file meanwhile: then it is tried again.
    clear: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 10 }),
  };

  function attempt(action: () => void): void {
    try {
      action();
    } catch (error) {
      throw fileFailure(error, target, 'write');
    }
  }
}

async function writeFile(path: string, parts: Parts, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    for await (const part of parts) await writeFully(file, part);
    await file.sync();
  } finally {
    await file.close();
  }
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Unlike rename(2), link(2) refuses a name that somebody else took meanwhile; but not every file system has links. */
function linkOrMove(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
    if (exists(to)) throw Object.assign(new Error(), { code: 'EEXIST' });
    renameSync(from, to);
  }
}

function syncDirectory(path: string): void {
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
