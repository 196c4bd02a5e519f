import { expect, test } from 'vitest';
import { formatInstant } from '../../../src/base/time.ts';
import { duties } from '../../../src/license/constraints/duties.ts';
import { now, plain, refusals, stated } from '../fixtures.ts';

test('duties are left to law', () => {
  const terms = {
    duties: [{ reportBreach: 'P3D' }, { attribute: 'A' }, { permitAudit: true as const }, { reportUsage: 'P1M' }],
  };
  const outcomes = duties.decide(terms, stated({}), plain);
  expect(outcomes.map(({ term }) => term)).toEqual([
    'duties.reportBreach',
    'duties.attribute',
    'duties.permitAudit',
    'duties.reportUsage',
  ]);
  for (const outcome of outcomes) expect(outcome).toMatchObject({ basis: 'legal', status: 'pass' });
});

test('data that had to be deleted cannot be used any more', () => {
  const deleteBy = (seconds: number) => ({ duties: [{ deleteBy: formatInstant(now + seconds * 1000) }] });
  expect(refusals(deleteBy(1), {})).toEqual([]);
  expect(refusals(deleteBy(0), {})).toEqual(['duties.deleteBy EXPIRED']);
  expect(refusals(deleteBy(-1), {})).toEqual(['duties.deleteBy EXPIRED']);
});

test('two lists make no longer one than a license may have', () => {
  const list = (from: number, to: number) => ({
    duties: Array.from({ length: to - from }, (_, i) => ({ attribute: `A${from + i}` })),
  });
  expect(duties.narrow(list(0, 30), list(20, 50))).toMatchObject({ terms: { duties: { length: 50 } } });
  expect(duties.narrow(list(0, 30), list(20, 51))).toMatchObject({ conflict: 'duties' });
  expect(duties.members.duties.safeParse(list(0, 50).duties).success).toBe(true);
  expect(duties.members.duties.safeParse(list(0, 51).duties).success).toBe(false);
});
