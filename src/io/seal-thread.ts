import { Worker } from 'node:worker_threads';
import { Circulating, jobThread } from './job-thread.ts';
import { type Put, type Seal, sealedBytes } from './seal.ts';
import type { SealAnswer, SealJob } from './seal-worker.ts';

/** Pieces under way to the thread, back and into the file. */
const piecesUnderWay = 6;

/** Seals in a thread of its own. */
export function createSealThread(key: Uint8Array, put: Put): Seal {
  const thread = jobThread<SealJob, SealAnswer>(new Worker(new URL('../io/seal-worker.js', import.meta.url)));
  const pieces = new Circulating(piecesUnderWay, sealedBytes);
  let piece: Uint8Array<ArrayBuffer> | undefined;
  let filled = 0;
  let pending = Promise.resolve();
  // Where one of these fails, the next does.
  thread.run({ kind: 'key', key });

  function post(): void {
    if (piece === undefined || filled === 0) return;
    const bytes = filled;
    const answer = thread.run({ kind: 'seal', memory: piece.buffer, bytes }, [piece.buffer]);
    const before = pending;
    const back = (async () => {
      const { memory } = await answer;
      // One behind the other.
      await before;
      await put(new Uint8Array(memory!, 0, bytes));
      return memory!;
    })();
    pieces.give(back);
    pending = back.then(() => {});
    pending.catch(() => {});
    piece = undefined;
    filled = 0;
  }

  return {
    async write(bytes) {
      for (let from = 0; from < bytes.length; ) {
        piece ??= new Uint8Array(await pieces.take());
        const to = Math.min(bytes.length, from + sealedBytes - filled);
        piece.set(bytes.subarray(from, to), filled);
        filled += to - from;
        from = to;
        if (filled === sealedBytes) post();
      }
    },
    beginFile() {
      post();
      thread.run({ kind: 'begin-file' });
    },
    async endFile() {
      post();
      const { facts } = await thread.run({ kind: 'end-file' });
      return facts!;
    },
    async flush() {
      post();
      await pending;
    },
    close: () => thread.close(),
  };
}
