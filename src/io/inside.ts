import { lstat, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { Failure } from '../base/diagnostic.ts';
import { openBundleFolder } from './bundle-folder.ts';
import { fileFailure } from './errors.ts';

/** Does a file or folder lie in the bundle, under its own name or, by a hard or symbolic link, under another? */
export async function liesInBundle(path: string, bundle: string): Promise<boolean> {
  try {
    if (bundle === '-') return false;
    const [real, root] = [await realpath(path), await realpath(bundle)];
    if (real === root || real.startsWith(root + sep)) return true;
    if (!(await stat(root)).isDirectory()) return false;
    const { dev, ino } = await stat(real);
    const folder = await openBundleFolder(root);
    try {
      for (const { name } of await folder.source.list()) {
        const member = await lstat(join(root, name));
        if (member.dev === dev && member.ino === ino) return true;
      }
      return false;
    } finally {
      await folder.close();
    }
  } catch (error) {
    // What is wrong with the bundle refuses it in its own check.
    if (error instanceof Failure && error.exit === 1) return false;
    throw fileFailure(error, path, 'read');
  }
}
