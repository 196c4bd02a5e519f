import { parentPort } from 'node:worker_threads';
import { type CountsState, memoryOf, RecordCounts } from '../table/record-counts.ts';

/** Go on from these counts. */
export interface Take {
  readonly kind: 'take';
  readonly counts: CountsState;
}

/** Count records: their tuples, then a column for each sensitive field, one behind the other. */
export interface Count {
  readonly kind: 'count';
  readonly records: number;
  readonly memory: ArrayBuffer;
}

/** Hand the counts back. */
export interface Give {
  readonly kind: 'give';
}

export type CountJob = Take | Count | Give;
/** The memory of what was counted, to be used again, or the counts. */
export type CountAnswer = { readonly memory: ArrayBuffer } | { readonly counts: CountsState } | Record<string, never>;

/** What a thread of `createCountThread` runs. */
let counts: RecordCounts | undefined;

parentPort?.on('message', (job: CountJob) => {
  switch (job.kind) {
    case 'take':
      counts = RecordCounts.of(job.counts);
      answer({});
      break;
    case 'count': {
      const { records, memory } = job;
      const { width } = counts!.tuples;
      counts!.add({
        records,
        tuples: new Int32Array(memory, 0, records * width),
        sensitive: counts!.pairs.map((_, s) => new Int32Array(memory, 4 * records * (width + s), records)),
      });
      answer({ memory }, [memory]);
      break;
    }
    case 'give': {
      const state = counts!.state();
      answer({ counts: state }, memoryOf(state));
    }
  }
});

function answer(message: CountAnswer, memory: ArrayBuffer[] = []): void {
  parentPort!.postMessage(message, memory);
}
