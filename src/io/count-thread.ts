import { availableParallelism } from 'node:os';
import { type Coded, type Counting, memoryOf, RecordCounts } from '../table/record-counts.ts';
import type { CountAnswer, CountJob } from './count-worker.ts';
import { Circulating, type JobThread, jobThread } from './job-thread.ts';

export interface CountThread extends Counting {
  close(): Promise<void>;
}

/** So many are counted in 50 ms; below, starting a thread costs more than it saves. Where there is one core only, it never does. */
const threadedRecords = availableParallelism() > 1 ? 250_000 : Number.POSITIVE_INFINITY;
/** Batches under way: enough to go on while a table of the thread grows. */
const batchesUnderWay = 32;

/** Counts the first records here, and the others in a thread that takes over. */
export function createCountThread(width: number, sensitiveFields: number, firstRecords = threadedRecords): CountThread {
  const counts = RecordCounts.none(width, sensitiveFields);
  const batches = new Circulating(batchesUnderWay, 0);
  let thread: JobThread<CountJob, CountAnswer> | undefined;

  async function handOver(): Promise<NonNullable<typeof thread>> {
    const { Worker } = await import('node:worker_threads');
    const started = jobThread<CountJob, CountAnswer>(new Worker(new URL('../io/count-worker.js', import.meta.url)));
    const state = counts.state();
    batches.give(started.run({ kind: 'take', counts: state }, memoryOf(state)).then(() => new ArrayBuffer(0)));
    return started;
  }

  async function post(coded: Coded): Promise<void> {
    thread ??= await handOver();
    const memory = copied(coded, width, await batches.take());
    const answer = thread.run({ kind: 'count', records: coded.records, memory }, [memory]);
    batches.give(answer.then((back) => back.memory!));
  }

  return {
    add(coded) {
      if (counts.records >= firstRecords) return post(coded);
      counts.add(coded);
      return undefined;
    },
    async finish() {
      if (thread === undefined) return counts;
      await batches.all();
      const given = await thread.run({ kind: 'give' });
      return RecordCounts.of(given.counts!);
    },
    async close() {
      await thread?.close();
    },
  };
}

/** Tuples and sensitive columns one behind the other, in `memory` if there is enough of it. */
function copied({ records, tuples, sensitive }: Coded, width: number, memory: ArrayBuffer): ArrayBuffer {
  const bytes = 4 * records * (width + sensitive.length);
  const target = memory.byteLength >= bytes ? memory : new ArrayBuffer(2 * bytes);
  const codes = new Int32Array(target);
  codes.set(tuples.subarray(0, records * width));
  for (const [s, column] of sensitive.entries()) codes.set(column.subarray(0, records), records * (width + s));
  return target;
}
