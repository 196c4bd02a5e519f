import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { intervals } from '../../src/hierarchies/interval.ts';
import { prefix } from '../../src/hierarchies/prefix.ts';
import { noFiles } from '../hierarchies/forms.ts';
import { sameDraws } from '../same-draws.ts';
import { failureOf, records, run } from './harness.ts';

// biome-ignore lint/suspicious/noThenProperty: the word of the policy language.
const age = intervals.build(intervals.options.parse({ intervals: [0, 10, 20, 30], then: [2] }), noFiles);
const code = prefix.build(prefix.options.parse({ prefix: [2, 1] }), noFiles);

type Row = readonly [id: string, age: string, code: string];
type Levels = readonly [number, number];

const policy = (models: string, share: number, levels: Levels | undefined, more: string) => {
  const level = (d: number) => (levels === undefined ? '' : `, level: ${levels[d]}`);
  return `
hierarchies:
  age: { intervals: [0, 10, 20, 30], then: [2] }
  code: { prefix: [2, 1] }
fields:
  id: { role: insensitive, transform: keep }
  age: { role: quasi-identifier, transform: { generalize: { hierarchy: age${level(0)} } } }
  code: { role: quasi-identifier, transform: { generalize: { hierarchy: code${level(1)} } } }
privacy: { unit: id, ${more}, models: [ ${models} ], max-suppression: ${share}, search: { measure: precision } }
`;
};
const csv = (rows: readonly Row[], names = 'id,age,code') =>
  `${names}\n${rows.map((row) => `${row.join()}\n`).join('')}`;

/** Each individual's records in one text, at levels. */
function individuals(rows: readonly Row[], [first, second]: Levels): Map<string, string[]> {
  const units = new Map<string, string[]>();
  for (const [id, years, place] of rows) {
    const label = `${years && age.ancestor(years, first)}|${place && code.ancestor(place, second)}`;
    units.set(id, [...(units.get(id) ?? []), label]);
  }
  return new Map([...units].map(([id, labels]) => [id, labels.sort()]));
}

const everyLevels = [0, 1, 2, 3].flatMap((a) => [0, 1, 2, 3].map((b): Levels => [a, b]));

/** The lowest loss of precision of the levels that `kept` allows, where records are suppressed as it says. */
function least(rows: readonly Row[], allowed: number, kept: (levels: Levels) => ReadonlySet<string> | undefined) {
  let best: number | undefined;
  for (const levels of everyLevels) {
    const ids = kept(levels);
    const suppressed = ids && rows.filter(([id]) => !ids.has(id)).length;
    if (suppressed === undefined || suppressed > allowed || suppressed === rows.length) continue;
    const loss = levels.reduce((sum, level) => sum + ((rows.length - suppressed) * level) / 3 + suppressed, 0);
    best = Math.min(best ?? Number.POSITIVE_INFINITY, loss / 2 / rows.length);
  }
  return best;
}

/**
 * The search finds the least there is of what `kept` allows, and the same run at its levels writes the same and keeps whom `kept` keeps.
 * Undefined where there is nothing to find, which the search then says.
 */
async function expectLeast(
  job: (levels?: Levels) => Parameters<typeof run>[0],
  data: readonly Row[],
  share: number,
  kept: (levels: Levels) => ReadonlySet<string>,
) {
  const best = least(data, Math.floor(share * data.length + 1e-9), kept);
  const done = await run(job()).catch((error) => error as Failure);
  if (done instanceof Failure) {
    expect(done.diagnostics.map((problem) => problem.code)).toEqual(['MODEL']);
    expect(best).toBeUndefined();
    return undefined;
  }
  const { score, fields, proven } = done.result.generalization!;
  expect(proven).toBe(true);
  expect(score).toBeCloseTo(best!, 9);
  const levels = fields.map(({ level }) => level!) as unknown as Levels;
  expect((await run(job(levels))).text).toBe(done.text);
  const [, ...written] = records(done.text);
  expect(new Set(written.map(([id]) => id))).toEqual(kept(levels));
  return done.result;
}

const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const rows = (nulls: boolean) =>
  fc.array(
    fc.tuple(
      ids,
      nulls ? fc.constantFrom('3', '12', '17', '25', '') : fc.integer({ min: 0, max: 32 }).map(String),
      nulls ? fc.constantFrom('AB1', 'AC1', '') : fc.constantFrom('AB1', 'AB2', 'AC1', 'BB1'),
    ),
    { minLength: 2, maxLength: 10 },
  );

