import { expect, test } from 'vitest';
import { measureMeanings } from '../../src/risk/measure-meanings.ts';
import { measuresOf } from '../../src/risk/measures.ts';

test('every measure that a threshold can name has a meaning, and no other', () => {
  const all = measuresOf({
    sensitive: ['FIELD'],
    populationTable: true,
    populationSize: true,
    compared: ['FIELD', 'other'],
    models: ['k-anonymity'],
  });
  const names = [...all.keys()]
    .filter((name) => !name.endsWith('(other)'))
    .map((name) => name.replace(/\([0-9.]+\)$/, '(THRESHOLD)'));
  expect(measureMeanings.map(({ name }) => name).sort()).toEqual([...new Set(names)].sort());
});
