import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { type Coded, type Counting, type CountsState, memoryOf, RecordCounts } from '../table/record-counts.ts';
import type { CountAnswer, CountJob } from './count-worker.ts';
import { type Jobs, jobsOf } from './job-thread.ts';

export interface CountThread extends Counting {
  close(): Promise<void>;
}

/** So many are counted in 50 ms; below, starting a thread costs more than it saves. Where there is one core only, it never does. */
const threadedRecords = availableParallelism() > 1 ? 250_000 : Number.POSITIVE_INFINITY;
/** Batches under way to the thread and back. */
const slotCount = 32;

/** Counts the first records here, and the others in a thread that takes over. */
export function createCountThread(width: number, sensitiveFields: number, firstRecords = threadedRecords): CountThread {
  let counts = RecordCounts.none(width, sensitiveFields);
  let worker: Worker | undefined;
  let jobs: Jobs<CountJob> | undefined;
  let given: CountsState | undefined;
  const free: ArrayBuffer[] = [];

  async function handOver(): Promise<Jobs<CountJob>> {
    const { Worker } = await import('node:worker_threads');
    worker = new Worker(new URL('../io/count-worker.js', import.meta.url));
    const started = jobsOf<CountJob, CountAnswer>(worker, (answer) => {
      if ('memory' in answer) free.push(answer.memory);
      if ('counts' in answer) given = answer.counts;
    });
    const state = counts.state();
    started.post({ kind: 'take', counts: state }, memoryOf(state));
    return started;
  }

  async function post(coded: Coded): Promise<void> {
    jobs ??= await handOver();
    await jobs.untilLeft(slotCount - 1);
    const memory = copied(coded, width, free.pop());
    jobs.post({ kind: 'count', records: coded.records, memory }, [memory]);
  }

  return {
    add(coded) {
      if (counts.records >= firstRecords) return post(coded);
      counts.add(coded);
      return undefined;
    },
    async finish() {
      if (jobs === undefined) return counts;
      jobs.post({ kind: 'give' }, []);
      await jobs.untilLeft(0);
      counts = RecordCounts.of(given!);
      return counts;
    },
    async close() {
      await worker?.terminate();
    },
  };
}

/** Tuples and sensitive columns one behind the other, in `memory` if there is enough of it. */
function copied({ records, tuples, sensitive }: Coded, width: number, memory: ArrayBuffer | undefined): ArrayBuffer {
  const bytes = 4 * records * (width + sensitive.length);
  const target = memory !== undefined && memory.byteLength >= bytes ? memory : new ArrayBuffer(2 * bytes);
  const codes = new Int32Array(target);
  codes.set(tuples.subarray(0, records * width));
  for (const [s, column] of sensitive.entries()) codes.set(column.subarray(0, records), records * (width + s));
  return target;
}
