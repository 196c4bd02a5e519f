import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { at, Failure, fail } from '../base/diagnostic.ts';
import { parseStrictJson } from '../base/strict-json.ts';
import { type Envelope, parseEnvelope } from '../crypto/dsse.ts';
import { openBundle } from '../io/bundle-files.ts';
import { stageDirectory, stageFile, writeTogether } from '../io/staging.ts';
import type { Member } from '../release/build.ts';
import { type BundleSource, readWhole } from '../release/bundle-source.ts';
import { readRelease } from '../release/integrity.ts';
import { envelopeName, orderMembers } from '../release/layout.ts';
import { type LicenseStatement, parseStatement } from '../release/statement.ts';
import { tarEnd, tarHeader, tarPadding } from '../release/tar.ts';
import type { Target } from './targets.ts';

/** A bundle that is whole, and open for reading. */
export interface LicensedBundle {
  readonly kind: 'directory' | 'tar';
  readonly source: BundleSource;
  readonly statement: LicenseStatement;
  readonly envelope: Envelope;
  /** The bytes of the envelope's file. */
  readonly envelopeBytes: Buffer;
}

const metadataBytes = 4 << 20;

/**
 * Do something with a bundle, a directory or tar, of which every file is the one that its license lists. Who made it is not asked.
 * Throws a Failure with the code that verify would deny by, or that says why it cannot be read.
 */
export async function withBundle<T>(path: string, action: (bundle: LicensedBundle) => Promise<T>): Promise<T> {
  const { source, close } = await openBundle(path);
  try {
    const kind = path !== '-' && (await stat(path)).isDirectory() ? 'directory' : 'tar';
    const { statement } = await readRelease(source);
    const envelopeBytes = await readWhole(source, envelopeName, metadataBytes);
    const envelope = parseEnvelope(envelopeBytes);
    // Read a second time: it must say the same.
    const again = parseStatement(parseStrictJson(envelope.payload));
    if (JSON.stringify(again) !== JSON.stringify(statement))
      throw fail('DIGEST', `${envelopeName} changed while it was read`);
    return await action({ kind, source, statement, envelope, envelopeBytes });
  } catch (error) {
    throw error instanceof Failure ? at(error, { file: path }) : error;
  } finally {
    await close();
  }
}

/** The small files of a bundle, all but the data and the envelope, in memory; each is the one that was signed. */
export async function readContents({ source, statement }: LicensedBundle): Promise<Map<string, Buffer>> {
  const data = new Set(statement.predicate.files.map(({ name }) => name));
  const contents = new Map<string, Buffer>();
  for (const { name, digest } of statement.subject) {
    if (data.has(name)) continue;
    const parts: Buffer[] = [];
    for await (const part of checked(source, name, digest.sha256)) parts.push(part);
    contents.set(name, Buffer.concat(parts));
  }
  return contents;
}

/**
 * Write a bundle of these members and the data files of another, which are digested once more as they are copied. `record` is called when all
 * is there, before anything has its name; what it throws leaves nothing.
 */
export async function writeBundle(
  { source, statement }: LicensedBundle,
  members: readonly Member[],
  target: Extract<Target, { path: string }>,
  replace: boolean,
  record: () => Promise<unknown>,
): Promise<void> {
  const small = new Map(members.map(({ name, bytes }) => [name, bytes]));
  const data = new Map(statement.predicate.files.map((file) => [file.name, file]));
  const digests = new Map(statement.subject.map(({ name, digest }) => [name, digest.sha256]));
  const parts = (name: string): Iterable<Buffer> | AsyncIterable<Buffer> => {
    const bytes = small.get(name);
    return bytes === undefined ? checked(source, name, digests.get(name)!) : [bytes];
  };
  const names = orderMembers([...small.keys(), ...data.keys()]);
  async function* tar(): AsyncGenerator<Buffer> {
    for (const name of names) {
      const size = small.get(name)?.length ?? data.get(name)!.bytes;
      yield tarHeader(name, size);
      yield* parts(name);
      yield tarPadding(size);
    }
    yield tarEnd;
  }
  await writeTogether(async (stage) => {
    if (target.kind === 'tar') await stage(stageFile(target.path, replace)).write('', tar());
    else {
      const directory = stage(stageDirectory(target.path, replace));
      for (const name of names) await directory.write(name, parts(name));
    }
    await record();
  });
}

/** The bytes of a file. Throws DIGEST at the end unless they are those that were signed. */
async function* checked(source: BundleSource, name: string, sha256: string): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const bytes of source.read(name)) {
    hash.update(bytes);
    yield bytes;
  }
  if (hash.digest('hex') !== sha256) throw fail('DIGEST', `${name} is not the file that was signed`);
}
