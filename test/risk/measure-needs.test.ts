import { describe, expect, it } from 'vitest';
import { measureMeanings } from '../../src/risk/measure-meanings.ts';
import { measuresOf } from '../../src/risk/measure-names.ts';
import { needOf } from '../../src/risk/measure-needs.ts';

const bare = {
  quasi: ['age'],
  sensitive: [],
  populationTable: false,
  populationSize: false,
  compared: [],
  models: [],
  generalized: [],
  combinations: 3,
};
const without = [...measuresOf(bare).keys()];

describe('what a measure needs', () => {
  it('is known of every measure that there is, where it is not there', () => {
    const places = { FIELD: 'age', FIELDS: 'age', SIZE: '4', THRESHOLD: '0.05' };
    const missing = measureMeanings
      .map(({ name }) => name.replace(/\((\w+)\)/, (_, word: keyof typeof places) => `(${places[word]})`))
      .filter((name) => !name.startsWith('MODEL.') && !without.includes(name));
    expect(missing).toHaveLength(28);
    for (const name of missing) expect(needOf(name, without)).toMatch(/^`--/);
  });

  it('is nothing where it is there, and the name is wrong', () => {
    const names = [...measuresOf({ ...bare, sensitive: ['illness'], compared: ['age'] }).keys()];
    expect(needOf('l(ilness)', names)).toBeUndefined();
    expect(needOf('distance(agee)', names)).toBeUndefined();
    expect(needOf('k-map', names)).toBe('`--population FILE`');
    expect(needOf('kk', names)).toBeUndefined();
  });
});
