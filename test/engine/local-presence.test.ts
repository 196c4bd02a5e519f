import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { sameDraws } from '../same-draws.ts';
import { failureOf, records, run } from './harness.ts';
import { fits, individuals, labelsOf, lossOf, pairs, sections } from './recount.ts';

type Row = readonly [id: string, age: string, code: string];

const policy = (models: string, unit: string, share: number, more = '') => `${sections}
fields:
  id: { role: insensitive, transform: keep }
  age: { role: quasi-identifier, transform: { generalize: { hierarchy: age } } }
  code: { role: quasi-identifier, transform: { generalize: { hierarchy: code } } }
privacy:
${unit === '' ? '' : `  ${unit}\n`}  population: { file: p.csv }
  models: [ ${models} ]
  max-suppression: ${share}
  search: { recoding: local${more} }
`;
const csv = (rows: readonly Row[]) => `id,age,code\n${rows.map((row) => `${row.join()}\n`).join('')}`;

const rows = (ids: string, least: number, most: number) =>
  fc.array(
    fc.tuple(
      fc.constantFrom(...ids),
      fc.constantFrom('3', '7', '12', '17', '25', '28', ''),
      fc.constantFrom('AB1', 'AB2', 'AC1', 'BB1'),
    ),
    { minLength: least, maxLength: most },
  );

const models = [
  ['delta-presence: { max: 0.5 }', 0, 0.5],
  ['delta-presence: { min: 0.1, max: 0.6 }', 0.1, 0.6],
  ['delta-presence: { max: 0.4 }, k-anonymity: { k: 2 }', 0, 0.4],
] as const;

/** What it takes to say who of the population is in which class: `behind` are the labels that stand for somebody. */
function recount(classes: ReadonlyMap<string, number>, behind: readonly (readonly string[])[]) {
  // Whoever it is, labels do not overlap.
  expect(Math.max(0, ...behind.map((labels) => labels.length))).toBeLessThanOrEqual(1);
  const there = new Map<string, number>();
  for (const label of behind.flat()) there.set(label, (there.get(label) ?? 0) + 1);
  const shares = [...classes].map(([label, own]) => own / there.get(label)!);
  const isAbsent = behind.some((labels) => labels.length === 0);
  return { min: isAbsent ? 0 : Math.min(...shares), max: Math.max(...shares), shares };
}

describe('local recoding where a model asks which class somebody of the population is in', () => {
  it.each(['', 'unit: id'])('writes labels that do not overlap, in shares that are allowed: %s', async (unit) => {
    let found = 0;
    let several = 0;
    await fc.assert(
      fc.asyncProperty(
        rows('abcdefgh', 3, 14),
        rows('ijklmnopqrstuvwxyz', 0, 20),
        fc.constantFrom(...models),
        fc.constantFrom(0, 0.5),
        fc.constantFrom('', ', budget: 1'),
        async (data, others, [wanted, min, max], share, budget) => {
          // Some of them are like those of the data, so that there is something to find.
          const twins = ['1', '2'].flatMap((n) => data.map(([id, ...rest]): Row => [`${id}${n}`, ...rest]));
          const people = [...data, ...twins, ...others];
          const job = {
            policy: policy(wanted, unit, share, budget),
            input: csv(data),
            population: csv(people),
          };
          const done = await run(job).catch((error) => error as Failure);
          if (done instanceof Failure) {
            expect(done.diagnostics.map((problem) => problem.code)).toEqual(['MODEL']);
            return;
          }
          found++;
          const written = records(done.text).slice(1);
          expect(written.length).toBeGreaterThanOrEqual(data.length * (1 - share));
          const unitsOf = (of: readonly (readonly string[])[]) =>
            unit === '' ? of.map((record) => [record]) : [...individuals(of).values()];
          const classes = new Map<string, number>();
          const labels = new Map<string, readonly (readonly string[])[]>();
          for (const own of unitsOf(written)) {
            classes.set(labelsOf(own), (classes.get(labelsOf(own)) ?? 0) + 1);
            labels.set(labelsOf(own), own);
          }
          const behind = unitsOf(people).map((own) =>
            [...labels].flatMap(([label, of]) => (pairs(own, of, fits) ? [label] : [])),
          );
          const counted = recount(classes, behind);
          for (const one of counted.shares) {
            expect(one).toBeGreaterThanOrEqual(min - 1e-9);
            expect(one).toBeLessThanOrEqual(max + 1e-9);
          }
          const { measured, holds } = done.result.models[0]!;
          expect(holds).toBe(true);
          expect(measured.population).toBe(behind.length);
          expect(measured.min).toBeCloseTo(counted.min, 9);
          expect(measured.max).toBeCloseTo(counted.max, 9);
          if (wanted.includes('k-anonymity')) expect(Math.min(...classes.values())).toBeGreaterThanOrEqual(2);
          const { score, budgetSpent } = done.result.generalization!;
          expect(score).toBeCloseTo(lossOf(data, written), 9);
          expect(budgetSpent).toBe(budget !== '');
          if (done.result.generalization!.fields.some(({ levels }) => levels![0] < levels![1])) several++;
        },
      ),
      { ...sameDraws, numRuns: 20 },
    );
    expect(found).toBeGreaterThan(2);
    // Individuals of several records seldom have as many regions.
    if (unit === '') expect(several).toBeGreaterThan(0);
  });

  const file = (lines: string) => ({
    policy: policy('delta-presence: { max: 0.5 }', '', 0).replace('{ prefix: [2, 1] }', '{ file: c.csv }'),
    files: { 'c.csv': lines },
  });

  it('does not write a label that stands for more values further up', async () => {
    const job = {
      ...file('A;A;*\nB;A;*\nC;C;*\n'),
      input: 'id,age,code\na,3,A\nb,3,A\nc,3,C\n',
      population: csv([...'abcdefghi'].map((id, i): Row => [id, '3', 'AABABABCC'[i]!])),
    };
    const { text, result } = await run(job);
    expect(text).toBe('id,age,code\na,3,A\nb,3,A\nc,3,C\n');
    // The label A is that of all who are A or B.
    expect(result.models[0]!.measured).toEqual({ min: 0.285714285714, max: 0.5, population: 9 });
    expect(result.generalization!.fields[1]).toMatchObject({ levels: [0, 1] });
  });

  it('says where the population does not hold the data', async () => {
    const job = {
      policy: policy('delta-presence: { max: 0.5 }', '', 0),
      input: csv([['a', '3', 'AB1']]),
      population: csv([
        ['a', '3', 'AB2'],
        ['b', '3', 'AB2'],
      ]),
    };
    expect(await failureOf(job)).toMatchObject({ code: 'POLICY-MEANING' });
  });
});
