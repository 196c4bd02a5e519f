import { describe, expect, it } from 'vitest';
import { buildListed } from '../../src/hierarchies/listed.ts';
import { labelLoss } from '../../src/risk/label-loss.ts';
import { tableLoss } from '../../src/risk/table-loss.ts';

/** Eight values in two fours in one. */
const values = [...'abcdefgh'];
const listed = buildListed(values, [values.map((v) => (v < 'e' ? 'ad' : 'eh')), values.map(() => '*')]);
/** The same by rule: no list of values. */
const byRule = { height: listed.height, ancestor: listed.ancestor };

const labels = (counts: Record<string, number>, nulls = 0, suppressed = 0) => ({
  counts: Object.entries(counts),
  nulls,
  suppressed,
});
const whole = { values: undefined, nullWays: 0 };

describe('the loss of a field', () => {
  it('is none where every value stands for itself, and all where it is the root', () => {
    expect(labelLoss(listed, 0, whole, labels({ a: 3, h: 5 }))).toBeCloseTo(0, 12);
    expect(labelLoss(listed, 2, whole, labels({ '*': 8 }))).toBe(1);
  });

  it('is the share of the domain that labels stand for, scaled, with all lost for the suppressed', () => {
    // A = 8 · 4/8 + 2 of N = 10 records; the least is 10/8.
    expect(labelLoss(listed, 1, whole, labels({ ad: 5, eh: 3 }, 0, 2))).toBeCloseTo((6 - 1.25) / (10 - 1.25), 12);
  });

  it('counts each way of having no value as a value more', () => {
    // Nine values; A = 4 · 4/9 + 1/9 of N = 5.
    const found = labelLoss(listed, 1, { values: undefined, nullWays: 1 }, labels({ ad: 4 }, 1));
    expect(found).toBeCloseTo((17 / 9 - 5 / 9) / (5 - 5 / 9), 12);
  });

  it('takes the values of the source for the domain where the hierarchy lists none', () => {
    expect(labelLoss(byRule, 1, whole, labels({ ad: 1 }))).toBeNull();
    // `ad` stands for two of three values; `z` is none that the hierarchy knows.
    const domain = { values: () => ['a', 'b', 'e', 'z'], nullWays: 0 };
    expect(labelLoss(byRule, 1, domain, labels({ ad: 2, eh: 1 }))).toBeCloseTo((5 / 3 - 1) / (3 - 1), 12);
  });

  it('goes by the lowest level that has a label where records are at different levels', () => {
    expect(labelLoss(listed, undefined, whole, labels({ a: 1, eh: 1, '*': 1 }))).toBeCloseTo(
      (1 / 8 + 4 / 8 + 1 - 3 / 8) / (3 - 3 / 8),
      12,
    );
  });

  it('is not told where a label is none of the hierarchy', () => {
    expect(labelLoss(listed, 1, whole, labels({ ad: 1, other: 1 }))).toBeNull();
    expect(labelLoss(listed, 1, whole, labels({ a: 1 }))).toBeNull();
  });
});

describe('the loss of a table', () => {
  const field = (name: string, loss: number | null, role: 'quasi-identifier' | 'sensitive' = 'quasi-identifier') => ({
    field: name,
    role,
    loss,
  });

  it('is the mean of the quasi-identifiers, geometric and arithmetic', () => {
    const { geometric, arithmetic } = tableLoss([field('a', 0.5), field('b', 0.2), field('s', 1, 'sensitive')])!;
    expect(geometric).toBeCloseTo(Math.sqrt(1.5 * 1.2) - 1, 12);
    expect(arithmetic).toBeCloseTo(0.35, 12);
  });

  it('is not told where that of a field is not', () => {
    expect(tableLoss([field('a', 0.5), field('b', null)])).toMatchObject({ geometric: null, arithmetic: null });
    expect(tableLoss([])).toBeNull();
  });
});
