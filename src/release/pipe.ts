import { Failure, fail } from '../base/diagnostic.ts';
import { parseStrictJson } from '../base/strict-json.ts';
import { parseEnvelope } from '../crypto/dsse.ts';
import type { BundleFile, BundleSource } from './bundle-source.ts';
import { chunkBytes } from './chunks.ts';
import { envelopeName, orderMembers } from './layout.ts';
import { printable } from './names.ts';
import { blockBytes, checkZeros, paddedBytes, parseTarHeader, type TarEntry, truncatedTar } from './tar.ts';

/** A bundle whose tar goes by once. */
export interface PipedBundle {
  /**
   * Lists the files that the envelope, the tar's first member, claims: which of them are there, and that there are no others, is known when
   * all have been read. They can be read once each, in the order of a bundle; a file that is asked for before its turn throws USAGE.
   */
  readonly source: BundleSource;
  /** Throws EXTRA, ARCHIVE or TRUNCATED unless the tar ends behind what was read. */
  end(): Promise<void>;
}

const maxEnvelopeBytes = 4 << 20;

/** Memory: a piece of the input, and the envelope. */
export function pipedBundle(input: AsyncIterable<Uint8Array>): PipedBundle {
  const reader = createReader(input);
  let listed: Promise<readonly BundleFile[]> | undefined;
  let envelope: Buffer = Buffer.alloc(0);
  /** Names of the members to come. */
  let due: string[] = [];

  async function list(): Promise<readonly BundleFile[]> {
    const entry = await nextHeader(reader);
    if (entry?.name !== envelopeName) return entry === null ? [] : [entry];
    if (entry.size > maxEnvelopeBytes) throw fail('LIMIT', `${envelopeName} is larger than ${maxEnvelopeBytes} bytes`);
    envelope = await reader.exactly(entry.size);
    await readPadding(reader, entry.size);
    const claimed = claimedNames(envelope);
    const [, ...others] = orderMembers([envelopeName, ...claimed]);
    due = others;
    return [entry, ...claimed.map((name) => ({ name, size: 0 }))];
  }

  return {
    source: {
      list() {
        listed ??= list();
        return listed;
      },
      async *read(name) {
        if (name === envelopeName) return yield envelope;
        if (name !== due[0])
          throw fail('USAGE', `${printable(name)} is needed before its turn, and a pipe goes by once`, {
            hint: 'leave out --pipe: the tar is then put aside and checked as a whole first',
          });
        const entry = await nextHeader(reader);
        if (entry?.name !== name) throw otherMember(entry, name, due);
        due.shift();
        yield* reader.pieces(entry.size);
        await readPadding(reader, entry.size);
      },
    },
    async end() {
      const entry = await nextHeader(reader);
      if (entry !== null) throw fail('EXTRA', `not in the license: ${printable(entry.name)}`);
      checkZeros(await reader.exactly(blockBytes));
      if (!(await reader.atEnd())) throw fail('ARCHIVE', 'the tar goes on behind its end');
    },
  };
}

/** What the envelope says of its subjects, before anything of it is believed; none when that cannot be read: its check will say why. */
function claimedNames(envelope: Buffer): string[] {
  try {
    const statement = parseStrictJson(parseEnvelope(envelope).payload);
    const { subject } = statement as { subject?: unknown };
    if (!Array.isArray(subject)) return [];
    return subject.flatMap((entry: { name?: unknown } | null) => (typeof entry?.name === 'string' ? [entry.name] : []));
  } catch (error) {
    if (error instanceof Failure || error instanceof TypeError) return [];
    throw error;
  }
}

function otherMember(entry: TarEntry | null, name: string, due: readonly string[]): Error {
  return entry === null || due.includes(entry.name)
    ? fail('MISSING', `not in the bundle: ${printable(name)}`)
    : fail('EXTRA', `not in the license, or not in its place: ${printable(entry.name)}`);
}

async function nextHeader(reader: Reader): Promise<TarEntry | null> {
  return parseTarHeader(await reader.exactly(blockBytes));
}

async function readPadding(reader: Reader, size: number): Promise<void> {
  checkZeros(await reader.exactly(paddedBytes(size) - size));
}

/** Takes bytes from the front of an input. Throws TRUNCATED when it ends before. */
interface Reader {
  /** The next bytes, copied. */
  exactly(length: number): Promise<Buffer>;
  /** The next bytes, at most a chunk at once. */
  pieces(length: number): AsyncGenerator<Buffer>;
  atEnd(): Promise<boolean>;
}

function createReader(input: AsyncIterable<Uint8Array>): Reader {
  const iterator = input[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);

  /** At least one byte is in `rest`, or the input has ended. */
  async function fill(): Promise<boolean> {
    while (rest.length === 0) {
      const { done, value } = await iterator.next();
      if (done === true) return false;
      rest = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    }
    return true;
  }

  async function* pieces(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0; ) {
      if (!(await fill())) throw truncatedTar();
      const piece = rest.subarray(0, Math.min(left, chunkBytes));
      rest = rest.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  return {
    pieces,
    async exactly(length) {
      const bytes = Buffer.allocUnsafe(length);
      let at = 0;
      for await (const piece of pieces(length)) at += piece.copy(bytes, at);
      return bytes;
    },
    atEnd: async () => !(await fill()),
  };
}
