import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { workspace } from './session.ts';

const vector = (name: string) => readFileSync(new URL(`../vectors/adult/${name}`, import.meta.url));
const searched = ['sex', 'age', 'race', 'marital-status', 'education'];
const others = ['native-country', 'workclass'];
const sensitive = ['occupation', 'salary-class'];

const policy = (models: string, measure: string, limit: number) => `policy: anon/v1
name: adult
version: "1"
hierarchies:
${[...searched, 'occupation'].map((name) => `  ${name}: { file: ./${name}.csv }`).join('\n')}
input: { delimiter: ";" }
fields:
${searched.map((name) => `  ${name}: { role: quasi-identifier, transform: { generalize: { hierarchy: ${name} } } }`).join('\n')}
${others.map((name) => `  ${name}: { role: insensitive, transform: drop }`).join('\n')}
${sensitive.map((name) => `  ${name}: { role: sensitive, transform: keep }`).join('\n')}
privacy: { models: [ ${models} ], max-suppression: ${limit}, search: { measure: ${measure} } }
`;

/** Of five quasi-identifiers of Adult, 240 choices of levels. */
interface Optimum {
  readonly models: string;
  readonly measure: string;
  readonly limit: number;
  readonly score: number;
  readonly levels: readonly number[];
  readonly suppressed: number;
  readonly measured: readonly Record<string, number>[];
}

// By a brute force in Python and numpy over all of them, from the definitions alone.
const optima: readonly Optimum[] = [
  {
    models: 'k-anonymity: { k: 5 }, l-diversity: { l: 4.5, variant: entropy, sensitive: occupation }',
    measure: 'non-uniform-entropy',
    limit: 1,
    score: 117898.69816930796,
    levels: [0, 0, 1, 1, 2],
    suppressed: 1595,
    measured: [{ k: 5 }, { l: 4.503200128402044 }],
  },
  {
    models: 't-closeness: { t: 0.2, variant: ordered, sensitive: occupation }, average-risk: { max: 0.02 }',
    measure: 'average-class-size',
    limit: 0.2,
    score: 51.383304940374785,
    levels: [1, 0, 0, 0, 3],
    suppressed: 845,
    measured: [{ t: 0.19960090966655517 }, { max: 0.01998840263328444 }],
  },
  {
    models:
      't-closeness: { t: 0.25, variant: hierarchical, hierarchy: occupation, sensitive: occupation }, uniqueness: { max: 0.001 }',
    measure: 'precision',
    limit: 0.04,
    score: 0.6002784961209469,
    levels: [0, 4, 1, 0, 3],
    suppressed: 21,
    measured: [{ t: 0.23593073593073588 }, { max: 0 }],
  },
  {
    models:
      'l-diversity: { l: 3, variant: recursive, c: 2, sensitive: occupation }, beta-likeness: { beta: 2, sensitive: salary-class }',
    measure: 'discernibility',
    limit: 0.04,
    score: 220618588,
    levels: [0, 4, 0, 2, 2],
    suppressed: 936,
    measured: [{ l: 3, c: 1.25 }, { beta: 0.7906793943120576 }],
  },
  {
    models: 'delta-disclosure: { delta: 2.1, sensitive: salary-class }',
    measure: 'height',
    limit: 0.2,
    score: 5,
    levels: [0, 2, 0, 2, 1],
    suppressed: 4742,
    measured: [{ delta: 2.032347597934584 }],
  },
];

describe('the levels of Adult that lose least', () => {
  it.each(optima)('by $measure, at most $limit suppressed: $models', async (optimum) => {
    const { models, measure, limit, score, levels, suppressed, measured } = optimum;
    const space = workspace();
    for (const name of [...searched, 'occupation']) space.write(`${name}.csv`, vector(`${name}.csv`));
    space.write('adult.csv.gz', vector('adult.csv.gz'));
    space.write('policy.yaml', policy(models, measure, limit));
    const args = 'apply policy.yaml adult.csv.gz --data-only out --json'.split(' ');
    const { status, stdout } = await space.call(args);
    expect(status).toBe(0);
    const { generalization, records, models: found } = JSON.parse(stdout);
    expect(generalization).toMatchObject({ measure, proven: true });
    expect(Math.abs(generalization.score / score - 1)).toBeLessThan(1e-9);
    expect(generalization.fields.map(({ level }: { level: number }) => level)).toEqual(levels);
    expect(records.suppressed).toBe(suppressed);
    const close = measured.map((figures) =>
      Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, expect.closeTo(value, 9)])),
    );
    expect(found.map((model: { measured: object }) => model.measured)).toEqual(close);
  });
});
