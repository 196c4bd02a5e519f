import { describe, expect, it } from 'vitest';
import { finished } from '../../src/base/steps.ts';
import type { FieldRule } from '../../src/policy/policy.ts';
import { holdsCodes } from '../../src/risk/codes.ts';
import type { Counts } from '../../src/risk/marginals.ts';
import { createMarginals } from '../../src/risk/marginals.ts';
import { utilityOf } from '../../src/risk/utility.ts';
import { Kind } from '../../src/table/column.ts';
import { transforms } from '../../src/transforms/index.ts';

const noHierarchy = () => {
  throw new Error('none is named');
};

function rule(type: FieldRule['type'], ...steps: readonly [name: string, options?: object][]) {
  return {
    type,
    steps: steps.map(([name, options = {}]) => {
      const definition = transforms.get(name)!;
      return { definition, options: definition.options.parse(options) };
    }),
  };
}

function counts(texts: readonly string[]): Counts {
  return { counts: texts.map(() => 1), text: (n) => texts[n]!, of: () => 1, nulls: 0, nullWays: 0 };
}

const zips = counts(['85004', '60601', '10001']);

describe('a field of codes', () => {
  it.each([
    ['by its type', rule('string', ['keep']), true],
    ['whatever its type is beside text', rule('integer', ['keep']), false],
    ['by what keeps characters', rule(undefined, ['mask', { 'keep-last': 2 }]), true],
    ['by its hierarchy', rule(undefined, ['generalize', { zip3: 'census-2020' }]), true],
    ['by its prefixes', rule(undefined, ['generalize', { prefix: 3 }]), true],
    [
      'of which a listed value is replaced, and the others rounded',
      rule(undefined, ['replace', { map: { 9: null }, others: 'next' }], ['round', { to: 10 }]),
      false,
    ],
    ['in intervals', rule(undefined, ['generalize', { intervals: [0, 20000] }]), false],
  ])('%s', (_, of, codes) => {
    for (const values of [zips, counts(['07', '123456'])]) expect(holdsCodes(of, noHierarchy, values)).toBe(codes);
  });

  it.each([
    [['85004', '60601'], true],
    [['07', '11'], true],
    [['1980', '1999'], false],
    [['85004', '9000'], false],
    [['85004', '60.01'], false],
    [['0', '0.5'], false],
    [[], false],
  ])('by its values %j where the policy does not say', (texts, codes) => {
    expect(holdsCodes(rule(undefined, ['keep']), noHierarchy, counts(texts))).toBe(codes);
    expect(holdsCodes(rule(undefined, ['keep']), noHierarchy, null)).toBe(false);
  });
});

it('no distance is told of codes, and no correlation', () => {
  const marginals = createMarginals(2);
  const bytes = Buffer.from('123');
  const column = {
    bytes,
    count: 3,
    base: 0,
    index: Int32Array.of(0, 1, 2),
    record: Int32Array.of(0, 1, 2),
    start: Int32Array.of(0, 1, 2),
    end: Int32Array.of(1, 2, 3),
    kind: new Uint8Array(3).fill(Kind.number),
  };
  const field = { cells: { ...column, nulls: 0 }, values: column };
  marginals.add(3, [field, field] as never);
  const told = (codes?: (f: number) => boolean) => finished(utilityOf(['zip', 'age'], marginals, marginals, codes));
  expect(told().correlations).toHaveLength(1);
  const { fields, correlations } = told((f) => f === 0);
  expect(fields.map(({ earthMover }) => earthMover)).toEqual([null, 0]);
  expect(fields.map(({ distance }) => distance)).toEqual([0, 0]);
  expect(correlations).toEqual([]);
});
