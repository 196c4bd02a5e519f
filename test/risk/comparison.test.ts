import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hierarchiesOf } from '../../src/app/policy-file.ts';
import { finished } from '../../src/base/steps.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { type Compared, type Comparison, createComparison } from '../../src/risk/comparison.ts';
import { licensorFigures } from '../../src/risk/licensor.ts';
import type { Measurement } from '../../src/risk/measures.ts';
import type { TableLoss } from '../../src/risk/table-loss.ts';
import type { Utility } from '../../src/risk/utility.ts';
import { csvOf, type Job, run } from '../engine/harness.ts';

interface Figures {
  readonly source: Measurement;
  readonly release: Measurement;
  readonly loss: TableLoss | null;
  readonly utility: Utility & { readonly cells: readonly ({ field: string } & Record<string, number | null>)[] };
}

async function compare(job: Job, population = {}) {
  let comparison: Comparison | undefined;
  let policy: Policy | undefined;
  const { result, text } = await run({
    ...job,
    observer(parsed, plan) {
      policy = parsed;
      comparison = createComparison(parsed, plan);
      return comparison;
    },
  });
  const compared: Compared = comparison!.finish(result.givenPeople);
  const files = new Map(Object.entries(job.files ?? {}).map(([name, bytes]) => [name, Buffer.from(bytes)]));
  const resources = { policy: policy!, hierarchy: hierarchiesOf(policy!, files) };
  // All of it is plain JSON.
  const figures = JSON.parse(JSON.stringify(finished(licensorFigures(resources, result, compared, population))));
  return { figures: figures as Figures, result, text };
}

const hierarchy = { './q.csv': 'a;ab;*\nb;ab;*\nc;cd;*\nd;cd;*\n' };
const policy = `hierarchies: { q: { file: ./q.csv } }
fields:
  id: { role: identifier, transform: drop }
  q: { role: quasi-identifier, transform: { generalize: { hierarchy: q } } }
  z: { role: quasi-identifier, transform: { generalize: { hierarchy: q } } }
  s: { role: sensitive, transform: keep }
  n: { role: insensitive, type: number, transform: { round: { to: 10 } } }
privacy: { models: [ { k-anonymity: { k: 2 } } ], max-suppression: 0.3 }
`;
const letter = fc.constantFrom('a', 'b', 'c', 'd');
const table = fc.array(
  fc.tuple(letter, fc.oneof(letter, fc.constant('')), fc.constantFrom('x', 'y'), fc.integer({ min: 0, max: 99 })),
  { minLength: 8, maxLength: 40 },
);
const inputOf = (rows: readonly (readonly (string | number)[])[]) =>
  csvOf([['id', 'q', 'z', 's', 'n'], ...rows.map((row, r) => [`person-${r}`, ...row.map(String)])]);

/** What a class table says, counted by strings. */
function classesIn(rows: readonly (readonly string[])[]) {
  const sizes = new Map<string, number>();
  for (const row of rows) sizes.set(row.join('|'), (sizes.get(row.join('|')) ?? 0) + 1);
  return [...sizes.values()];
}

