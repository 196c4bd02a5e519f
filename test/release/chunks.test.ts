import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkBytes, createChunkDigest } from '../../src/release/chunks.ts';

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

describe('createChunkDigest', () => {
  it.each(sizes)('digests %d bytes as sha256sum of each MiB would', (size) => {
    const bytes = large.subarray(0, size);
    const lines: string[] = [];
    for (let at = 0; at < size; at += chunkBytes) lines.push(`${sha(bytes.subarray(at, at + chunkBytes))}\n`);
    const facts = digestOf(bytes);
    expect(facts).toEqual({ bytes: size, sha256: sha(bytes), chunks: lines.join('') });
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
