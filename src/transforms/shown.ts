import { z } from 'zod';

/** How many characters stay at either end, for techniques that hide characters. */
export interface Shown {
  readonly 'keep-first': number;
  readonly 'keep-last': number;
}

export const shownOptions = {
  'keep-first': z.int().min(0).default(0).describe('Characters to keep at the beginning.'),
  'keep-last': z.int().min(0).default(0).describe('Characters to keep at the end.'),
};

/** Of `total` countable characters, 1 to `first` and those behind `last` are shown; none where more than half would be. */
export function shown(options: Shown, total: number): { first: number; last: number } {
  const first = options['keep-first'];
  const last = options['keep-last'];
  return 2 * (first + last) > total ? { first: 0, last: total } : { first, last: total - last };
}
