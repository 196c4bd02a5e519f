import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSpool } from '../../src/io/spool.ts';

/** Lengths; some are longer than what is encrypted at once. */
const pieces = fc.array(fc.oneof(fc.nat(100), fc.integer({ min: 0, max: 2_500_000 })), { maxLength: 12 });

describe('a spool', () => {
  it('gives back every part of what was written', async () => {
    await fc.assert(
      fc.asyncProperty(
        pieces,
        fc.array(fc.tuple(fc.nat(), fc.nat(3_000_000)), { maxLength: 5 }),
        async (lengths, parts) => {
          const spool = await createSpool(tmpdir());
          try {
            const written: Buffer[] = [];
            for (const [i, length] of lengths.entries()) {
              const piece = Buffer.alloc(length, `piece ${i} `);
              written.push(Buffer.from(piece));
              await spool.write(piece);
              // Its memory is used again.
              piece.fill('#');
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
    const spool = await createSpool(tmpdir());
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
