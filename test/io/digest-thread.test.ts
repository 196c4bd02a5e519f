import { describe, expect, it, onTestFinished } from 'vitest';
import { createDigestThread } from '../../src/io/digest-thread.ts';
import { chunkBytes, createChunkDigest } from '../../src/release/chunks.ts';

function thread(largeBytes: number) {
  const made = createDigestThread(largeBytes);
  onTestFinished(() => made.close());
  return made;
}

async function facts(digest: ReturnType<ReturnType<typeof thread>['start']>, bytes: Buffer, size: number) {
  // The memory of a piece is used again, as that of a file's reader is.
  const piece = Buffer.alloc(size);
  for (let at = 0; at < bytes.length; at += size) {
    const length = bytes.copy(piece, 0, at, at + size);
    await digest.update(piece.subarray(0, length));
    piece.fill(0xff);
  }
  return digest.finish();
}

describe('a digest beside', () => {
  it('is that of one thread, whatever pieces come', async () => {
    const { start } = thread(1);
    for (const length of [0, 1, chunkBytes, chunkBytes + 1, 9 * chunkBytes + 17]) {
      const bytes = Buffer.alloc(length, 'some text of a length that is no power, ');
      const plain = createChunkDigest();
      plain.update(bytes);
      const expected = plain.finish();
      for (const size of [65_536, chunkBytes, chunkBytes + 3, 3 * chunkBytes]) {
        expect(await facts(start(length), bytes, size)).toEqual(expected);
      }
    }
  });

  it('takes no thread for small files', async () => {
    const { start } = thread(100);
    expect(start(99).update(Buffer.from('x'))).toBeUndefined();
    expect(start(100).update(Buffer.from('x'))).toBeInstanceOf(Promise);
  });
});
