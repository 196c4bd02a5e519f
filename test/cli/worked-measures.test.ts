import { describe, expect, it } from 'vitest';
import { workspace } from './session.ts';

// Figures of an implementation in Python and scipy, from the definitions alone. Person 5 is suppressed, and one of those that classes are
// compared with; 3 and 4 are alone as records, 2 is like 1 as an individual.
const data =
  'id,age,zip,ill,stay\n1,30,A,flu,1\n1,30,B,flu,2\n2,30,B,cold,2\n2,30,A,flu,9\n3,40,,cold,3\n4,40,A,flu,3\n5,*,*,flu,8\n6,30,A,cold,\n';
const people =
  'id,age,zip\n1,30,A\n1,30,B\n2,30,B\n2,30,A\n3,40,\n4,40,A\n6,30,A\n7,30,A\n7,30,B\n8,40,\n9,40,\n10,50,B\n';

async function measured(...more: string[]) {
  const space = workspace();
  space.write('data.csv', data);
  space.write('people.csv', people);
  const flags = '--quasi age,zip --sensitive ill,stay --population people.csv --json'.split(' ');
  const { status, stdout } = await space.call(['measure', 'data.csv', ...flags, ...more]);
  expect(status).toBe(0);
  return JSON.parse(stdout);
}

const closeTo = (value: number) => expect.closeTo(value, 12);

describe('measures of a table with nulls, a suppressed record and a population', () => {
  it('of records', async () => {
    const found = await measured();
    expect(found).toMatchObject({
      records: { total: 8, suppressed: 1 },
      individuals: 7,
      classes: { classes: 4, smallest: 1, mean: 1.75, largest: 3 },
      uniques: { individuals: 2, share: closeTo(2 / 7) },
      sensitive: [
        { field: 'ill', distinct: 1, entropy: closeTo(1), closeness: closeTo(5 / 8) },
        { field: 'stay', distinct: 1, entropy: closeTo(1), closeness: closeTo(3 / 4) },
      ],
      populationTable: { individuals: 12, k: 1, outside: 0, presence: { min: 0, max: 1 } },
      // Classes of 3, 2, 1 and 1, which are 4, 3, 3 and 1 in the population.
      risk: {
        prosecutor: { highest: 1, average: closeTo(4 / 7), shareAbove: { '0.33': 1 } },
        journalist: { highest: 1, average: closeTo(2.75 / 7), shareAbove: { '0.2': 1, '0.33': closeTo(4 / 7) } },
        marketer: { average: closeTo(2.75 / 7) },
      },
      populationUniqueness: { samplingFraction: closeTo(7 / 12), zayatz: closeTo(1.9849624060150373), model: 'snb' },
    });
    expect(found.populationUniqueness.snb).toBeCloseTo(1.8497359394891308, 6);
    expect(found.combinations).toEqual([
      { fields: ['age', 'zip'], distinction: closeTo(4 / 7), separation: closeTo(17 / 21), uniques: 2 },
      { fields: ['zip'], distinction: closeTo(3 / 7), separation: closeTo(2 / 3), uniques: 1 },
      { fields: ['age'], distinction: closeTo(2 / 7), separation: closeTo(10 / 21), uniques: 0 },
    ]);
  });

  it('of individuals', async () => {
    expect(await measured('--unit', 'id')).toMatchObject({
      individuals: 5,
      classes: { classes: 4, smallest: 1, mean: 1.25, largest: 2 },
      uniques: { individuals: 3, share: closeTo(0.6) },
      sensitive: [
        { field: 'ill', distinct: 1, entropy: closeTo(1), closeness: closeTo(5 / 8) },
        { field: 'stay', distinct: 1, entropy: closeTo(1), closeness: closeTo(7 / 8) },
      ],
      populationTable: { individuals: 9, k: 1, outside: 0, presence: { min: 0, max: 1 } },
      risk: {
        prosecutor: { highest: 1, average: closeTo(0.8) },
        journalist: { highest: 1, average: closeTo(0.6) },
        marketer: { average: closeTo(0.6) },
      },
      populationUniqueness: { samplingFraction: closeTo(5 / 9), zayatz: closeTo(4.05), snb: null, model: 'zayatz' },
    });
  });
});
