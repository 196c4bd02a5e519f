import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { fail } from '../base/diagnostic.ts';
import type { FailureCode } from '../base/failures.ts';
import { fileFailure } from './errors.ts';

/** All bytes of a file of at most `limit` bytes; a larger one is refused with `tooLarge`. */
export async function readFileUpTo(path: string, limit: number, tooLarge: FailureCode): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY).catch((error) => {
    throw fileFailure(error, path, 'read');
  });
  try {
    return await readSmallFile(file, path, limit, tooLarge);
  } finally {
    await file.close();
  }
}

export async function readSmallFile(
  file: FileHandle,
  path: string,
  limit: number,
  tooLarge: FailureCode,
): Promise<Buffer> {
  const bytes = Buffer.alloc(limit + 1);
  let length = 0;
  try {
    for (let read = 1; read > 0 && length <= limit; length += read) {
      ({ bytesRead: read } = await file.read(bytes, length, limit + 1 - length, null));
    }
  } catch (error) {
    throw fileFailure(error, path, 'read');
  }
  if (length > limit) throw fail(tooLarge, `is larger than ${limit} bytes`, { place: { file: path } });
  return bytes.subarray(0, length);
}

/** The same of a regular file alone: a pipe or device is refused, and never waited for. */
export async function readRegularFile(path: string, limit: number, tooLarge: FailureCode): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error) => {
    throw fileFailure(error, path, 'read');
  });
  try {
    const found = await file.stat();
    if (found.isDirectory()) throw fileFailure({ code: 'EISDIR' }, path, 'read');
    if (!found.isFile()) throw fail('FILE-READ', 'is no regular file', { place: { file: path } });
    return await readSmallFile(file, path, limit, tooLarge);
  } finally {
    await file.close();
  }
}
