import { Failure, fail } from '../base/diagnostic.ts';
import type { FailureCode } from '../base/failures.ts';

/** A file system error as a Failure that says what could not be done, and what to do; a Failure as it is. */
export function fileFailure(error: unknown, file: string, doing: 'read' | 'write'): Error {
  if (error instanceof Failure) return error;
  const code = (error as NodeJS.ErrnoException).code;
  const known = code === undefined ? undefined : reasons[code];
  if (known === undefined) {
    if (code === undefined) return error as Error;
    return fail(doing === 'read' ? 'FILE-READ' : 'FILE-WRITE', `cannot ${doing}: ${code}`, { place: { file } });
  }
  const failure: FailureCode = known.code ?? (doing === 'read' ? 'FILE-READ' : 'FILE-WRITE');
  return fail(failure, known.message, { place: { file }, ...(known.hint === undefined ? {} : { hint: known.hint }) });
}

const reasons: Record<string, { code?: FailureCode; message: string; hint?: string }> = {
  ENOENT: { code: 'FILE-MISSING', message: 'no such file or directory' },
  ENOTDIR: { code: 'FILE-MISSING', message: 'a part of the path is not a directory' },
  EACCES: { message: 'permission denied' },
  EPERM: { message: 'operation not permitted' },
  EISDIR: { message: 'is a directory', hint: 'name a file' },
  ELOOP: { message: 'is a symbolic link' },
  ENOSPC: { message: 'no space left on the device', hint: 'free some space; nothing was left behind' },
  EDQUOT: { message: 'the disk quota is used up', hint: 'free some space; nothing was left behind' },
  EFBIG: { message: 'the file would be larger than allowed here' },
  EROFS: { message: 'the file system is read-only', hint: 'choose another place for the output' },
  EEXIST: { code: 'FILE-EXISTS', message: 'exists already', hint: 'choose another name' },
  ENOTEMPTY: { code: 'FILE-EXISTS', message: 'exists already', hint: 'choose another name' },
  EMFILE: { message: 'too many open files' },
  EIO: { message: 'the device reported an error' },
};
