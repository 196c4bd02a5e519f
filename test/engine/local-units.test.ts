import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { sameDraws } from '../same-draws.ts';
import { type Done, failureOf, records, run } from './harness.ts';
import { fits, hierarchies, individuals, labelsOf, lossOf, pairs, sections } from './recount.ts';

type Row = readonly [id: string, age: string, code: string, note: string];

const policy = (models: string, more = '', share = 1, search = '') => `${sections}
fields:
  id: { role: insensitive, transform: keep }
  age: { role: quasi-identifier, transform: { generalize: { hierarchy: age } } }
  code: { role: quasi-identifier, transform: { generalize: { hierarchy: code } } }
  note: { role: sensitive, transform: keep }
privacy: { unit: id, ${more} models: [ ${models} ], max-suppression: ${share}, search: { recoding: local${search} } }
`;
const csv = (rows: readonly Row[]) => `id,age,code,note\n${rows.map((row) => `${row.join()}\n`).join('')}`;

const rowsOf = (ages: fc.Arbitrary<string>, codes: fc.Arbitrary<string>, maxLength = 40) =>
  fc.array(fc.tuple(fc.constantFrom(...'abcdefghijklmn'), ages, codes, fc.constantFrom('x', 'y', 'z')), {
    minLength: 4,
    maxLength,
  });
const rows = rowsOf(fc.integer({ min: 0, max: 35 }).map(String), fc.constantFrom('AB1', 'AB2', 'AC1', 'BB1'));

/** What was released, record by record, with the source's; undefined where the models refuse it. */
async function released(job: Parameters<typeof run>[0], source: readonly Row[]) {
  const done: Done | Failure = await run(job).catch((error) => error as Failure);
  if (done instanceof Failure) {
    expect(done.diagnostics.map((problem) => problem.code)).toEqual(['MODEL']);
    return undefined;
  }
  const written = records(done.text).slice(1);
  const ids = new Set(written.map(([id]) => id!));
  const kept = source.filter(([id]) => ids.has(id));
  expect(written.map(([id, , , note]) => [id, note])).toEqual(kept.map(([id, , , note]) => [id, note]));
  const { fields, score, proven, recoding, budgetSpent } = done.result.generalization!;
  expect({ proven, recoding }).toEqual({ proven: false, recoding: 'local' });
  expect(budgetSpent).toBe(job.policy.includes('budget: 1'));
  kept.forEach((row, r) => {
    for (const d of [0, 1]) {
      const [lowest, highest] = fields[d]!.levels!;
      const labels = [];
      for (let level = lowest; level <= highest; level++) labels.push(hierarchies[d]!.ancestor(row[d + 1]!, level));
      expect(row[d + 1] === '' ? [''] : labels).toContain(written[r]![d + 1]);
    }
  });
  expect(score).toBeCloseTo(lossOf(source, written), 9);
  return { done, written };
}

