import { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Circulating, jobThread } from '../../src/io/job-thread.ts';

/** A thread that answers a number with its double, throws at 0, and ends at 1. */
function doubling() {
  const thread = jobThread<number, number>(
    new Worker(
      `const { parentPort } = require('node:worker_threads');
      parentPort.on('message', (n) => {
        if (n === 0) throw new Error('zero');
        if (n === 1) process.exit(0);
        parentPort.postMessage(2 * n);
      });`,
      { eval: true },
    ),
  );
  onTestFinished(() => thread.close());
  return thread;
}

describe('a thread of jobs', () => {
  it('answers in order', async () => {
    const { run } = doubling();
    expect(await Promise.all([2, 3, 4].map((n) => run(n)))).toEqual([4, 6, 8]);
  });

  it.each([
    [0, 'zero'],
    [1, 'ended'],
  ])('fails all that wait, and all that follow, once it is gone: %d', async (last, message) => {
    const { run } = doubling();
    expect(await run(2)).toBe(4);
    const answers = await Promise.allSettled([last, 3].map((n) => run(n)));
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(run(4)).rejects.toThrow(message);
  });

  it('fails what waits when it is closed', async () => {
    const thread = doubling();
    const answer = thread.run(2);
    await thread.close();
    await expect(answer).rejects.toThrow('ended');
  });
});

describe('memory that goes round', () => {
  it('is taken in turns, each once it is back', async () => {
    const memory = new Circulating(2, 8);
    const first = await memory.take();
    let bring = (_: ArrayBuffer): void => {};
    memory.give(
      new Promise((resolve) => {
        bring = resolve;
      }),
    );
    const second = await memory.take();
    expect(second).not.toBe(first);
    memory.give(Promise.resolve(second));
    const third = memory.take();
    bring(first);
    expect(await third).toBe(first);
  });

  it('says where a piece was lost', async () => {
    const memory = new Circulating(1, 8);
    await memory.take();
    memory.give(Promise.reject(new Error('lost')));
    await expect(memory.all()).rejects.toThrow('lost');
    await expect(memory.take()).rejects.toThrow('lost');
  });
});
