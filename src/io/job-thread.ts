import type { Worker } from 'node:worker_threads';

/** A thread that does one job after the other. It keeps the process alive only while a job is under way. */
export interface JobThread<Job, Done> {
  /** Hands `memory` over with the job. Rejects with what the thread has thrown. */
  run(job: Job, memory?: readonly ArrayBuffer[]): Promise<Done>;
  close(): Promise<void>;
}

interface Waiting<Done> {
  resolve(answer: Done): void;
  reject(error: Error): void;
}

/** The worker must answer each message with one. */
export function jobThread<Job, Done>(worker: Worker): JobThread<Job, Done> {
  const waiting: Waiting<Done>[] = [];
  let failure: Error | undefined;
  worker.unref();
  worker.on('message', (answer: Done) => {
    // An error may overtake the answers before it.
    const first = waiting.shift();
    if (waiting.length === 0) worker.unref();
    first?.resolve(answer);
  });
  const end = (error: Error): void => {
    failure ??= error;
    for (const { reject } of waiting.splice(0)) reject(failure);
  };
  worker.on('error', end);
  worker.on('exit', () => end(new Error('the thread has ended')));
  return {
    run(job, memory = []) {
      if (failure !== undefined) return Promise.reject(failure);
      const answer = new Promise<Done>((resolve, reject) => waiting.push({ resolve, reject }));
      // It is thrown to whoever waits for the answer, who may come later.
      answer.catch(() => {});
      worker.ref();
      worker.postMessage(job, memory);
      return answer;
    },
    async close() {
      await worker.terminate();
    },
  };
}

/** Memory that goes to a thread and comes back; each piece is taken once it is there again. */
export class Circulating {
  readonly #pieces: Promise<ArrayBuffer>[];

  constructor(count: number, bytes: number) {
    this.#pieces = Array.from({ length: count }, async () => new ArrayBuffer(bytes));
  }

  take(): Promise<ArrayBuffer> {
    return this.#pieces.shift()!;
  }

  /** In place of a piece that was taken. */
  give(piece: Promise<ArrayBuffer>): void {
    piece.catch(() => {});
    this.#pieces.push(piece);
  }

  /** Until all are back. */
  async all(): Promise<void> {
    await Promise.all(this.#pieces);
  }
}
