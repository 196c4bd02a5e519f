import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openData } from '../../src/app/open-data.ts';
import { InputFiles, readFiles } from '../../src/engine/input-files.ts';
import type { InputSource } from '../../src/engine/source.ts';
import { sameDraws } from '../same-draws.ts';
import { csvOf, failureOf, records, run, sourceOf } from './harness.ts';

const keep = '{ role: insensitive, transform: keep }';
const policy = `keys: { k: { env: K } }
domains: { d: { key: k, scope: global } }
fields:
  id: { role: identifier, transform: { tokenize: { domain: d } } }
  pin: { role: identifier, transform: { tokenize: { random: true } } }
  age: { role: quasi-identifier, transform: keep }
  pay: { role: insensitive, type: number, transform: { noise: { distribution: laplace, scale: 4 } } }
  town: { role: insensitive, transform: shuffle }
  rank: { role: insensitive, type: integer, transform: { microaggregate: { k: 2 } } }
  note: ${keep}
privacy: { models: [ { k-anonymity: { k: 2 } } ], max-suppression: 1 }
checks: { leak: report }
`;
const head = ['id', 'pin', 'age', 'pay', 'town', 'rank', 'note'];
const row = fc.tuple(
  fc.constantFrom('u1', 'u2', 'u3'),
  fc.constantFrom('p1', 'p2'),
  fc.constantFrom('30', '40', '50'),
  fc.integer({ min: 0, max: 99 }).map(String),
  fc.constantFrom('A', 'B', ''),
  fc.integer({ min: 0, max: 9 }).map(String),
  fc.constantFrom('x', 'a "quoted", one', 'two\nlines', ''),
);

/** Cut a list at these places. */
function cut<T>(list: readonly T[], places: readonly number[]): T[][] {
  const ends = [...places.map((place) => Math.min(place, list.length)).sort((a, b) => a - b), list.length];
  return ends.map((end, i) => list.slice(i === 0 ? 0 : ends[i - 1], end));
}

const cuts = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 4 });

