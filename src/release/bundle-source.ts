import { fail } from '../base/diagnostic.ts';

export interface BundleFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * How a bundle is read, wherever it lies. An implementation raises what only it can see: LINK for a link or anything that is no regular
 * file, ARCHIVE, PATH and TRUNCATED for a tar, LIMIT for too many files. Whether the files are the signed ones is for `verifyBundle`.
 */
export interface BundleSource {
  /** Every file of the bundle, each name once; a folder without files too, with `/` behind its name. */
  list(): Promise<readonly BundleFile[]>;
  /**
   * The bytes of a listed file, in pieces; the memory of one may be used again when `piecesKept` more have been read. May be called again;
   * nothing promises that the same bytes come back.
   */
  read(name: string): AsyncIterable<Buffer>;
}

/** How many pieces of a file stay as they are while further ones are read: one is used, one digested, one read. */
export const piecesKept = 3;

/** Files in a bundle, unless more are asked for. */
export const maxBundleFiles = 10_000;

export function tooManyFiles(limit: number): Error {
  return fail('LIMIT', `the bundle holds more than ${limit} files`);
}

/** A bundle in memory. */
export function memoryBundle(files: ReadonlyMap<string, Buffer>): BundleSource {
  return {
    async list() {
      return [...files].map(([name, bytes]) => ({ name, size: bytes.length }));
    },
    async *read(name) {
      const bytes = files.get(name);
      if (bytes === undefined) throw fail('MISSING', 'a file of the bundle is not there');
      yield bytes;
    },
  };
}

/**
 * All bytes of a file of at most `limit` bytes. Throws LIMIT as soon as more come, whatever size was listed.
 */
export async function readWhole(source: BundleSource, name: string, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let total = 0;
  for await (const bytes of source.read(name)) {
    total += bytes.length;
    if (total > limit) throw fail('LIMIT', `${name} is larger than ${limit} bytes`);
    parts.push(Buffer.from(bytes));
  }
  return Buffer.concat(parts);
}
