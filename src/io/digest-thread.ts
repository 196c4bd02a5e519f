import type { Worker } from 'node:worker_threads';
import { createSha256 } from '../crypto/digest.ts';
import { chunkBytes, createChunkDigest } from '../release/chunks.ts';
import type { FileDigest, StartDigest } from '../release/digests.ts';
import { jobsOf } from './job-thread.ts';

export interface DigestThread {
  /** Digests the chunks of large files in a thread of their own, beside the whole file in this one. */
  readonly start: StartDigest;
  close(): Promise<void>;
}

/** Below it starting a thread costs more than it saves: 30 ms against 1 ms a chunk. */
const threadedBytes = 64 << 20;
/** Chunks under way to the thread and back. */
const slotCount = 4;

/** A chunk on its way to the thread. Its memory is handed over, not shared: copying into shared memory is slow, as it must not tear. */
interface Job {
  readonly memory: ArrayBuffer;
  readonly bytes: number;
}

/** The chunk's digest, and its memory back. */
interface Done {
  readonly memory: ArrayBuffer;
  readonly hex: string;
}

/** Starts its thread with the first large file. One file at a time. */
export function createDigestThread(largeBytes = threadedBytes): DigestThread {
  let worker: Worker | undefined;
  const free: ArrayBuffer[] = [];
  return {
    start(expectedBytes) {
      if (expectedBytes < largeBytes) return createChunkDigest();
      if (worker === undefined) {
        // Looked up only now: small bundles need none of it.
        const threads = process.getBuiltinModule('node:worker_threads');
        worker = new threads.Worker(`(${digestJobs.toString()})()`, { eval: true });
        for (let i = 0; i < slotCount; i++) free.push(new ArrayBuffer(chunkBytes));
      }
      return threadedDigest(worker, free);
    },
    async close() {
      await worker?.terminate();
    },
  };
}

/**
 * What the thread runs: digests come back in the order of the jobs. It is handed over as text, so that it needs no file of its own to be
 * found at run time, and must not name anything of this module.
 */
function digestJobs(): void {
  const { parentPort } = process.getBuiltinModule('node:worker_threads');
  const { createHash } = process.getBuiltinModule('node:crypto');
  parentPort?.on('message', ({ memory, bytes }: Job) => {
    const hex = createHash('sha256')
      .update(new Uint8Array(memory, 0, bytes))
      .digest('hex');
    parentPort.postMessage({ memory, hex } satisfies Done, [memory]);
  });
}

function threadedDigest(worker: Worker, free: ArrayBuffer[]): FileDigest {
  const whole = createSha256();
  const lines: string[] = [];
  let total = 0;
  let chunk = new Uint8Array(0);
  let inChunk = 0;
  const jobs = jobsOf<Job, Done>(worker, ({ memory, hex }) => {
    free.push(memory);
    lines.push(`${hex}\n`);
  });

  function post(): void {
    jobs.post({ memory: chunk.buffer, bytes: inChunk }, [chunk.buffer]);
    inChunk = 0;
  }

  return {
    async update(bytes) {
      total += bytes.length;
      for (let from = 0; from < bytes.length; ) {
        if (inChunk === 0) {
          await jobs.untilLeft(slotCount - 1);
          chunk = new Uint8Array(free.pop()!);
        }
        const to = Math.min(bytes.length, from + chunkBytes - inChunk);
        chunk.set(bytes.subarray(from, to), inChunk);
        inChunk += to - from;
        from = to;
        if (inChunk === chunkBytes) post();
      }
      // Last, so that the thread is at work meanwhile.
      whole.update(bytes);
    },
    async finish() {
      if (inChunk > 0) post();
      await jobs.untilLeft(0);
      jobs.leave();
      return { bytes: total, sha256: whole.hex(), chunks: lines.join('') };
    },
  };
}
