import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { finished } from '../../src/base/steps.ts';
import { ColumnBuffer, Kind } from '../../src/table/column.ts';
import { shuffle } from '../../src/transforms/shuffle.ts';
import { checkForms, columnOf, type Input, type Result, runTable, testResources } from './harness.ts';

const odd = ['', ' ', 'é', 'e\u0301', '👩‍👩‍👧', '12345678901234567890', '-1e400', 'NaN', 'x'.repeat(300)];
const value = fc.oneof(fc.constantFrom<Input>(null, ...odd), fc.integer(), fc.string({ unit: 'binary', maxLength: 5 }));
const sorted = (results: readonly Result[]) => results.map((result) => JSON.stringify(result)).sort();
const shown = (inputs: readonly Input[]) =>
  inputs.map((input) => JSON.stringify(typeof input === 'number' ? { digits: String(input) } : input));

describe('shuffle', () => {
  it('keeps every value as often as it was, with its kind; nulls stay in place', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), (more) => {
        const inputs = ['p', 'q', ...more];
        const results = checkForms(shuffle, {}, inputs);
        expect(sorted(results)).toEqual(shown(inputs).sort());
        inputs.forEach((input, i) => void expect(results[i] === null).toBe(input === null));
      }),
      { seed: 1 },
    );
  });

  it('deals within records that are equal in another field; one without value is equal to others without', () => {
    const pair = fc.tuple(value, fc.constantFrom<Input>('a', 'b', null, 'c'));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 60 }), (more) => {
        const pairs: typeof more = [['p', 'a'], ['q', 'a'], ...more];
        const [inputs, regions] = [pairs.map(([input]) => input), pairs.map(([, region]) => region)];
        const results = checkForms(
          shuffle,
          { within: 'region' },
          inputs,
          testResources({ peers: { region: regions } }),
        );
        for (const region of ['a', 'b', null, 'c']) {
          const of = <T>(values: readonly T[]) => values.filter((_, i) => regions[i] === region);
          expect(sorted(of(results))).toEqual(shown(of(inputs)).sort());
        }
      }),
      { seed: 1 },
    );
  });

  it('deals fields of a group together, among records that lack the same of them', () => {
    const pair = fc.tuple(fc.option(fc.nat(9)), fc.option(fc.nat(9)));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 60 }), (more) => {
        const pairs: typeof more = [[1, 2], [3, 4], ...more];
        const resources = testResources();
        const field = (inputs: readonly Input[]) => ({
          definition: shuffle,
          options: { with: 'pay' },
          inputs,
          resources,
        });
        const [a, b] = runTable([field(pairs.map(([left]) => left)), field(pairs.map(([, right]) => right))]);
        const dealt = pairs.map((_, i) => JSON.stringify([a![i], b![i]]));
        const given = pairs.map((both) => `[${shown(both).join()}]`);
        expect([...dealt].sort()).toEqual([...given].sort());
        pairs.forEach(([left, right], i) => {
          expect([a![i] === null, b![i] === null]).toEqual([left === null, right === null]);
        });
      }),
      { seed: 1 },
    );
  });

  it('stops where each value is alone, so that all would stay beside their records', () => {
    const stuck = 'no value of the field has another to change places with';
    const resources = testResources({ peers: { region: ['a', 'b', null, 'b'] } });
    expect(() => runTable([{ definition: shuffle, options: {}, inputs: [null, 'x'], resources }])).toThrow(stuck);
    const within = (inputs: Input[]) => [{ definition: shuffle, options: { within: 'region' }, inputs, resources }];
    expect(() => runTable(within(['x', 'y', 'z', null]))).toThrow(stuck);
    expect(() => runTable(within(['x', 'y', 'z', 'y']))).not.toThrow();
    expect(() => runTable(within([null, null, null, null]))).not.toThrow();
  });

  it('gives a value to each record as often', () => {
    const counts = [0, 0, 0, 0];
    for (let run = 0; run < 4000; run++) {
      // Another stream for each run.
      const results = checkForms(shuffle, {}, ['a', 'b', 'c', 'd'], testResources({ field: String(run) }));
      counts[results.indexOf('a')]!++;
    }
    // Binomial(4000, 1/4): standard deviation 27.4; all four lie within 5 of them but with probability 2.3e-6.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(137);
  });

  it('says how many values were alone, and cannot read what it was not shown', () => {
    const resources = testResources({ peers: { region: ['a', 'a', 'b', 'c'] } });
    const table = shuffle.bindTable(shuffle.options.parse({ within: 'region' }), resources);
    table.collect(columnOf(['1', '2', '3', '4']));
    finished(table.finish());
    expect(table.figures?.()).toEqual({ aloneInTheirStratum: 2 });
    const [known, unknown] = [columnOf(['1', '2', '3', '4']), columnOf(['1', '2', '3', '4', '5'])];
    const output = new ColumnBuffer();
    table.apply(known, output);
    expect([...output.kind.subarray(0, 4)]).toEqual([Kind.text, Kind.text, Kind.text, Kind.text]);
    output.reset(unknown);
    table.apply(unknown, output);
    expect(output.kind[4]).toBe(Kind.invalid);
  });

  it('refuses a second value of a group in one record', () => {
    const twice = { ...testResources(), record: () => 4 };
    const run = () => runTable([{ definition: shuffle, options: { with: 'g' }, inputs: ['1', '2'], resources: twice }]);
    expect(run).toThrow(Failure);
    expect(run).toThrow('twice');
  });
});
