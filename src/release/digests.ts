import { fail } from '../base/diagnostic.ts';
import { sha256Hex } from '../crypto/digest.ts';
import type { Finding } from './answer.ts';
import type { BundleSource } from './bundle-source.ts';
import { chunkBytes, createChunkDigest, type FileFacts } from './chunks.ts';
import { orderMembers } from './layout.ts';
import type { LicenseStatement } from './statement.ts';

/** Digests of a file whose bytes go by. What `update` was given may be used again once it has returned or resolved. */
export interface FileDigest {
  update(bytes: Buffer): void | Promise<void>;
  /** Call once, at the end. */
  finish(): FileFacts | Promise<FileFacts>;
}

/** Begin the digests of a file that should have so many bytes. */
export type StartDigest = (expectedBytes: number) => FileDigest;

export interface DigestOptions {
  /** How files are digested; the default does it all in this thread. */
  readonly startDigest?: StartDigest;
  /**
   * Takes the bytes of a file along, in order and to their end; undefined: the file is only digested. The bytes are those of the license
   * when `checkDigests` has returned, not before.
   */
  readonly copy?: (name: string, bytes: AsyncIterable<Buffer>) => Promise<void> | undefined;
}

/** Bytes of a file of the bundle that is neither data nor a chunk list. Nothing states the size of these before they are read. */
const metadataFileBytes = 64 << 20;
/** 64 hex digits and a line feed. */
export const chunkLineBytes = 65;

/** Lines in the chunk list of a file of so many bytes. */
export function chunkCount(bytes: number): number {
  return Math.ceil(bytes / chunkBytes);
}

/**
 * Reads every subject once, in the order of a bundle. A chunk list that has its own digest needs no comparison line by line: the list of
 * the data must have it too. Throws DIGEST, CHUNK, and LIMIT for metadata past 64 MiB.
 */
export async function checkDigests(
  statement: LicenseStatement,
  source: BundleSource,
  { startDigest = createChunkDigest, copy }: DigestOptions = {},
): Promise<Finding<void>> {
  const digests = new Map(statement.subject.map(({ name, digest }) => [name, digest.sha256]));
  const data = new Map(statement.predicate.files.map((file) => [file.name, file]));
  // A list of another size than its file asks for is told by its digest (DIGEST), or else by that of the list of the data (CHUNK).
  const lists = new Map(
    statement.predicate.files.map(({ bytes, chunks }) => [chunks, chunkCount(bytes) * chunkLineBytes + chunkBytes]),
  );
  let total = 0;
  for (const name of orderMembers([...digests.keys()])) {
    const file = data.get(name);
    // Only data has chunks: all else is digested here, where no thread has to be started.
    const digest = file === undefined ? createChunkDigest() : startDigest(file.bytes);
    const bytes = digested(source.read(name), name, digest, {
      exactly: file?.bytes,
      atMost: lists.get(name) ?? metadataFileBytes,
    });
    await (copy?.(name, ahead(bytes)) ?? drain(bytes));
    const facts = await digest.finish();
    if (facts.sha256 !== digests.get(name)) throw fail('DIGEST', `${name} is not the file that was signed`);
    if (file !== undefined && sha256Hex(Buffer.from(facts.chunks)) !== digests.get(file.chunks))
      throw fail('CHUNK', `${file.chunks} is not the chunk list of its file`);
    total += facts.bytes;
  }
  return { value: undefined, detail: `${digests.size} files, ${total} bytes` };
}

/** Throws DIGEST unless there are `exactly` so many bytes, or LIMIT when there are more than `atMost`; stops reading as soon as there are more. */
async function* digested(
  bytes: AsyncIterable<Buffer>,
  name: string,
  digest: FileDigest,
  { exactly, atMost }: { readonly exactly: number | undefined; readonly atMost: number },
): AsyncGenerator<Buffer> {
  let total = 0;
  for await (const piece of ahead(bytes)) {
    total += piece.length;
    if (exactly === undefined && total > atMost) throw fail('LIMIT', `${name} is larger than ${atMost} bytes`);
    if (exactly !== undefined && total > exactly) break;
    await digest.update(piece);
    yield piece;
  }
  if (exactly !== undefined && total !== exactly)
    throw fail('DIGEST', `${name} does not have the size that was signed`);
}

/** The same parts, the next one asked for while the last is being worked on. */
async function* ahead(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const iterator = parts[Symbol.asyncIterator]();
  const ask = (): Promise<IteratorResult<Buffer>> => {
    const next = iterator.next();
    // A failure is thrown where the part is waited for.
    next.catch(() => {});
    return next;
  };
  let next = ask();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done === true) return;
      next = ask();
      yield value;
    }
  } finally {
    // Not waited for: an input that nothing comes from any more must not hold up a refusal.
    iterator.return?.().catch(() => {});
  }
}

async function drain(bytes: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of bytes);
}
