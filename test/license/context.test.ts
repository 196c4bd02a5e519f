import { expect, test } from 'vitest';
import { formatInstant } from '../../src/base/time.ts';
import { decideContext } from '../../src/license/context.ts';
import { failuresOf, licenseId, now, plain, stated } from './fixtures.ts';

const from = (seconds: number) => formatInstant(now + seconds * 1000);

test.each([
  [{}, []],
  [{ audience: '*' }, []],
  [{ audience: licenseId }, []],
  [{ audience: `${licenseId}0` }, ['context.audience TERMS']],
  [{ audience: licenseId.toUpperCase() }, ['context.audience TERMS']],
  [{ issued: from(0) }, []],
  // Clocks may differ by five minutes.
  [{ issued: from(300) }, []],
  [{ issued: from(301) }, ['context.issued NOTYET']],
  [{ expires: from(1) }, []],
  [{ expires: from(0) }, ['context.expires EXPIRED']],
  [{ expires: from(-1), audience: 'other' }, ['context.audience TERMS', 'context.expires EXPIRED']],
])('%j: %j', (use, failures) => {
  const outcomes = decideContext(stated(use), plain);
  expect(outcomes).toHaveLength(Object.keys(use).length);
  expect(failuresOf(outcomes)).toEqual(failures);
});

test('a time that is none, past the schema, is refused', () => {
  const use = { ...stated({}), issued: 'yesterday', expires: 'tomorrow' };
  expect(failuresOf(decideContext(use, plain))).toHaveLength(2);
});
