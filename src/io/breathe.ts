import type { Breathe } from '../base/steps.ts';

/** Milliseconds of work between two turns of the event loop: a person who interrupts waits no longer than a step and this. */
const turnMs = 50;

/** Let signals, timers and finished readings have their turn, when it is due. */
export function createBreathe(clock: () => number = () => performance.now()): Breathe {
  let due = clock() + turnMs;
  return () => {
    if (clock() < due) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        due = clock() + turnMs;
        resolve();
      });
    });
  };
}
