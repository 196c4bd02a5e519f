import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { csvOf, records, run } from '../engine/harness.ts';
import { sameDraws } from '../same-draws.ts';
import { refusalOf, runAll } from './tables.ts';

const keep = '{ role: insensitive, transform: keep }';
const parentFields = `{ id: ${keep}, n: ${keep} }`;
const childFields = (reference: string) => `{
      of: { role: insensitive, transform: keep${reference} },
      area: { role: quasi-identifier, transform: keep },
      x: { role: sensitive, type: number, transform: { microaggregate: { k: 2 } } } }`;
const privacy = 'privacy: { models: [ { k-anonymity: { k: 2 } } ], max-suppression: 1 }';
const childHead = ['of', 'area', 'x'];

describe('tables with samples', () => {
  it('are written as if records outside of the sample, and their orphans, had never been there', async () => {
    let compared = 0;
    let sampledOut = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(11), fc.constantFrom('north', 'south'), fc.integer({ min: 0, max: 50 })), {
          minLength: 12,
          maxLength: 40,
        }),
        async (children) => {
          const parents = Array.from({ length: 10 }, (_, i) => [`${i}`, 'x']);
          const sample = 'sample: { share: 0.7, per: of }';
          const rowsWith = (xs: readonly string[]) => children.map(([of, area], r) => [`${of}`, area, xs[r]!]);
          const rows = rowsWith(children.map(([, , x]) => `${x}`));
          const policy = `tables:
  children: { fields: ${childFields(', references: parents.id')}, ${sample}, ${privacy} }
  parents: { fields: ${parentFields}, sample: { share: 0.6 } }
`;
          const input = (list: readonly (readonly string[])[]) => ({
            parents: csvOf([['id', 'n'], ...parents]),
            children: csvOf([childHead, ...list]),
          });
          const all = await runAll({ policy, inputs: input(rows) }).catch(onlyModels);
          if (all === undefined) return;
          const written = new Set(
            records(all.get('parents')!.text)
              .slice(1)
              .map(([id]) => id!),
          );
          const isKept = rows.map(([of]) => written.has(of!));
          const alone = await run({
            policy: `fields: ${childFields('')}\n${sample}\n${privacy}`,
            input: csvOf([childHead, ...rows.filter((_, r) => isKept[r])]),
          });
          const { text, result, orphans } = all.get('children')!;
          expect(text).toBe(alone.text);
          expect(result.models).toEqual(alone.result.models);
          const { sampled, leftOut, ...others } = result.records;
          expect(others).toEqual({
            source: rows.length,
            written: alone.result.records.written,
            suppressed: alone.result.records.suppressed,
          });
          // Orphans are of the sample, which is chosen first.
          expect(sampled! - leftOut!).toBe(alone.result.records.sampled);
          expect(orphans[0]!.records).toBe(leftOut);
          expect(result.fields.map(({ values }) => values)).toEqual(alone.result.fields.map(({ values }) => values));
          // What cannot be read in a record that is left out stops nothing, and joins no group.
          const unread = rowsWith(rows.map(([, , x], r) => (isKept[r] ? x! : 'unreadable')));
          expect((await runAll({ policy, inputs: input(unread) })).get('children')!.text).toBe(text);
          compared++;
          if (all.get('parents')!.result.records.sampled! < 10 && leftOut! > 0) sampledOut++;
        },
      ),
      { ...sameDraws, numRuns: 60, seed: 3 },
    );
    expect(compared).toBeGreaterThan(30);
    expect(sampledOut).toBeGreaterThan(20);
  });

  const inputs = {
    parents: csvOf([['id', 'n'], ...Array.from({ length: 100 }, (_, i) => [`${i}`, 'x'])]),
    children: csvOf([childHead, ...Array.from({ length: 300 }, (_, i) => [`${i % 100}`, 'north', `${i}`])]),
  };
  const policyOf = (onOrphan: string, sample: string) => `tables:
  children: { fields: ${childFields(`, references: parents.id, on-orphan: ${onOrphan}`)}, ${privacy} }
  parents: { fields: ${parentFields}, sample: ${sample} }
`;

  it('of so many parents have the children of these alone, and say so', async () => {
    const all = await runAll({ policy: policyOf('drop', '{ records: 30 }'), inputs });
    const ids = records(all.get('parents')!.text)
      .slice(1)
      .map(([id]) => id!);
    expect(ids).toHaveLength(30);
    const of = records(all.get('children')!.text).slice(1);
    expect(of.map(([id]) => id!)).toEqual(
      Array.from({ length: 300 }, (_, i) => `${i % 100}`).filter((id) => ids.includes(id)),
    );
    expect(all.get('children')!.orphans[0]).toMatchObject({ records: 210, ofLeftOut: 210 });
    expect(all.get('parents')!.result.records).toEqual({ source: 100, sampled: 30, written: 30, suppressed: 0 });
    expect(all.get('children')!.result.records).toEqual({ source: 300, leftOut: 210, written: 90, suppressed: 0 });
  });

  it('tell the first orphan by its row in the input, not in the sample', async () => {
    const policy = `tables:
  children: { fields: { of: { role: insensitive, transform: keep, references: parents.id, on-orphan: report }, n: ${keep} }, sample: { share: 0.5 } }
  parents: { fields: ${parentFields} }
`;
    const rows = Array.from({ length: 400 }, (_, i) => [i < 350 ? `${i % 100}` : 'nobody', `row ${i + 1}`]);
    const all = await runAll({ policy, inputs: { ...inputs, children: csvOf([['of', 'n'], ...rows]) } });
    const { text, orphans } = all.get('children')!;
    const strangers = records(text).filter(([of]) => of === 'nobody');
    expect(strangers.length).toBeGreaterThan(5);
    expect(orphans[0]).toMatchObject({ records: strangers.length, ofLeftOut: 0 });
    expect(`row ${orphans[0]!.firstRow}`).toBe(strangers[0]![1]);
  });

  it('of which one holds nothing are refused', async () => {
    const refused = await refusalOf({ policy: policyOf('drop', '{ share: 0.000001 }'), inputs });
    expect(refused.diagnostics).toMatchObject([
      { code: 'DATA-EMPTY', message: 'the sample holds no records', place: { file: expect.any(String) } },
    ]);
  });
});

it('a table read for whole fields is read once it is known which of its records are left out', async () => {
  const seen: string[] = [];
  await runAll({
    policy: `tables:
  children: { fields: ${childFields(', references: parents.id')}, ${privacy} }
  parents: { fields: { id: ${keep}, n: { role: sensitive, transform: shuffle } }, sample: { records: 2 } }
`,
    inputs: {
      parents: 'id,n\n1,a\n2,b\n',
      children: 'of,area,x\n1,north,1\n1,north,2\n9,north,unreadable\n',
    },
    watch: (table, event) => seen.push(`${table} ${event}`),
  });
  expect(seen).toEqual([
    'parents count',
    'parents collect',
    'parents begun',
    'children begun',
    'parents pass 2',
    'parents done',
    'children collect',
    'children pass 1',
    'children pass 2',
    'children done',
  ]);
});

/** Undefined for a job whose models nothing satisfies. */
function onlyModels(error: unknown): undefined {
  if (!(error instanceof Failure) || !['MODEL', 'DATA-EMPTY'].includes(error.code)) throw error;
}
