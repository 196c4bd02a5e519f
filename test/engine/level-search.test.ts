import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { run } from './harness.ts';

const hierarchies = `
hierarchies:
  age: { intervals: [0, 10, 20, 30, 40], then: [2] }
  code: { prefix: [2, 1] }
`;
/** `age` and `code` are generalized as the options say; \`sex\` stays as it is. */
const policy = (age: string, code: string, k: number, share: number) => `${hierarchies}
input: { null-values: ["", NA] }
fields:
  age: { role: quasi-identifier, transform: { generalize: { hierarchy: age${age} } } }
  code: { role: quasi-identifier, transform: { generalize: { hierarchy: code${code} } } }
  sex: { role: quasi-identifier, transform: keep }
  note: { role: insensitive, transform: keep }
privacy: { models: [ { k-anonymity: { k: ${k} } } ], max-suppression: ${share} }
`;

const row = fc.record({
  age: fc.oneof(fc.integer({ min: 0, max: 45 }).map(String), fc.constantFrom('', 'NA', '07')),
  code: fc.constantFrom('AB1', 'AB2', 'AC1', 'BB1', ''),
  sex: fc.constantFrom('m', 'f'),
});
const rows = fc.array(row, { minLength: 2, maxLength: 60 });
const csv = (records: readonly { age: string; code: string; sex: string }[]) =>
  `age,code,sex,note\n${records.map(({ age, code, sex }, i) => `${age},${code},${sex},n${i}\n`).join('')}`;

describe('levels that the policy leaves open', () => {
  it('are chosen so that the models hold, and give what the same levels give when the policy names them', async () => {
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.integer({ min: 2, max: 4 }),
        fc.constantFrom(0, 0.2, 0.6),
        async (records, k, share) => {
          const input = csv(records);
          const done = await run({ policy: policy('', '', k, share), input }).catch((error) => error as Failure);
          if (done instanceof Failure) {
            expect(done.diagnostics[0]!.code).toBe('MODEL');
            // Not at the highest levels either.
            const top = await run({ policy: policy(', level: 3', ', level: 3', k, share), input }).catch(
              (error) => error,
            );
            expect(top).toBeInstanceOf(Failure);
            return;
          }
          const { fields, proven, score } = done.result.generalization!;
          expect(proven).toBe(true);
          expect(score).toBeGreaterThanOrEqual(0);
          const classes = new Map<string, number>();
          for (const { age, code, sex } of parse(done.text, { columns: true }) as Record<string, string>[]) {
            classes.set(JSON.stringify([age, code, sex]), (classes.get(JSON.stringify([age, code, sex])) ?? 0) + 1);
          }
          expect(Math.min(...classes.values())).toBeGreaterThanOrEqual(k);
          const [age, code] = fields.map(({ level }) => `, level: ${level}`);
          const named = await run({ policy: policy(age!, code!, k, share), input });
          expect(named.text).toBe(done.text);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('stay within the bounds of the policy', async () => {
    const input = csv(Array.from({ length: 20 }, (_, i) => ({ age: String(i), code: 'AB1', sex: 'm' })));
    const done = await run({ policy: policy(', level: [2, 3]', ', level: [0, 1]', 2, 0), input });
    expect(done.result.generalization!.fields.map(({ level }) => level)).toEqual([2, 0]);
  });

  it('are not chosen where something stands in the way, which is said at its place', async () => {
    const wrong = (fields: string, privacy: string) =>
      run({ policy: `${hierarchies}fields: { ${fields} }\n${privacy}`, input: 'age\n1\n' }).catch((error: Failure) =>
        error.diagnostics.map(({ message }) => message).join('\n'),
      );
    const models = 'privacy: { models: [ { k-anonymity: { k: 2 } } ] }';
    const open = 'generalize: { hierarchy: age }';
    expect(await wrong(`age: { role: insensitive, transform: { ${open} } }`, models)).toContain(
      'quasi-identifiers only',
    );
    expect(await wrong(`age: { role: quasi-identifier, transform: { ${open} } }`, '')).toContain('no privacy model');
    expect(await wrong(`age: { role: quasi-identifier, transform: [ { ${open} }, redact ] }`, models)).toContain(
      'another transform follows',
    );
    expect(
      await wrong(
        `age: { role: quasi-identifier, transform: { generalize: { hierarchy: age, level: [2, 9] } } }`,
        models,
      ),
    ).toContain('level 9 is above the root');
  });
});
