import type { Worker } from 'node:worker_threads';

/** Jobs that go to a thread and come back done, in order. */
export interface Jobs<Job> {
  /** Hands `memory` over with the job. */
  post(job: Job, memory: ArrayBuffer[]): void;
  /** Until at most so many jobs are under way. Throws what the thread has thrown. */
  untilLeft(count: number): Promise<void>;
  /** Listen no longer. */
  leave(): void;
}

/** Calls `done` with each answer of the thread. A thread that is not waited for does not keep the process alive. */
export function jobsOf<Job, Done>(worker: Worker, done: (answer: Done) => void): Jobs<Job> {
  let underWay = 0;
  let failure: Error | undefined;
  let wake = (): void => {};
  const onMessage = (answer: Done): void => {
    underWay--;
    done(answer);
    wake();
  };
  const onError = (error: Error): void => {
    failure = error;
    wake();
  };
  worker.unref();
  worker.on('message', onMessage);
  worker.on('error', onError);
  return {
    post(job, memory) {
      worker.postMessage(job, memory);
      underWay++;
    },
    async untilLeft(count) {
      worker.ref();
      while (underWay > count && failure === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      worker.unref();
      if (failure !== undefined) throw failure;
    },
    leave() {
      worker.off('message', onMessage);
      worker.off('error', onError);
    },
  };
}
