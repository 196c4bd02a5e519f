import { constants } from 'node:fs';
import { access, lstat, readdir, realpath, stat } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { type Failure, fail } from '../base/diagnostic.ts';
import { fileFailure } from './errors.ts';

export interface TargetRules {
  readonly kind: 'directory' | 'file';
  /** May something that stands there be replaced? */
  readonly replace: boolean;
  /** Files that the run reads: none of them is ever replaced. */
  readonly reads: readonly string[];
  /** Whether a directory of these names may be replaced: a slip like `--out .` must not remove somebody's work. */
  readonly replaceable?: (names: readonly string[]) => boolean;
}

/**
 * Refuse early what would fail late, or destroy what was not meant: a target that exists or cannot be made there, and one that holds
 * what the run reads. Returns the folder that the target stands in.
 */
export async function checkTarget(target: string, rules: TargetRules): Promise<string> {
  const parent = dirname(resolve(target));
  try {
    if (!(await stat(parent)).isDirectory()) {
      throw fail('FILE-WRITE', 'is not a directory', { place: { file: parent } });
    }
    await access(parent, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') throw fileFailure(error, parent, 'write');
    throw fail('FILE-MISSING', 'the folder for the output does not exist', {
      place: { file: parent },
      hint: 'make it first, or choose another place',
    });
  }
  const found = await lstat(target).catch((error) => {
    if (error.code === 'ENOENT') return undefined;
    throw fileFailure(error, target, 'write');
  });
  if (found === undefined) return parent;
  if (rules.kind === 'file' ? !found.isFile() : !found.isDirectory()) {
    const what = rules.kind === 'file' ? 'regular file' : 'directory';
    throw refused(target, `exists already, and is no ${what}`, 'choose another name');
  }
  if (!rules.replace) throw refused(target, 'exists already', 'choose another name, or say --replace');
  await checkReplaced(target, rules);
  return parent;
}

async function checkReplaced(target: string, { kind, reads, replaceable }: TargetRules): Promise<void> {
  const replaced = await realpath(target);
  for (const path of reads) {
    const read = await realpath(path).catch(() => undefined);
    if (read === undefined || (read !== replaced && !read.startsWith(replaced + sep))) continue;
    const message = kind === 'file' ? `is what the run reads` : `holds ${path}, which the run reads`;
    throw refused(target, `${message}, and is not replaced`, 'choose another name for the output');
  }
  if (kind === 'file' || replaceable === undefined) return;
  const names = await readdir(target).catch((error) => {
    throw fileFailure(error, target, 'read');
  });
  if (names.length > 0 && !replaceable(names)) {
    throw refused(
      target,
      'holds something other than an earlier output, and is not replaced',
      'choose another name, or remove the directory yourself',
    );
  }
}

function refused(file: string, message: string, hint: string): Failure {
  return fail('FILE-EXISTS', message, { place: { file }, hint });
}