describe('a table in several files', () => {
  it('is the table in one file, record by record, wherever it is cut', async () => {
    let compared = 0;
    let suppressed = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 4, maxLength: 30 }),
        cuts,
        fc.boolean(),
        fc.integer({ min: 1, max: 99 }),
        async (rows, places, sampled, pieces) => {
          const sections = sampled ? `${policy}sample: { share: 0.6 }\n` : policy;
          const text = (part: readonly string[][]) => csvOf([head, ...part], pieces % 2 === 0 ? '\n' : '\r\n');
          const [first, ...more] = cut(rows, places).map(text);
          const settled = (job: Parameters<typeof run>[0]) =>
            run(job).catch((error: Error & { code?: string }) => `${error.code}: ${error.message}`);
          const whole = await settled({ policy: sections, input: text(rows) });
          const parts = await settled({ policy: sections, input: first!, more, pieces });
          if (typeof whole === 'string' || typeof parts === 'string') {
            expect(String(parts).replace(/none of the \d+ inputs holds a record/, 'the input holds no records')).toBe(
              whole,
            );
            return;
          }
          compared++;
          suppressed += whole.result.records.suppressed;
          const [names, ...written] = records(whole.output);
          expect(parts.texts).toHaveLength(more.length + 1);
          const read = parts.texts.map((part) => records(part));
          for (const part of read) expect(part[0]).toEqual(names);
          expect(read.flatMap((part) => part.slice(1))).toEqual(written);
          expect(parts.result.models).toEqual(whole.result.models);
          expect(parts.result.records).toEqual(whole.result.records);
        },
      ),
      { ...sameDraws, numRuns: 80 },
    );
    expect(compared).toBeGreaterThan(20);
    expect(suppressed).toBeGreaterThan(0);
  });

  it.each([
    ['json', (part: readonly object[]) => JSON.stringify(part)],
    ['ndjson', (part: readonly object[]) => part.map((record) => `${JSON.stringify(record)}\n`).join('')],
  ] as const)('is a document for each file in %s, of the records of that file', async (format, text) => {
    const record = fc.record({ age: fc.constantFrom(30, 40, 50), name: fc.constantFrom('Ann', 'Bob') });
    const sections = `fields: { "$.age": { role: quasi-identifier, transform: keep }, "$.name": { role: identifier, transform: drop } }
privacy: { models: [ { k-anonymity: { k: 2 } } ], max-suppression: 0.9 }`;
    const parse = (written: string): { age: number }[] =>
      format === 'json'
        ? JSON.parse(written)
        : written.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 4, maxLength: 12 }), cuts, async (all, places) => {
        const ages = all.map(({ age }) => age);
        const kept = (age: number) => ages.filter((other) => other === age).length > 1;
        fc.pre(ages.filter(kept).length >= 2);
        const parts = cut(all, places).filter((part) => format === 'json' || part.length > 0);
        const [first, ...more] = parts.map(text);
        const { texts } = await run({ policy: sections, input: first!, more, format });
        expect(texts.map(parse)).toEqual(
          parts.map((part) => part.filter(({ age }) => kept(age)).map(({ age }) => ({ age }))),
        );
      }),
      { numRuns: 60 },
    );
  });

  const numbers =
    'fields: { a: { role: insensitive, type: number, transform: { round: { to: 1 } } }, b: { role: insensitive, transform: keep } }';
  it.each([
    ['a record', 'a,b\n1\n', 'DATA-RAGGED', 1],
    ['a value', 'a,b\n5,x\n6,x\nseven,x\n', 'DATA-VALUE', 3],
  ])('names file and record of %s that is wrong', async (_, third, code, row) => {
    const job = { policy: numbers, input: 'a,b\n1,x\n', more: ['a,b\n2,x\n3,x\n', third, 'a,b\n4,x\n'] };
    expect(await failureOf(job)).toMatchObject({ code, file: 'data-3.csv', row });
  });

  it('names the file that changed between two readings', async () => {
    const whole = sourceOf('a,b\n1,x\n', 1, 'csv');
    let opened = 0;
    const changing: InputSource = {
      name: 'late.csv',
      open: () => sourceOf(opened++ < 2 ? 'a,b\n2,x\n' : 'a,b\n3,x\n', 1, 'csv').open(),
    };
    const heads = await Promise.all([whole, changing].map((source) => openData(source, 'csv', {})));
    const files = new InputFiles([whole, changing].map((source, i) => ({ source, opened: heads[i]!.opened })));
    const read = async () => {
      const wanted = { slots: [], unlisted: 'reject' as const, nullValues: [] };
      const slots = ['a', 'b'].map((selector) => ({ selector, wanted: false, whole: false }));
      const reading = readFiles(files, { ...wanted, slots }, { options: heads[0]!.options, digest: false });
      let records = 0;
      for await (const batch of reading.batches()) records += batch.records;
      return records;
    };
    expect(await read()).toBe(2);
    await expect(read()).rejects.toMatchObject({
      diagnostics: [{ code: 'DATA-CHANGED', place: { file: 'late.csv' } }],
    });
    expect(files.placeOf(2)).toEqual({ file: 'late.csv', row: 1 });
  });

  it('is read no further than asked for, counted over its files', async () => {
    const sources = ['a\n1\n2\n', 'a\n3\n4\n', 'a\n5\n'].map((text) => sourceOf(text, 1, 'csv'));
    const heads = await Promise.all(sources.map((source) => openData(source, 'csv', {})));
    const files = new InputFiles(sources.map((source, i) => ({ source, opened: heads[i]!.opened })));
    for (const [maxRecords, told] of [
      [3, [2, 3]],
      [4, [2, 4]],
      [9, [2, 4, 5]],
    ] as const) {
      const counts: number[] = [];
      const options = { ...heads[0]!.options, maxRecords, onRecords: (records: number) => counts.push(records) };
      const request = { slots: [], unlisted: 0, nullValues: [] };
      let records = 0;
      for await (const batch of readFiles(files, request, { options, digest: false, only: true }).batches()) {
        records += batch.records;
      }
      expect([records, counts]).toEqual([Math.min(maxRecords, 5), told]);
    }
  });

  it('may have files without records, whose headers are written', async () => {
    const { texts } = await run({ policy: numbers, input: 'a,b\n', more: ['a,b\n1,x\n', '"a","b"\r\n'] });
    expect(texts).toEqual(['a,b\n', 'a,b\n1,x\n', '"a","b"\r\n']);
    expect(await failureOf({ policy: numbers, input: 'a,b\n', more: ['a,b\n'] })).toMatchObject({
      code: 'DATA-EMPTY',
      message: 'none of the 2 inputs holds a record',
    });
  });
});
