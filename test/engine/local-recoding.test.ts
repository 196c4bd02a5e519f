import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { intervals } from '../../src/hierarchies/interval.ts';
import { prefix } from '../../src/hierarchies/prefix.ts';
import { noFiles } from '../hierarchies/forms.ts';
import { sameDraws } from '../same-draws.ts';
import { failureOf, run } from './harness.ts';

// biome-ignore lint/suspicious/noThenProperty: the word of the policy language.
const age = intervals.build(intervals.options.parse({ intervals: [0, 10, 20, 30, 40], then: [2] }), noFiles);
const code = prefix.build(prefix.options.parse({ prefix: [2, 1] }), noFiles);

const policy = (models: string, share = 1, more = '') => `
hierarchies:
  age: { intervals: [0, 10, 20, 30, 40], then: [2] }
  code: { prefix: [2, 1] }
fields:
  age: { role: quasi-identifier, transform: { generalize: { hierarchy: age } } }
  code: { role: quasi-identifier, transform: { generalize: { hierarchy: code } } }
  note: { role: sensitive, transform: keep }
privacy: { models: [ ${models} ], max-suppression: ${share}, search: { recoding: local } }
${more}`;

const row = fc.record({
  age: fc.oneof(fc.integer({ min: 0, max: 45 }).map(String), fc.constantFrom('', '07')),
  code: fc.constantFrom('AB1', 'AB2', 'AC1', 'BB1', ''),
  note: fc.constantFrom('x', 'y', 'z'),
});
type Row = { age: string; code: string; note: string };
const csv = (rows: readonly Row[]) => `age,code,note\n${rows.map((r) => `${r.age},${r.code},${r.note}\n`).join('')}`;
const read = (text: string) => parse(text, { columns: true }) as Row[];

const models = [
  ['k-anonymity', '{ k-anonymity: { k: 3 } }'],
  ['l-diversity', '{ k-anonymity: { k: 2 } }, { l-diversity: { l: 2, sensitive: note } }'],
  ['t-closeness', '{ t-closeness: { t: 0.25, sensitive: note, variant: equal } }'],
  ['average risk', '{ k-anonymity: { k: 2 } }, { average-risk: { max: 0.3 } }'],
] as const;

