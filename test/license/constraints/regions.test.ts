import { expect, test } from 'vitest';
import { refusals } from '../fixtures.ts';

test.each([
  [['GB', 'EEA'], 'GB', []],
  [['GB', 'EEA'], 'NO', []],
  [['EU'], 'NO', ['regions TERMS']],
  [['EEA'], 'US', ['regions TERMS']],
  [['EEA'], undefined, ['regions TERMS']],
] as const)('licensed in %j, used in %s: %j', (regions, region, expected) => {
  expect(refusals({ regions: [...regions] }, { region })).toEqual(expected);
});
