import { expect, test } from 'vitest';
import { classification } from '../../../src/license/constraints/classification.ts';
import { plain, stated } from '../fixtures.ts';

test.each([
  [{ source: 'restricted', release: 'confidential' }, 'handle the data as confidential'],
  [{ release: 'confidential' }, 'handle the data as confidential'],
  // Nothing says that the release is less sensitive than its source.
  [{ source: 'restricted' }, 'handle the data as restricted'],
])('%j: %s', (terms, detail) => {
  expect(classification.decide({ classification: terms }, stated({}), plain)).toEqual([
    { term: 'classification', basis: 'legal', status: 'pass', detail },
  ]);
});
