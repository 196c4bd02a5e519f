import { expect, it } from 'vitest';
import { finished, paced, type Steps } from '../../src/base/steps.ts';
import { createBreathe } from '../../src/io/breathe.ts';

function* three(seen: number[]): Steps<string> {
  for (let i = 0; i < 3; i++) {
    seen.push(i);
    yield;
  }
  return 'done';
}

it('are done at once, or with pauses between them, to the same end', async () => {
  const atOnce: number[] = [];
  expect(finished(three(atOnce))).toBe('done');
  const order: number[] = [];
  const breathe = () => Promise.resolve().then(() => void order.push(-1));
  expect(await paced(three(order), breathe)).toBe('done');
  expect(order).toEqual([0, -1, 1, -1, 2, -1]);
  expect(atOnce).toEqual([0, 1, 2]);
});

it('let the event loop turn once they have taken their time, and not before', async () => {
  let now = 0;
  const breathe = createBreathe(() => now);
  now = 49;
  expect(breathe()).toBeUndefined();
  now = 50;
  let turned = false;
  setImmediate(() => {
    turned = true;
  });
  await breathe();
  expect(turned).toBe(true);
  expect(breathe()).toBeUndefined();
});