describe('individuals of several records in a population of such', () => {
  const models = [
    ['k-map: { k: 2 }', (_own: number, there: number) => there >= 2],
    ['k-map: { k: 3 }, k-anonymity: { k: 2 }', (own: number, there: number) => there >= 3 && own >= 2],
    ['delta-presence: { max: 0.5 }', (own: number, there: number) => own / there <= 0.5],
  ] as const;

  it('are as many as have the same records there, at levels that are named and at those that are searched for', async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(rows(false), rows(false), fc.nat(2), fc.constantFrom(0, 0.4), async (data, others, m, share) => {
        const [wanted, passes] = models[m]!;
        // Others are like some of the data, so that there is something to find.
        const people = [
          ...data,
          ...data.map(([id, ...rest]): Row => [`${id}1`, ...rest]),
          ...others.map(([id, ...rest]): Row => [`${id}2`, ...rest]),
        ];
        const kept = (levels: Levels) => {
          const all = [...individuals(people, levels).values()].map(String);
          const own = individuals(data, levels);
          const count = (among: readonly string[], key: string) => among.filter((other) => other === key).length;
          const texts = [...own.values()].map(String);
          return new Set(
            [...own].flatMap(([id, of]) => (passes(count(texts, String(of)), count(all, String(of))) ? [id] : [])),
          );
        };
        const more = 'population: { file: p.csv, fields: { id: person } }';
        const job = (levels?: Levels) => ({
          policy: policy(wanted, share, levels, more),
          input: csv(data),
          population: csv(people, 'person,age,code'),
        });
        const result = await expectLeast(job, data, share, kept);
        if (result === undefined) return;
        found++;
        expect(result.models[0]!.measured.population ?? 0).toBe(individuals(people, [0, 0]).size);
      }),
      { ...sameDraws, numRuns: 25 },
    );
    expect(found).toBeGreaterThan(1);
  });

  const job = (population: string, more = '') => ({
    policy: policy('k-map: { k: 2 }', 0, [0, 0], `population: { file: p.csv${more} }`),
    input: 'id,age,code\na,1,AB1\n',
    population,
  });

  it('are told by its unit, at whose place it is said that there is none', async () => {
    expect(await failureOf(job('age,code\n1,AB1\n'))).toMatchObject({
      code: 'DATA-FIELDS',
      message: 'the population has no field `id`, and `id` is the unit',
    });
    expect(await failureOf(job('age,code,pid\n1,AB1,x\n1,AB1,\n', ', fields: { id: pid }'))).toMatchObject({
      code: 'DATA-VALUE',
      row: 2,
      field: 'pid',
      message: 'the record names no individual',
    });
  });

  it('are no records: one person with two is not two', async () => {
    expect(await failureOf(job('id,age,code\np,1,AB1\np,1,AB1\n'))).toMatchObject({ code: 'MODEL' });
    const { result } = await run(job('id,age,code\np,1,AB1\nq,1,AB1\nr,1,AB1\nr,2,AB1\n'));
    expect(result.models[0]!.measured).toEqual({ k: 2, population: 3 });
  });
});

describe('individuals of several records with nulls that match every value', () => {
  const fits = (a: string, b: string) => {
    const [one, other] = [a.split('|'), b.split('|')];
    return one.every((text, d) => text === other[d] || ['', '*'].includes(text) || ['', '*'].includes(other[d]!));
  };
  const pair = ([first, ...rest]: readonly string[], others: readonly string[]): boolean =>
    first === undefined
      ? others.length === 0
      : others.some((other, i) => fits(first, other) && pair(rest, others.toSpliced(i, 1)));
  /** Who stays when those whom fewer than k match are left out, again and again. */
  const stable = (units: ReadonlyMap<string, string[]>, k: number): ReadonlySet<string> => {
    const all = [...units];
    const kept = all.filter(([, own]) => all.filter(([, other]) => pair(own, other)).length >= k);
    return kept.length === all.length ? new Set(units.keys()) : stable(new Map(kept), k);
  };

  it('are left out while too few match, and levels are searched for by that', async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(
        rows(true),
        fc.integer({ min: 2, max: 3 }),
        fc.constantFrom(0.3, 0.7),
        async (data, k, share) => {
          const kept = (levels: Levels) => stable(individuals(data, levels), k);
          const job = (levels?: Levels) => ({
            policy: policy(`k-anonymity: { k: ${k} }`, share, levels, 'nulls: wildcard'),
            input: csv(data),
          });
          const result = await expectLeast(job, data, share, kept);
          if (result === undefined) return;
          found++;
          expect(result.models[0]!.required).toEqual({ k, nulls: 'wildcard' });
        },
      ),
      { ...sameDraws, numRuns: 30 },
    );
    expect(found).toBeGreaterThan(1);
  });
});
