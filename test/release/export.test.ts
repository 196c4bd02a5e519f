import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { memoryBundle } from '../../src/release/bundle-source.ts';
import { chunkBytes } from '../../src/release/chunks.ts';
import { checkDigests } from '../../src/release/digests.ts';
import { checkedChunks, chooseFile, chooseFiles, isExport, readChunkList } from '../../src/release/export.ts';
import { sampleBundle, statementOf } from './sample.ts';

const bytes = Buffer.alloc(2 * chunkBytes + 5000, 'some text, ');
const bundle = sampleBundle(
  new Map([
    ['data/large.csv', bytes],
    ['data/small.csv', Buffer.from('a\n')],
    ['data/empty.csv', Buffer.alloc(0)],
  ]),
);
const statement = statementOf(bundle);
const source = memoryBundle(bundle);
const [empty, large, small] = ['empty', 'large', 'small'].map((name) => chooseFile(statement, `${name}.csv`));

async function* inPieces(data: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < data.length; at += size) yield data.subarray(at, at + size);
}

/** What is released of `data` in the place of the file, and what stopped it. */
async function released(data: Buffer, size: number, file = large!): Promise<{ bytes: Buffer; code: string | null }> {
  const parts: Buffer[] = [];
  try {
    const list = await readChunkList(source, statement, file);
    for await (const chunk of checkedChunks(inPieces(data, size), file, list)) parts.push(Buffer.from(chunk));
    return { bytes: Buffer.concat(parts), code: null };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { bytes: Buffer.concat(parts), code: error.code };
  }
}

describe('checkedChunks', () => {
  it.each([1000, chunkBytes - 1, chunkBytes, chunkBytes + 1, 3 * chunkBytes])(
    'passes a file on in pieces of %d',
    async (size) => {
      const all = await released(bytes, size);
      expect(all.code).toBeNull();
      expect(all.bytes.equals(bytes)).toBe(true);
    },
  );

  it.each([0, chunkBytes - 1, chunkBytes, 2 * chunkBytes, bytes.length - 1])(
    'stops before the chunk in which byte %d is another',
    async (at) => {
      const broken = Buffer.from(bytes);
      broken[at]! ^= 1;
      const some = await released(broken, 70_000);
      expect(some.code).toBe('CHUNK');
      expect(some.bytes.equals(bytes.subarray(0, at - (at % chunkBytes)))).toBe(true);
    },
  );

  it.each([0, 1, chunkBytes, chunkBytes + 1, bytes.length - 1])('refuses a file that ends at %d bytes', async (end) => {
    const some = await released(bytes.subarray(0, end), 70_000);
    expect(some.code).toBe('TRUNCATED');
    expect(some.bytes.length).toBe(end - (end % chunkBytes));
  });

  it('refuses a file that goes on, and releases nothing of an empty one that is not', async () => {
    expect(await released(Buffer.concat([bytes, Buffer.from('x')]), 70_000)).toMatchObject({ code: 'CHUNK' });
    expect(await released(Buffer.from('x'), 10, empty)).toEqual({ code: 'CHUNK', bytes: Buffer.alloc(0) });
    expect(await released(Buffer.alloc(0), 10, empty)).toEqual({ code: null, bytes: Buffer.alloc(0) });
    expect(await released(Buffer.from('a\nb'), 10, small)).toEqual({ code: 'CHUNK', bytes: Buffer.alloc(0) });
  });
});

describe('a chunk list', () => {
  it('is refused when it is not the signed one', async () => {
    const list = Buffer.from(bundle.get(large!.chunks)!);
    list[0] = list[0] === 0x30 ? 0x31 : 0x30;
    const other = memoryBundle(new Map([...bundle, [large!.chunks, list]]));
    await expect(readChunkList(other, statement, large!)).rejects.toMatchObject({ code: 'DIGEST' });
    const longer = memoryBundle(new Map([...bundle, [large!.chunks, Buffer.alloc(1000)]]));
    await expect(readChunkList(longer, statement, large!)).rejects.toMatchObject({ code: 'LIMIT' });
  });
});

describe('the files that are wanted', () => {
  it('are all, or one with or without its folder', () => {
    expect(chooseFiles(statement, undefined)).toEqual(statement.predicate.files);
    expect(chooseFiles(statement, 'data/small.csv')).toEqual([small]);
    expect(chooseFiles(statement, 'small.csv')).toEqual([small]);
  });

  it('must be one for a stream, and be there', () => {
    const refused = expect.objectContaining({ code: 'USAGE' });
    expect(() => chooseFile(statement, undefined)).toThrow(refused);
    expect(() => chooseFiles(statement, 'SMALL.csv')).toThrow(refused);
    expect(() => chooseFiles(statement, 'report.json')).toThrow(refused);
  });
});

describe('a directory', () => {
  it.each([
    [['LICENSE.md', 'data', 'license.intoto.json'], true],
    [['data', 'license.intoto.json'], true],
    [['LICENSE.md', 'data'], false],
    [['LICENSE.md', 'data', 'license.intoto.json', 'datapackage.json', 'report.json'], false],
    [['LICENSE.md', 'data', 'license.intoto.json', 'notes.txt'], false],
    [[], false],
  ])('of %j is an export: %s', (names, expected) => expect(isExport(names)).toBe(expected));
});

describe('checkDigests', () => {
  const check = (files: ReadonlyMap<string, Buffer>) => checkDigests(statement, memoryBundle(files));

  it('passes on what it digests', async () => {
    const copied = new Map<string, Buffer>();
    await checkDigests(statement, source, {
      async copy(name, pieces) {
        const parts: Buffer[] = [];
        for await (const piece of pieces) parts.push(piece);
        copied.set(name, Buffer.concat(parts));
      },
    });
    expect(copied.size).toBe(bundle.size - 1);
    for (const [name, found] of copied) expect(found.equals(bundle.get(name)!), name).toBe(true);
  });

  it('does not read metadata without end', async () => {
    await expect(check(new Map([...bundle, ['report.json', Buffer.alloc((64 << 20) + 1)]]))).rejects.toMatchObject({
      code: 'LIMIT',
    });
  });

  it('stops what takes the bytes along when they are not the signed ones', async () => {
    const files = memoryBundle(new Map([...bundle, [small!.name, Buffer.from('bcd')]]));
    const taken: string[] = [];
    const copy = async (name: string, pieces: AsyncIterable<Buffer>) => {
      for await (const _ of pieces);
      taken.push(name);
    };
    await expect(checkDigests(statement, files, { copy })).rejects.toMatchObject({ code: 'DIGEST' });
    expect(taken).not.toContain(small!.name);
  });
});
