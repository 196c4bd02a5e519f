import { describe, expect, it } from 'vitest';
import type { Failure } from '../../src/base/diagnostic.ts';
import { run } from './harness.ts';

// Figures of a brute force in Python and numpy over all levels, from the definitions alone.

const age = '20;2x;*\n21;2x;*\n30;3x;*\n31;3x;*\n';
const city = 'Bonn;*\nKöln;*\n';
const files = { './age.csv': age, './city.csv': city };

interface Asked {
  readonly models: string;
  readonly limit?: number;
  readonly measure?: string;
  /** How the fields are generalized, beside the hierarchy. */
  readonly age?: string;
  readonly city?: string;
  readonly population?: string;
}

const policy = ({ models, limit = 0, measure = 'loss', age = '', city = '', population }: Asked) => `
hierarchies: { age: { file: ./age.csv }, city: { file: ./city.csv } }
fields:
  age: { role: quasi-identifier, transform: { generalize: { hierarchy: age${age} } } }
  city: { role: quasi-identifier, transform: { generalize: { hierarchy: city${city} } } }
privacy:
  models: [ ${models} ]
  max-suppression: ${limit}
  search: { measure: ${measure} }
  ${population === undefined ? '' : 'population: { file: ./people.csv }'}
`;

async function search(asked: Asked, input: string) {
  const done = await run({
    policy: policy(asked),
    input,
    files,
    ...(asked.population === undefined ? {} : { population: asked.population }),
  });
  const { fields, score, proven } = done.result.generalization!;
  expect(proven).toBe(true);
  return { levels: fields.map(({ level }) => level), score, suppressed: done.result.records.suppressed };
}

describe('a choice of levels that leaves nothing', () => {
  // 20 Bonn, 21 Bonn, 30 Köln: at level 0 all are alone, and to suppress them all would cost no level.
  const alone = 'age,city\n20,Bonn\n21,Bonn\n30,Köln\n';
  const all = { models: 'k-anonymity: { k: 2 }', limit: 1 };

  it('is none, whatever may be suppressed', async () => {
    expect(await search({ ...all, measure: 'height' }, alone)).toEqual({ levels: [1, 0], score: 1, suppressed: 1 });
    // 2² and 3 · 1; all suppressed, 3 · 3.
    expect(await search({ ...all, measure: 'discernibility' }, alone)).toEqual({
      levels: [1, 0],
      score: 7,
      suppressed: 1,
    });
  });

  it('is none where models let nothing be suppressed', async () => {
    const models = 'delta-presence: { min: 0.2, max: 0.7 }';
    const population = 'age,city\n20,Bonn\n30,Köln\n30,Köln\n';
    // (20, Bonn) is one of one until all are one class, two of three. Two suppressed would cost as much: 2 · 2 = 2².
    const asked = { models, limit: 1, measure: 'discernibility', population };
    expect(await search(asked, 'age,city\n20,Bonn\n30,Köln\n')).toEqual({ levels: [2, 1], score: 4, suppressed: 0 });
  });

  it('is said when there is no other', async () => {
    const refused: Failure = await search({ ...all, models: 'k-anonymity: { k: 4 }' }, alone).catch((error) => error);
    expect(refused.diagnostics[0]).toMatchObject({
      code: 'MODEL',
      message: 'at no levels k-anonymity holds with 2 of 3 records suppressed',
    });
  });
});

describe('a measure', () => {
  // By tens two classes of two. Age loses (2 - 1) / (4 - 1), half of its levels, and a bit in each record; the city all.
  const pairs = 'age,city\n20,Bonn\n21,Bonn\n30,Köln\n31,Köln\n';
  const models = 'k-anonymity: { k: 2 }';

  it.each([
    ['loss', Math.sqrt((4 / 3) * 2) - 1],
    ['arithmetic-loss', (1 / 3 + 1) / 2],
    ['precision', (1 / 2 + 1) / 2],
    ['non-uniform-entropy', 4 + 4],
    ['height', 1 + 1],
  ])('counts a field whose level the policy names: %s', async (measure, score) => {
    for (const city of [', level: 1', ', level: [1, 1]']) {
      const found = await search({ models, measure, city }, pairs);
      expect(found).toMatchObject({ levels: [1, 1], suppressed: 0 });
      expect(found.score).toBeCloseTo(score, 12);
    }
  });

  it.each([
    ['loss', ((4 / 3) ** 3 * 2) ** (1 / 4) - 1],
    ['arithmetic-loss', (3 * (1 / 3) + 1) / 4],
    ['precision', (3 * (1 / 2) + 1) / 4],
    ['non-uniform-entropy', 3 * 4 + 4],
  ])('counts a field by its weight: %s', async (measure, score) => {
    const found = await search({ models, measure, age: ', weight: 3', city: ', level: 1' }, pairs);
    expect(found).toMatchObject({ levels: [1, 1] });
    expect(found.score).toBeCloseTo(score, 12);
  });

  it('leaves alone what a weight makes dear', async () => {
    const mixed = 'age,city\n20,Bonn\n20,Köln\n30,Bonn\n30,Köln\n';
    const asked = { models, measure: 'precision' };
    expect(await search({ ...asked, age: ', weight: 5' }, mixed)).toMatchObject({ levels: [0, 1], score: 1 / 6 });
    expect(await search({ ...asked, city: ', weight: 5' }, mixed)).toMatchObject({ levels: [2, 0], score: 1 / 6 });
  });
});
