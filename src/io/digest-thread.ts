import { availableParallelism } from 'node:os';
import { createSha256 } from '../crypto/digest.ts';
import { chunkBytes, createChunkDigest } from '../release/chunks.ts';
import type { FileDigest, StartDigest } from '../release/digests.ts';
import { Circulating, type JobThread, jobThread } from './job-thread.ts';

export interface DigestThread {
  /** Digests the chunks of large files in a thread of their own, beside the whole file in this one. */
  readonly start: StartDigest;
  close(): Promise<void>;
}

/** Below it starting a thread costs more than it saves: 30 ms against 1 ms a chunk. Where there is one core only, it never does. */
const threadedBytes = availableParallelism() > 1 ? 64 << 20 : Number.POSITIVE_INFINITY;
/** Chunks under way. */
const chunksUnderWay = 4;

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
  let thread: JobThread<Job, Done> | undefined;
  return {
    start(expectedBytes) {
      if (expectedBytes < largeBytes) return createChunkDigest();
      thread ??= startThread();
      return threadedDigest(thread);
    },
    async close() {
      await thread?.close();
    },
  };
}

function startThread(): JobThread<Job, Done> {
  // Looked up only now: small bundles need none of it.
  const { Worker } = process.getBuiltinModule('node:worker_threads');
  return jobThread(new Worker(`(${digestJobs.toString()})()`, { eval: true }));
}

/**
 * What the thread runs. It is handed over as text, so that it needs no file of its own to be found at run time, and must not name anything
 * of this module.
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

function threadedDigest(thread: JobThread<Job, Done>): FileDigest {
  const whole = createSha256();
  const lines: string[] = [];
  const chunks = new Circulating(chunksUnderWay, chunkBytes);
  let total = 0;
  let chunk = new Uint8Array(0);
  let inChunk = 0;

  function post(): void {
    const answer = thread.run({ memory: chunk.buffer, bytes: inChunk }, [chunk.buffer]);
    chunks.give(
      answer.then(({ memory, hex }) => {
        lines.push(`${hex}\n`);
        return memory;
      }),
    );
    inChunk = 0;
  }

  return {
    async update(bytes) {
      total += bytes.length;
      for (let from = 0; from < bytes.length; ) {
        if (inChunk === 0) chunk = new Uint8Array(await chunks.take());
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
      await chunks.all();
      return { bytes: total, sha256: whole.hex(), chunks: lines.join('') };
    },
  };
}