describe('local recoding', () => {
  it.each(models)('writes labels of the values, in classes that satisfy %s', async (_, wanted) => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 4, maxLength: 60 }), fc.nat(), async (rows, pieces) => {
        const input = csv(rows);
        const done = await run({ policy: policy(wanted), input, pieces }).catch((error) => error as Failure);
        if (done instanceof Failure) {
          expect(done.diagnostics[0]!.code).toBe('MODEL');
          return;
        }
        expect(done.result.models.every(({ holds }) => holds)).toBe(true);
        const { recoding, proven, budgetSpent, score, bound, fields } = done.result.generalization!;
        expect({ recoding, proven, budgetSpent }).toEqual({ recoding: 'local', proven: false, budgetSpent: false });
        expect(bound).toBeLessThanOrEqual(score);
        const written = read(done.text);
        const suppressed = done.result.records.suppressed;
        expect(written).toHaveLength(rows.length - suppressed);
        if (suppressed === 0) {
          const level = (of: typeof age, value: string, label: string, range: readonly [number, number]) => {
            if (value === '') return expect(label).toBe('');
            const levels = Array.from({ length: range[1] - range[0] + 1 }, (_, i) => range[0] + i);
            expect(levels.map((at) => of.ancestor(value, at))).toContain(label);
          };
          written.forEach((record, r) => {
            level(age, rows[r]!.age, record.age, fields[0]!.levels!);
            level(code, rows[r]!.code, record.code, fields[1]!.levels!);
            expect(record.note).toBe(rows[r]!.note);
          });
        }
        const again = await run({ policy: policy(wanted), input, pieces: pieces + 1 });
        expect(again.text).toBe(done.text);
      }),
      { numRuns: 40 },
    );
  });

  it('gives equal values labels of different levels', async () => {
    const rows = [
      ...Array.from({ length: 3 }, () => ({ age: '12', code: 'AB1', note: 'x' })),
      ...['12', '13', '17'].map((years) => ({ age: years, code: 'BB1', note: 'x' })),
    ];
    const { text, result } = await run({ policy: policy('{ k-anonymity: { k: 3 } }', 0), input: csv(rows) });
    expect(read(text).map(({ age: label, code: of }) => `${label} ${of}`)).toEqual([
      ...Array(3).fill('12 AB1'),
      ...Array(3).fill('[10,20) BB1'),
    ]);
    expect(result.generalization!.fields).toEqual([
      { name: 'age', height: 3, levels: [0, 1] },
      { name: 'code', height: 3, levels: [0, 0] },
    ]);
  });

  it('leaves records out that can be joined to none, within what may be suppressed', async () => {
    const rows = [...Array.from({ length: 9 }, (_, i) => ({ age: String(i), code: 'AB1', note: 'x' }))];
    const input = csv([...rows, { age: '', code: 'AB1', note: 'x' }]);
    const done = await run({ policy: policy('{ k-anonymity: { k: 3 } }', 0.1), input });
    expect(done.result.records.suppressed).toBe(1);
    expect(await failureOf({ policy: policy('{ k-anonymity: { k: 3 } }', 0.09), input })).toMatchObject({
      code: 'MODEL',
    });
  });

  it('goes by the records of a sample, and keeps numbers numbers', async () => {
    const records = Array.from({ length: 200 }, (_, i) => ({ age: i % 40, code: i % 3 ? 'AB1' : 'BB1', note: 'x' }));
    const done = await run({
      policy: policy('{ k-anonymity: { k: 5 } }', 0, 'sample: { share: 0.5 }').replace(
        / {2}(age|code|note): \{ role/g,
        '  "$.$1": { role',
      ),
      input: records.map((record) => `${JSON.stringify(record)}\n`).join(''),
      format: 'ndjson',
    });
    const written = done.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(written).toHaveLength(done.result.records.sampled!);
    for (const { age: label } of written) expect(typeof label === 'number' || /^[[*]/.test(label)).toBe(true);
    expect(done.result.models[0]!.measured.k).toBeGreaterThanOrEqual(5);
  });

  it('counts who of a population may stand behind the labels of each record', async () => {
    let overlapping = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 2, maxLength: 25 }),
        fc.array(row, { maxLength: 25 }),
        fc.constantFrom('{ k-map: { k: 4 } }', '{ k-map: { k: 5 } }, { k-anonymity: { k: 2 } }'),
        async (rows, others, wanted) => {
          const people = [...rows, ...others];
          const text = policy(wanted).replace('privacy: {', 'privacy: { population: { file: p.csv },');
          const job = { policy: text, input: csv(rows), population: csv(people) };
          const done = await run(job).catch((error) => error as Failure);
          if (done instanceof Failure) {
            expect(done.diagnostics[0]!.code).toBe('MODEL');
            return;
          }
          // By definition: each value at each level.
          const stands = (of: typeof age, value: string, label: string) =>
            value === '' || label === ''
              ? value === label
              : Array.from({ length: of.height + 1 }, (_, level) => of.ancestor(value, level)).includes(label);
          const counts = read(done.text).map(
            (record) =>
              people.filter((other) => stands(age, other.age, record.age) && stands(code, other.code, record.code))
                .length,
          );
          const k = Number(/k: (\d)/.exec(wanted)![1]);
          for (const count of counts) expect(count).toBeGreaterThanOrEqual(k);
          const { measured, holds } = done.result.models[0]!;
          expect({ ...measured, holds }).toEqual({ k: Math.min(...counts), population: people.length, holds: true });
          const [ages] = done.result.generalization!.fields;
          if (ages!.levels![0] < ages!.levels![1]) overlapping++;
        },
      ),
      { ...sameDraws, numRuns: 60 },
    );
    expect(overlapping).toBeGreaterThan(3);
  });

  it('keeps what nulls match, though they cannot be joined to it', async () => {
    const wild = policy('{ k-anonymity: { k: 3 } }').replace('privacy: {', 'privacy: { nulls: wildcard,');
    const isWild = (text: string) => text === '' || text === '*';
    let more = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 4, maxLength: 30 }), async (rows) => {
        const done = await run({ policy: wild, input: csv(rows) }).catch((error) => error as Failure);
        if (done instanceof Failure) {
          expect(done.diagnostics[0]!.code).toBe('MODEL');
          return;
        }
        const written = read(done.text);
        const agree = (a: string, b: string) => a === b || isWild(a) || isWild(b);
        const counts = written.map(
          (one) => written.filter((other) => agree(one.age, other.age) && agree(one.code, other.code)).length,
        );
        for (const count of counts) expect(count).toBeGreaterThanOrEqual(3);
        expect(done.result.models[0]!.measured.k).toBe(Math.min(...counts));
        const ordinary = await run({ policy: policy('{ k-anonymity: { k: 3 } }'), input: csv(rows) }).catch(() => null);
        if (written.length > (ordinary?.result.records.written ?? 0)) more++;
      }),
      { ...sameDraws, numRuns: 40 },
    );
    expect(more).toBeGreaterThan(0);
  });

  it('is refused where it has no meaning, at the place that says so', async () => {
    const refused = (text: string) =>
      run({ policy: text, input: 'age,code,note\n1,A,x\n' }).catch((error: Failure) =>
        error.diagnostics.map(({ message }) => message).join('\n'),
      );
    const local = policy('{ k-anonymity: { k: 2 } }');
    expect(await refused(local.replace('recoding: local', 'recoding: local, measure: height'))).toContain(
      'does not measure single records',
    );
    expect(
      await refused(local.replace(/generalize: \{ hierarchy: (\w+) \}/g, 'generalize: { hierarchy: $1, level: 1 }')),
    ).toContain('nothing to recode');
  });
});
