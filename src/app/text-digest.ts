import { createSha256 } from '../crypto/digest.ts';
import type { InputFiles } from '../engine/input-files.ts';

const LF = 0x0a;

/**
 * SHA-256 of the text of a table: that of its first file, behind it those of the others without their heads, each on a line of its own.
 * So it is the same however the records are divided into files, compressed and encoded, as is what is drawn for them.
 */
export async function textDigest({ all }: InputFiles): Promise<Buffer> {
  const hash = createSha256();
  const block = Buffer.allocUnsafe(1 << 20);
  let last = LF;
  for (const [index, { source, opened }] of all.entries()) {
    const stream = await source.open();
    let first = true;
    let skip = index === 0 ? 0 : opened.inputHead.length;
    try {
      for (;;) {
        const read = await stream.read(block, 0, block.length);
        if (read === 0) break;
        const text = block.subarray(Math.min(skip, read), read);
        skip = Math.max(0, skip - read);
        if (text.length === 0) continue;
        if (first && last !== LF) hash.update(Buffer.of(LF));
        first = false;
        hash.update(text);
        last = text.at(-1)!;
      }
    } finally {
      await stream.close();
    }
  }
  return hash.digest();
}