describe('local recoding of individuals of several records', () => {
  const models = [
    ['k-anonymity: { k: 2 }', (own: number) => own >= 2],
    ['k-anonymity: { k: 3 }', (own: number) => own >= 3],
    [
      'k-anonymity: { k: 2 }, l-diversity: { l: 2, sensitive: note }',
      (own: number, notes: readonly string[]) => own >= 2 && new Set(notes).size >= 2,
    ],
    ['l-diversity: { l: 3, sensitive: note }', (_: number, notes: readonly string[]) => new Set(notes).size >= 3],
  ] as const;

  it.each(models)('writes labels of the values, in classes that satisfy %s', async (wanted, passes) => {
    let found = 0;
    let lower = 0;
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom('', ', budget: 1'), async (data, search) => {
        const job = { policy: policy(wanted, '', 1, search), input: csv(data) };
        const release = await released(job, data);
        if (release === undefined) return;
        found++;
        const { done, written } = release;
        const classes = new Map<string, (readonly string[])[][]>();
        for (const of of individuals(written).values()) {
          classes.set(labelsOf(of), [...(classes.get(labelsOf(of)) ?? []), of]);
        }
        for (const members of classes.values()) {
          expect(
            passes(
              members.length,
              members.flat().map((row) => row[3]!),
            ),
          ).toBe(true);
        }
        expect(done.result.written!.count).toBe(classes.size);
        const { name, measured } = done.result.models[0]!;
        if (name === 'k-anonymity') {
          expect(measured.k).toBe(Math.min(...[...classes.values()].map((members) => members.length)));
        }
        if (done.result.generalization!.fields.some(({ levels }) => levels![0] < levels![1])) lower++;
        expect((await run(job)).text).toBe(done.text);
      }),
      { ...sameDraws, numRuns: 10 },
    );
    expect(found).toBeGreaterThan(1);
    expect(lower).toBeGreaterThan(0);
  });

  it('puts records beside those that are like them, whatever their order', async () => {
    const data: Row[] = ['a', 'b', 'c', 'd'].flatMap((id, i): Row[] => {
      const both: Row[] = [
        [id, i < 2 ? '1' : '2', 'AB1', 'x'],
        [id, '25', 'BB1', 'x'],
      ];
      return i % 2 === 0 ? both : both.reverse();
    });
    const { text } = await run({ policy: policy('k-anonymity: { k: 2 }', '', 0), input: csv(data) });
    expect(text).toBe(csv(data));
    const four = await run({ policy: policy('k-anonymity: { k: 4 }', '', 0), input: csv(data) });
    expect(new Set([...individuals(records(four.text).slice(1)).values()].map(labelsOf))).toEqual(
      new Set(['25|BB1; [0,10)|AB1']),
    );
  });

  it('leaves out who has as many records as too few others, within what may be suppressed', async () => {
    const data: Row[] = [
      ...['a', 'b', 'c', 'd'].map((id): Row => [id, '5', 'AB1', 'x']),
      ...Array.from({ length: 3 }, (_, i): Row => ['e', String(i), 'AB1', 'x']),
    ];
    const job = (share: number) => ({ policy: policy('k-anonymity: { k: 2 }', '', share), input: csv(data) });
    const { result } = await run(job(0.5));
    expect(result.records).toMatchObject({ written: 4, suppressed: 3 });
    expect(await failureOf(job(0.4))).toMatchObject({ code: 'MODEL' });
  });

  it('counts who of a population may stand behind all labels of an individual', async () => {
    let found = 0;
    let overlapping = 0;
    const few = rowsOf(fc.constantFrom('3', '12', '17', '25'), fc.constantFrom('AB1', 'AC1', 'BB1'), 16);
    await fc.assert(
      fc.asyncProperty(
        few,
        few,
        fc.constantFrom('k-map: { k: 3 }', 'k-map: { k: 4 }, k-anonymity: { k: 2 }'),
        async (data, others, wanted) => {
          const people = [...data, ...others.map(([id, ...rest]): Row => [`${id}2`, ...rest])];
          const text = policy(wanted, 'population: { file: p.csv },');
          const release = await released({ policy: text, input: csv(data), population: csv(people) }, data);
          if (release === undefined) return;
          found++;
          const { done, written } = release;
          const there = [...individuals(people).values()];
          const counts = [...individuals(written).values()].map(
            (own) => there.filter((other) => pairs(other, own, fits)).length,
          );
          const { measured, holds } = done.result.models[0]!;
          expect({ ...measured, holds }).toEqual({ k: Math.min(...counts), population: there.length, holds: true });
          const classes = new Set([...individuals(written).values()].map(labelsOf)).size;
          if (counts.reduce((sum, count) => sum + count, 0) > (classes * there.length) / 4) overlapping++;
        },
      ),
      { ...sameDraws, numRuns: 25 },
    );
    expect(found).toBeGreaterThan(1);
    expect(overlapping).toBeGreaterThan(0);
  });

  it('keeps whom others match by nulls', async () => {
    const nulls = rowsOf(fc.constantFrom('3', '12', ''), fc.constantFrom('AB1', 'AC1', ''), 16);
    const match = (a: readonly string[], b: readonly string[]) =>
      [1, 2].every((d) => a[d] === b[d] || ['', '*'].includes(a[d]!) || ['', '*'].includes(b[d]!));
    let more = 0;
    await fc.assert(
      fc.asyncProperty(nulls, async (data) => {
        const wanted = 'k-anonymity: { k: 3 }';
        const release = await released({ policy: policy(wanted, 'nulls: wildcard,'), input: csv(data) }, data);
        if (release === undefined) return;
        const { done, written } = release;
        const all = [...individuals(written).values()];
        const counts = all.map((own) => all.filter((other) => pairs(own, other, match)).length);
        expect(Math.min(...counts)).toBeGreaterThanOrEqual(3);
        expect(done.result.models[0]!.measured.k).toBe(Math.min(...counts));
        const ordinary = await run({ policy: policy(wanted), input: csv(data) }).catch(() => undefined);
        if (written.length > (ordinary?.result.records.written ?? 0)) more++;
      }),
      { ...sameDraws, numRuns: 20 },
    );
    expect(more).toBeGreaterThan(0);
  });
});