describe('source and output compared', () => {
  it('are what reading both says, and the loss is that of the search', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const { figures, result, text } = await compare({ policy, input: inputOf(rows), files: hierarchy });
        const output = (parse(text) as string[][]).slice(1);
        const of = (list: readonly (readonly (string | number)[])[], columns: readonly number[]) =>
          list.map((row) => columns.map((c) => String(row[c])));
        // The identifier is dropped, so that columns stand as they do in `rows`.
        const sizes = { source: classesIn(of(rows, [0, 1])), release: classesIn(of(output, [0, 1])) };
        for (const side of ['source', 'release'] as const) {
          const { classes, risk, records } = figures[side];
          const all = side === 'source' ? rows : output;
          expect(classes.classes).toBe(sizes[side].length);
          expect(classes.smallest).toBe(Math.min(...sizes[side]));
          expect(classes.mean).toBeCloseTo(all.length / sizes[side].length, 9);
          expect(risk.prosecutor.average).toBeCloseTo(sizes[side].length / all.length, 9);
          expect(records.total).toBe(all.length);
        }
        expect(figures.release.uniques).toEqual({ individuals: 0, share: 0 });
        expect(figures.release.sensitive.map(({ field }) => field)).toEqual(['s']);
        expect(figures.loss!.geometric).toBeCloseTo(result.generalization!.score, 9);
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('are those of the naive definitions of loss, distance and change', async () => {
    const rows = [
      ['a', 'a', 'x', 11],
      ['b', 'a', 'x', 12],
      ['a', 'b', 'y', 30],
      ['b', 'a', 'y', 41],
      ['c', 'c', 'y', 50],
    ];
    const fixed = policy.replaceAll('hierarchy: q }', 'hierarchy: q, level: 1 }');
    const { figures } = await compare({ policy: fixed, input: inputOf(rows), files: hierarchy });
    // Four records at half of four values and one that is suppressed; the least is 5/4.
    const loss = (4 * 0.5 + 1 - 1.25) / (5 - 1.25);
    for (const one of figures.loss!.fields) expect(one.loss).toBeCloseTo(loss, 12);
    expect(figures.loss!.geometric).toBeCloseTo(loss, 12);
    const cells = (field: string) => figures.utility.cells.find((one) => one.field === field);
    expect(cells('q')).toEqual({ field: 'q', written: 4, changed: null, nulled: 0, suppressed: 1 });
    expect(cells('s')).toMatchObject({ changed: 0 });
    expect(cells('id')).toBeUndefined();
    const utility = Object.fromEntries(figures.utility.fields.map((one) => [one.field, one]));
    expect(utility.q).toMatchObject({ distance: 1, entropyKept: 0 });
    // {x: 2/5, y: 3/5} and {x: 2/4, y: 2/4}
    expect(utility.s!.distance).toBeCloseTo(0.1, 12);
    // 11 12 30 41 50 and 10 10 30 40: by their cumulative distributions.
    expect(utility.n!.earthMover).toBeCloseTo(0.5 * 1 + 0.3 * 1 + 0.1 * 18 + 0.15 * 10 + 0.4 * 1 + 0.2 * 9, 9);
  });

  it('count cells that change, turn null, or are suppressed', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => [i === 0 ? 'c' : 'a', 'a', 'x', i < 6 ? 7 : 20]);
    const redacting = policy.replace(
      's: { role: sensitive, transform: keep }',
      's: { role: sensitive, transform: redact }',
    );
    const { figures } = await compare({
      policy: redacting.replaceAll('hierarchy: q }', 'hierarchy: q, level: 1 }'),
      input: inputOf(rows),
      files: hierarchy,
    });
    const cells = Object.fromEntries(figures.utility.cells.map(({ field, ...counts }) => [field, counts]));
    expect(cells.s).toMatchObject({ written: 11, suppressed: 1 });
    expect((cells.s!.nulled ?? 0) + (cells.s!.changed ?? 0)).toBe(11);
    expect(cells.n).toMatchObject({ written: 11, changed: 5, nulled: 0 });
  });

  it('estimate who is unique where a population is named, and refuse one that is smaller', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => ['abcd'[i % 4]!, 'abcd'[(i >> 2) % 4]!, 'x', i]);
    const job = { policy, input: inputOf(rows), files: hierarchy };
    const { figures } = await compare(job, { fraction: 0.1 });
    expect(figures.source.populationUniqueness).toMatchObject({ population: 200 });
    expect(figures.release.populationUniqueness).toMatchObject({ population: 200, uniques: 0 });
    await expect(compare(job, { size: 19 })).rejects.toThrow('the population is smaller than the data');
    expect((await compare(job)).figures.release.populationUniqueness).toBeNull();
  });

  it('take the source for the population of a sample', async () => {
    const rows = Array.from({ length: 40 }, () => ['a', 'a', 'x', 1]);
    const { figures } = await compare({
      policy: `${policy}sample: { records: 10 }\n`,
      input: inputOf(rows),
      files: hierarchy,
    });
    expect(figures.source.records.total).toBe(40);
    expect(figures.release.populationUniqueness).toMatchObject({ population: 40, samplingFraction: 0.25 });
  });

  it('count the classes of units', async () => {
    const units = `${policy.replaceAll('hierarchy: q }', 'hierarchy: q, level: 1 }').replace('privacy: {', 'privacy: { unit: id,')}`;
    const input = csvOf([
      ['id', 'q', 'z', 's', 'n'],
      ['p1', 'a', 'a', 'x', '1'],
      ['p1', 'c', 'a', 'x', '2'],
      ['p2', 'b', 'a', 'x', '3'],
      ['p2', 'd', 'b', 'x', '4'],
    ]);
    const { figures } = await compare({ policy: units, input, files: hierarchy });
    expect(figures.source).toMatchObject({ unit: 'id', individuals: 2, classes: { classes: 2, smallest: 1 } });
    expect(figures.release).toMatchObject({ unit: 'id', individuals: 2, classes: { classes: 1, smallest: 2 } });
  });

  it('see the classes of the source as models do, and beside the population as it is given', async () => {
    const matched = (privacy: string) => `fields: { q: { role: quasi-identifier, transform: keep } }
privacy: { ${privacy}, max-suppression: 1 }
`;
    const input = 'q\na\na\nb\n""\n';
    const nulls = await compare({ policy: matched('nulls: wildcard, models: [ { k-anonymity: { k: 2 } } ]'), input });
    expect(nulls.figures.source).toMatchObject({
      models: [{ name: 'k-anonymity', measured: { k: 2 }, holds: true }],
      // a: 3 match, b: 2, none: 4.
      risk: { prosecutor: { highest: 1 / 2, average: (2 / 3 + 1 / 2 + 1 / 4) / 4 } },
    });
    const among = 'population: { file: p.csv }, models: [ { k-map: { k: 3 } } ]';
    const { figures } = await compare({ policy: matched(among), input, population: 'q\na\na\na\nb\n""\nc\n' });
    expect(figures.source).toMatchObject({
      models: [{ name: 'k-map', measured: { k: 1, population: 6 }, holds: false }],
      populationTable: { individuals: 6, k: 1, outside: 0, presence: { min: 0, max: 1 } },
      risk: { journalist: { highest: 1, average: (2 / 3 + 2) / 4 }, marketer: { average: (2 / 3 + 2) / 4 } },
    });
    expect(figures.release).toMatchObject({
      models: [{ name: 'k-map', measured: { k: 3 } }],
      populationTable: { individuals: 6, k: 3, outside: 0, presence: { min: 0, max: 2 / 3 } },
      risk: { prosecutor: { highest: 1 / 2 }, journalist: { highest: 1 / 3 } },
    });
  });

  it('say nothing of classes where no quasi-identifier is written', async () => {
    const { figures } = await compare({
      policy: 'fields: { a: { role: insensitive, transform: keep } }',
      input: 'a\n1\n2\n',
    });
    expect(figures).toMatchObject({ source: null, release: null, loss: null });
    expect(figures.utility.fields).toMatchObject([{ field: 'a', entropyKept: 1, distance: 0, earthMover: 0 }]);
  });

  it('do not change the run', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => ['abcd'[i % 4]!, 'ab'[i % 2]!, 'x', i]);
    const job = { policy, input: inputOf(rows), files: hierarchy };
    const plain = await run(job);
    const { text, result } = await compare(job);
    expect(text).toBe(plain.text);
    expect(result.models).toEqual(plain.result.models);
  });
});
