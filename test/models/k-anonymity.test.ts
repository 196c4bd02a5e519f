import { describe, expect, it } from 'vitest';
import { kAnonymity } from '../../src/models/k-anonymity.ts';
import { bound, tableOf } from './table.ts';

describe('k-anonymity', () => {
  const table = tableOf([
    ['a', 'a'],
    ['a', 'a', 'a'],
    ['a', 'a', 'a', 'a'],
  ]);
  const criterion = bound(kAnonymity, { k: 3 }, table);

  it('is satisfied by classes of k individuals or more', () => {
    expect([0, 1, 2].map((c) => criterion.satisfied(c))).toEqual([false, true, true]);
    expect(criterion.measure([1, 2])).toEqual({ k: 3 });
    expect(criterion.measure([])).toEqual({ k: 0 });
  });

  it.each([1, 0, 2.5, '3'])('takes no k of %s', (k) => {
    expect(kAnonymity.options.safeParse({ k }).success).toBe(false);
  });
});
