import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chunkBytes,
  chunkListBytes,
  createChunkDigest,
  parseChunkList,
  verifiedChunks,
} from '../../src/release/chunks.ts';

const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const large = Buffer.alloc(2 * chunkBytes + 77, 'anon');
const sizes = [0, 1, chunkBytes - 1, chunkBytes, chunkBytes + 1, 2 * chunkBytes, large.length];

function digestOf(bytes: Buffer, cuts: readonly number[] = []) {
  const digest = createChunkDigest();
  for (const piece of pieces(bytes, cuts)) digest.update(piece);
  return digest.finish();
}

function pieces(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
}

async function* stream(bytes: Buffer, cuts: readonly number[] = []): AsyncGenerator<Buffer> {
  yield* pieces(bytes, cuts);
}

async function collect(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}

describe('createChunkDigest', () => {
  it.each(sizes)('digests %d bytes as sha256sum of each MiB would', (size) => {
    const bytes = large.subarray(0, size);
    const lines: string[] = [];
    for (let at = 0; at < size; at += chunkBytes) lines.push(`${sha(bytes.subarray(at, at + chunkBytes))}\n`);
    const facts = digestOf(bytes);
    expect(facts).toEqual({ bytes: size, sha256: sha(bytes), chunks: lines.join('') });
    expect(facts.chunks).toHaveLength(chunkListBytes(size));
  });

  it('does not depend on how the bytes come', () => {
    const whole = digestOf(large);
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 5 }), (cuts) => {
        expect(digestOf(large, cuts)).toEqual(whole);
      }),
      { seed: 1, numRuns: 15 },
    );
  });
});

describe('parseChunkList', () => {
  const list = digestOf(large).chunks;

  it('reads what createChunkDigest writes', () => {
    expect(parseChunkList(Buffer.from(list), large.length)).toEqual(list.trimEnd().split('\n'));
    expect(parseChunkList(Buffer.alloc(0), 0)).toEqual([]);
  });

  it.each([
    ['a line too few', list.slice(65)],
    ['a line too many', list + list.slice(65)],
    ['capitals', list.toUpperCase()],
    ['other line ends', list.replaceAll('\n', '\r')],
    ['no last line end', `${list.slice(0, -1)} `],
    ['a line end inside', `\n${list.slice(0, -1)}`],
  ])('refuses %s', (_, text) => {
    expect(() => parseChunkList(Buffer.from(text), large.length)).toThrow(expect.objectContaining({ code: 'CHUNK' }));
  });
});

describe('verifiedChunks', () => {
  const digestsOf = (bytes: Buffer) => parseChunkList(Buffer.from(digestOf(bytes).chunks), bytes.length);

  it.each(sizes)('passes on %d good bytes', async (size) => {
    const bytes = large.subarray(0, size);
    const passed = await collect(verifiedChunks(stream(bytes, [1000, 1_500_000]), size, digestsOf(bytes)));
    expect(passed.equals(bytes)).toBe(true);
  });

  it('passes on nothing of a chunk that differs, and all before it', async () => {
    const broken = Buffer.from(large);
    broken[chunkBytes + 5]! ^= 1;
    const passed: Buffer[] = [];
    const run = async () => {
      for await (const chunk of verifiedChunks(stream(broken), large.length, digestsOf(large))) passed.push(chunk);
    };
    await expect(run()).rejects.toMatchObject({ code: 'CHUNK' });
    expect(Buffer.concat(passed).equals(large.subarray(0, chunkBytes))).toBe(true);
  });

  it.each([0, 1, chunkBytes, large.length - 1])('finds an end after %d bytes', async (size) => {
    const run = collect(verifiedChunks(stream(large.subarray(0, size)), large.length, digestsOf(large)));
    await expect(run).rejects.toMatchObject({ code: 'TRUNCATED' });
  });

  it('finds a byte too many', async () => {
    for (const size of [0, chunkBytes]) {
      const bytes = large.subarray(0, size);
      const run = collect(verifiedChunks(stream(large.subarray(0, size + 1)), size, digestsOf(bytes)));
      await expect(run).rejects.toMatchObject({ code: 'CHUNK' });
    }
  });
});
