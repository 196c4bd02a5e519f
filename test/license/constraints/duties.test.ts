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
