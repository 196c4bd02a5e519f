import { parentPort } from 'node:worker_threads';
import { type CountsState, memoryOf, RecordCounts } from '../table/record-counts.ts';

/** What a thread of `createCountThread` is asked for. */
export type CountJob =
  /** Go on from these counts. */
  | { readonly kind: 'take'; readonly counts: CountsState }
  /** Count records: their tuples, then a column for each sensitive field, one behind the other. */
  | { readonly kind: 'count'; readonly records: number; readonly memory: ArrayBuffer }
  /** Hand the counts back. */
  | { readonly kind: 'give' };

/** The memory of what was counted, or the counts. */
export interface CountAnswer {
  readonly memory?: ArrayBuffer;
  readonly counts?: CountsState;
}

let counts: RecordCounts | undefined;

parentPort?.on('message', (job: CountJob) => {
  switch (job.kind) {
    case 'take':
      counts = RecordCounts.of(job.counts);
      return answer({});
    case 'count': {
      const { records, memory } = job;
      const { width } = counts!.tuples;
      counts!.add({
        records,
        tuples: new Int32Array(memory, 0, records * width),
        sensitive: counts!.pairs.map((_, s) => new Int32Array(memory, 4 * records * (width + s), records)),
      });
      return answer({ memory }, [memory]);
    }
    case 'give': {
      const state = counts!.state();
      return answer({ counts: state }, memoryOf(state));
    }
  }
});

function answer(message: CountAnswer, memory: ArrayBuffer[] = []): void {
  parentPort!.postMessage(message, memory);
}
