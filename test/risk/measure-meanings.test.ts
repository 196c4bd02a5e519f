import { expect, test } from 'vitest';
import { measureMeanings } from '../../src/risk/measure-meanings.ts';
import { measuresOf } from '../../src/risk/measure-names.ts';

test('every measure that a threshold can name has a meaning, and no other, in the same order', () => {
  const all = measuresOf({
    quasi: ['FIELD', 'other'],
    sensitive: ['FIELD'],
    populationTable: true,
    populationSize: true,
    compared: ['FIELD', 'other'],
    models: [
      { name: 'MODEL', required: { FIGURE: 2, sensitive: 'FIELD' } },
      { name: 'MODEL', required: { FIGURE: 2 } },
    ],
    generalized: ['FIELD'],
    combinations: 2,
  });
  const names = [...all.keys()]
    .filter((name) => !name.endsWith('(other)'))
    .map((name) =>
      name
        .replace(/(distinction|separation|uniques)\(.*\)$/, '$1(FIELDS)')
        .replace('(FIELD + other)', '(FIELDS)')
        .replace(/from\(\d+\)$/, 'from(SIZE)')
        .replace(/\([0-9.]+\)$/, '(THRESHOLD)'),
    );
  expect(measureMeanings.map(({ name }) => name)).toEqual([...new Set(names)]);
});
