import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as Spools from '../../src/io/spool.ts';
import { createSpool } from '../../src/io/spool.ts';
import { createChunkDigest } from '../../src/release/chunks.ts';

// A thread runs a built file.
const built: typeof Spools = await import('../../dist/io/spool.js' as string);

const makers = [
  ['in this thread', () => createSpool(tmpdir())],
  ['in a thread of its own', () => built.createSpool(tmpdir(), Number.POSITIVE_INFINITY)],
] as const;

/** Lengths of the pieces of each file; some are longer than what is sealed at once. */
const files = fc.array(fc.array(fc.oneof(fc.nat(100), fc.integer({ min: 0, max: 2_500_000 })), { maxLength: 6 }), {
  minLength: 1,
  maxLength: 4,
});

describe.each(makers)('a spool that seals %s', (_, make) => {
  it('gives back every part of what was written, with the digests of each file', async () => {
    await fc.assert(
      fc.asyncProperty(
        files,
        fc.array(fc.tuple(fc.nat(), fc.nat(3_000_000)), { maxLength: 5 }),
        async (list, parts) => {
          const spool = await make();
          try {
            const written: Buffer[] = [];
            let fill = 0;
            for (const lengths of list) {
              const digest = createChunkDigest();
              spool.beginFile();
              for (const length of lengths) {
                const piece = Buffer.alloc(length, `piece ${fill++} `);
                written.push(Buffer.from(piece));
                digest.update(piece);
                await spool.write(piece);
                // Its memory is used again.
                piece.fill('#');
              }
              expect(await spool.endFile()).toEqual(digest.finish());
            }
            const whole = Buffer.concat(written);
            expect(spool.size).toBe(whole.length);
            for (const [at, length] of parts) {
              const from = at % (whole.length + 1);
              expect((await spool.read(from, length)).equals(whole.subarray(from, from + length))).toBe(true);
            }
            const stream = spool.open();
            const all = Buffer.alloc(whole.length + 1);
            let read = 0;
            for (let more = 1; more > 0; read += more) more = await stream.read(all, read, all.length - read);
            expect(all.subarray(0, read).equals(whole)).toBe(true);
            await stream.close();
          } finally {
            await spool.close();
          }
        },
      ),
      { numRuns: 15, seed: 1 },
    );
  });

  it.runIf(process.platform === 'linux')('leaves on the disk no name and nothing that can be read', async () => {
    const spool = await make();
    try {
      await spool.write(Buffer.alloc(3_000_000, 'secret '));
      await spool.read(0, 1);
      const fd = readdirSync('/proc/self/fd').find((name) => targetOf(name).includes('.anon-spool-'))!;
      expect(targetOf(fd)).toMatch(/ \(deleted\)$/);
      const bytes = readFileSync(`/proc/self/fd/${fd}`);
      expect(bytes).toHaveLength(3_000_000);
      expect(bytes.includes('secret')).toBe(false);
    } finally {
      await spool.close();
    }
  });
});

function targetOf(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    // The one with which the folder was read.
    return '';
  }
}
