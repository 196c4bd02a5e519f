import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvOf, failureOf, random, run } from './harness.ts';

const names = ['id', 'age', 'note', 'last'];
const header = `input: { header: [${names.join(', ')}] }\n`;
const policy = `fields:
  id: { role: identifier, transform: drop }
  age: { role: quasi-identifier, type: integer, transform: { generalize: { intervals: [0, 20, 40, 60, 80] } } }
  note: { role: sensitive, transform: keep }
  last: { role: insensitive, transform: drop }
privacy: { models: [{ k-anonymity: { k: 2 } }], max-suppression: 1 }
`;

it('a file without a header comes out as one with it does, but for that line', async () => {
  const value = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', 'é', '😀'), maxLength: 6 });
  const row = fc.tuple(value, fc.integer({ min: 0, max: 79 }).map(String), value, value);
  await fc.assert(
    fc.asyncProperty(
      fc
        .array(row, { minLength: 2, maxLength: 25 })
        .filter((rows) => new Set(rows.map(([, age]) => Math.floor(Number(age) / 20))).size < rows.length),
      fc.constantFrom('', '\ufeff'),
      fc.integer(),
      async (rows, mark, seed) => {
        const pieces = Math.floor(random(seed)() * 1000);
        const bare = mark + csvOf(rows);
        const input = mark + csvOf([names, ...rows]);
        const done = await run({ policy: header + policy, input: bare, pieces, leakCheck: true }).catch(
          (error) => error,
        );
        const expected = await run({ policy, input, pieces, leakCheck: true }).catch((error) => error);
        expect(done.text?.slice(mark.length)).toBe(expected.text?.slice(`${mark}age,note\n`.length));
        if (done.text !== undefined) expect(done.text.startsWith(mark)).toBe(true);
        expect(done.result?.records).toEqual(expected.result?.records);
        expect(done.result?.models).toEqual(expected.result?.models);
      },
    ),
    { numRuns: 60 },
  );
});

it('records are counted from the first line', async () => {
  const job = { policy: header + policy, input: '1,30,x,y\n2,30,x,y\n3,CANARY,x,y\n' };
  expect(await failureOf(job)).toMatchObject({ code: 'DATA-VALUE', row: 3, field: 'age' });
  expect(await failureOf({ ...job, input: '1,30,x\n' })).toMatchObject({ code: 'DATA-RAGGED', row: 1 });
});

it('an only column that is kept has no blank lines', async () => {
  const only =
    'input: { header: [a, b] }\nfields: { a: { role: sensitive, transform: keep }, b: { role: insensitive, transform: drop } }\n';
  expect((await run({ policy: only, input: ',1\nx,2\n' })).text).toBe('""\nx\n');
});

it('names of the policy that the fields do not have are told as in any table', async () => {
  const wrong = 'input: { header: [a, c] }\nfields: { a: { role: sensitive, transform: keep } }\n';
  expect(await failureOf({ policy: wrong, input: '1,2\n' })).toMatchObject({ code: 'DATA-FIELDS', field: 'c' });
});
