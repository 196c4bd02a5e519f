import { access, constants, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileFailure } from '../../io/errors.ts';
import { defineCheck, ok, problem } from './definition.ts';
import { mebibytes } from './sizes.ts';

/** Standard input is kept here, encrypted, between the passes; files are not. */
const leastBytes = 256 * 1024 * 1024;

export const temporary = defineCheck({
  name: 'temporary files',
  summary: 'Whether the folder for temporary files can be written, and has room.',
  async run() {
    const folder = tmpdir();
    try {
      await access(folder, constants.W_OK | constants.X_OK);
      const { bavail, bsize } = await statfs(folder);
      const detail = `${folder}: ${mebibytes(bavail * bsize)} free`;
      if (bavail * bsize >= leastBytes) return [ok(detail)];
      return [problem(detail, 'name a folder with more room in TMPDIR', 'FILE-WRITE')];
    } catch (error) {
      throw fileFailure(error, folder, 'write');
    }
  },
});
