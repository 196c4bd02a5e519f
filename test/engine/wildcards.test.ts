import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { prosecutorRisk } from '../../src/risk/reidentification.ts';
import { sameDraws } from '../same-draws.ts';
import { failureOf, records, run } from './harness.ts';

const policy = (age: string, code: string, k: number, share: number, nulls = 'wildcard') => `
hierarchies:
  age: { intervals: [0, 10, 20, 30, 40], then: [2] }
  code: { prefix: [2, 1] }
input: { null-values: ["", NA] }
fields:
  age: { role: quasi-identifier, transform: { generalize: { hierarchy: age${age} } } }
  code: { role: quasi-identifier, transform: { generalize: { hierarchy: code${code} } } }
  sex: { role: quasi-identifier, transform: keep }
privacy: { nulls: ${nulls}, models: [ k-anonymity: { k: ${k} } ], max-suppression: ${share}, search: { measure: precision } }
`;
const row = fc.record({
  age: fc.oneof(fc.integer({ min: 0, max: 45 }).map(String), fc.constantFrom('', 'NA')),
  code: fc.constantFrom('AB1', 'AB2', 'AC1', 'BB1', ''),
  sex: fc.constantFrom('m', 'f', '', '*'),
});
type Row = { readonly age: string; readonly code: string; readonly sex: string };
const csv = (rows: readonly Row[]) => `age,code,sex\n${rows.map((r) => `${r.age},${r.code},${r.sex}\n`).join('')}`;

const isWild = (text: string) => ['', 'NA', '*'].includes(text);
const matches = (a: readonly string[], b: readonly string[]) =>
  a.every((text, d) => text === b[d] || isWild(text) || isWild(b[d]!));
const sizesOf = (rows: readonly (readonly string[])[]) =>
  rows.map((own) => rows.filter((other) => matches(own, other)).length);

/** What stays of rows when those with fewer than k matches are left out, again and again. */
function stable(rows: readonly (readonly string[])[], k: number): readonly (readonly string[])[] {
  const sizes = sizesOf(rows);
  const kept = rows.filter((_, r) => sizes[r]! >= k);
  return kept.length === rows.length ? rows : stable(kept, k);
}

describe('nulls that match every value', () => {
  it('leave out what matches too few, as long as there is any, and are searched for like other values', async () => {
    let searched = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 25 }),
        fc.integer({ min: 2, max: 5 }),
        fc.constantFrom(0, 0.2, 0.6),
        async (data, k, share) => {
          const job = (age: string, code: string, nulls?: string, part = share) =>
            run({ policy: policy(age, code, k, part, nulls), input: csv(data) }).catch((error) => error as Failure);
          let least = Number.POSITIVE_INFINITY;
          for (let age = 0; age <= 3; age++) {
            for (let code = 0; code <= 3; code++) {
              const levels = [`, level: ${age}`, `, level: ${code}`] as const;
              const general = await run({ policy: policy(...levels, k, 1).replace(/privacy.*/, ''), input: csv(data) });
              const rows = records(general.text).slice(1);
              const left = stable(rows, k);
              const named = await job(...levels);
              const allowed = rows.length - left.length <= Math.floor(share * rows.length + 1e-9) && left.length > 0;
              const fixed = await job(`, level: [${age}, ${age}]`, `, level: [${code}, ${code}]`);
              expect([named, fixed].map((done) => !(done instanceof Failure))).toEqual([allowed, allowed]);
              if (named instanceof Failure || fixed instanceof Failure) continue;
              const written = records(named.text).slice(1);
              expect(written).toEqual(left);
              expect(fixed.text).toBe(named.text);
              const smallest = Math.min(...sizesOf(written));
              expect(named.result.models[0]).toEqual({
                name: 'k-anonymity',
                required: { k, nulls: 'wildcard' },
                measured: { k: smallest },
                holds: true,
              });
              const risk = prosecutorRisk(named.result.written!);
              expect(risk.highest).toBe(1 / smallest);
              const average = sizesOf(written).reduce((sum, size) => sum + 1 / size, 0) / written.length;
              expect(risk.average).toBeCloseTo(average, 12);
              least = Math.min(least, fixed.result.generalization!.score);
            }
          }
          const found = await job('', '');
          if (found instanceof Failure) expect(least).toBe(Number.POSITIVE_INFINITY);
          else {
            searched++;
            expect(found.result.generalization!.score).toBe(least);
            expect(found.result.generalization!.proven).toBe(true);
          }
        },
      ),
      { ...sameDraws, numRuns: 6 },
    );
    expect(searched).toBeGreaterThan(0);
  });

  it('are as safe as ordinary values where there are none', async () => {
    const input = csv([
      { age: '1', code: 'AB1', sex: 'm' },
      { age: '1', code: 'AB1', sex: 'm' },
      { age: '2', code: 'AB1', sex: 'm' },
    ]);
    const ordinary = await run({ policy: policy(', level: 0', ', level: 0', 2, 0.5, 'ordinary'), input });
    const wildcard = await run({ policy: policy(', level: 0', ', level: 0', 2, 0.5), input });
    expect(wildcard.text).toBe(ordinary.text);
    expect(ordinary.result.models[0]!.required).toEqual({ k: 2 });
  });

  it('count fields that a JSON record does not have', async () => {
    const done = await run({
      policy: `
fields:
  $.a: { role: quasi-identifier, transform: keep }
  $.b: { role: quasi-identifier, transform: keep }
privacy: { nulls: wildcard, models: [ k-anonymity: { k: 2 } ], max-suppression: 0 }
`,
      format: 'ndjson',
      input: '{"a":1,"b":1}\n{"a":1}\n{"b":2,"a":null}\n',
    });
    expect(done.result.models[0]!.measured).toEqual({ k: 2 });
  });

  it('have no meaning to other models, which is said at their place', async () => {
    const fields = `
fields:
  a: { role: quasi-identifier, transform: keep }
  s: { role: sensitive, transform: keep }
`;
    const wrong = (privacy: string) => failureOf({ policy: `${fields}privacy: { ${privacy} }`, input: 'a,s\n1,2\n' });
    expect(await wrong('nulls: wildcard, models: [ l-diversity: { l: 2, sensitive: s } ]')).toMatchObject({
      code: 'POLICY-MEANING',
      message: '`l-diversity` has no meaning where nulls match every value',
    });
    expect(await wrong('nulls: wildcards, models: [ k-anonymity: { k: 2 } ]')).toMatchObject({ code: 'POLICY-SHAPE' });
  });
});
