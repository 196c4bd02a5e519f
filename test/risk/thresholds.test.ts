import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { isBeyond, parseThreshold } from '../../src/risk/thresholds.ts';

describe('a threshold', () => {
  it.each([
    ['k < 5', 'k', '<', 5],
    ['k<5', 'k', '<', 5],
    ['  risk.highest >= 0.09 ', 'risk.highest', '>=', 0.09],
    ['l(diagnosis) <= 3', 'l(diagnosis)', '<=', 3],
    ['risk.above(0.2) > .5', 'risk.above(0.2)', '>', 0.5],
    ['l(a < b) < 2', 'l(a < b)', '<', 2],
    ['l($.a[0] (x)) != 1e-3', 'l($.a[0] (x))', '!=', 0.001],
    ['records > 1e+6', 'records', '>', 1e6],
    ['entropy-l(é😀) == -2', 'entropy-l(é😀)', '==', -2],
  ])('%s', (text, measure, comparison, value) => {
    expect(parseThreshold(text)).toEqual({ text: text.trim(), measure, comparison, value });
  });

  it.each([
    '',
    'k',
    'k <',
    'k < five',
    '5 > k',
    'k = 5',
    'k < 5 or l < 2',
    'k < 0x5',
    'k < 5%',
    '< 5',
    'k <> 5',
    'k < .',
  ])('is not %j', (text) => {
    expect(() => parseThreshold(text)).toThrow(Failure);
  });

  it.each([
    ['<', [true, false, false]],
    ['<=', [true, true, false]],
    ['>', [false, false, true]],
    ['>=', [false, true, true]],
    ['==', [false, true, false]],
    ['!=', [true, false, true]],
  ])('compares with %s', (comparison, expected) => {
    const threshold = parseThreshold(`k ${comparison} 5`);
    expect([4, 5, 6].map((k) => isBeyond(threshold, k))).toEqual(expected);
  });

  it('is passed by a measure without a value', () => {
    expect(isBeyond(parseThreshold('k < 5'), null)).toBe(true);
    expect(isBeyond(parseThreshold('k > 5'), Number.NaN)).toBe(true);
  });
});
