import { access, constants, stat, statfs } from 'node:fs/promises';
import { fileFailure } from '../../io/errors.ts';
import { type CheckFinding, defineCheck, ok, problem } from './definition.ts';
import { mebibytes } from './sizes.ts';

/** Far more than all lists and years of log entries take. */
const leastBytes = 16 * 1024 * 1024;

export const state = defineCheck({
  name: 'state',
  summary: 'The state directory: whose it is, who can read it, and whether it has room.',
  async run({ state: folder }) {
    const found = await stat(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw fileFailure(error, folder, 'read');
    });
    if (found === null) return [ok(`${folder}: not there yet; the first run that needs it makes it`)];
    const problems: CheckFinding[] = [];
    const add = (what: string, mend: string) => problems.push(problem(`${folder}: ${what}`, mend, 'AUDIT'));
    if (!found.isDirectory()) add('is no directory', 'name another one with --state');
    else {
      const me = process.getuid?.();
      if (me !== undefined && me !== found.uid) add('belongs to somebody else', 'name another one with --state');
      if (process.platform !== 'win32' && (found.mode & 0o077) !== 0)
        add('others can read or change it', `chmod 700 ${folder}`);
      if (!(await isWritable(folder))) add('cannot be written', `chmod u+rwx ${folder}`);
      const { bavail, bsize } = await statfs(folder);
      if (bavail * bsize < leastBytes) add(`${mebibytes(bavail * bsize)} free`, 'make room there');
    }
    return problems.length > 0 ? problems : [ok(`${folder}: can be read and written by its owner alone`)];
  },
});

async function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}
