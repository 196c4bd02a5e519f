import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chosenOf } from '../../src/engine/counting.ts';
import { failureOf, run } from './harness.ts';

it('what is measured is the coded records that are chosen', () => {
  const coded = fc.integer({ min: 0, max: 3 }).chain((width) =>
    fc.record({
      width: fc.constant(width),
      rows: fc.array(
        fc.record({
          tuple: fc.array(fc.nat(9), { minLength: width, maxLength: width }),
          sensitive: fc.nat(9),
          unit: fc.nat(9),
          out: fc.boolean(),
        }),
      ),
      units: fc.boolean(),
    }),
  );
  fc.assert(
    fc.property(coded, ({ width, rows, units }) => {
      // Arrays have more room than records, as the engine's do.
      const array = (values: readonly number[]) => Int32Array.from([...values, 77, 77]);
      const codes = (some: typeof rows) => ({
        records: some.length,
        tuples: array(some.flatMap(({ tuple }) => tuple)),
        sensitive: [array(some.map(({ sensitive }) => sensitive))],
        units: units ? array(some.map(({ unit }) => unit)) : undefined,
      });
      const all = codes(rows);
      const chosen = Uint8Array.from(rows, ({ out }) => Number(!out));
      const expected = codes(rows.filter(({ out }) => !out));
      const { records, tuples, sensitive, units: of } = chosenOf(all, width, chosen);
      expect(records).toBe(expected.records);
      expect([...tuples]).toEqual([...expected.tuples.subarray(0, records * width)]);
      expect([...sensitive[0]!]).toEqual([...expected.sensitive[0]!.subarray(0, records)]);
      expect(of && [...of]).toEqual(expected.units && [...expected.units.subarray(0, records)]);
    }),
  );
});

it('nulls of a field that is kept are counted as they stand, also with nulls: transform', async () => {
  const policy = (more: string) => `input: { null-values: ["", NA] }
fields: { q: { role: quasi-identifier, transform: keep, nulls: transform }, n: { role: insensitive, transform: keep } }
privacy: { models: [ { k-anonymity: { k: 2 } } ]${more} }
`;
  // `NA` and nothing are two values, each of one record.
  const input = 'q,n\na,1\na,2\nNA,3\n,4\n';
  expect(await failureOf({ policy: policy(', max-suppression: 0'), input })).toMatchObject({ code: 'MODEL' });
  const { text } = await run({ policy: policy(', max-suppression: 1'), input });
  expect(text).toBe('q,n\na,1\na,2\n');
  const tsv = await run({
    policy: `output: { format: tsv }\n${policy(', max-suppression: 1')}`,
    input: `${input}NA,5\n`,
  });
  expect(tsv.text).toBe('q\tn\na\t1\na\t2\nNA\t3\nNA\t5\n');
});
