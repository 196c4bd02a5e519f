import { describe, expect, it } from 'vitest';
import { percent } from '../../src/base/percent.ts';

describe('a share, for people', () => {
  it.each([
    [0, '0 %'],
    // One individual of 30,162 is alone: 0.0033 %.
    [1 / 30_162, '< 0.01 %'],
    [0.00005, '0.01 %'],
    [0.0904, '9.0 %'],
    [0.9994, '99.94 %'],
    [1 - 1 / 30_162, '> 99.99 %'],
    [1, '100 %'],
  ])('%d', (share, text) => expect(percent(share)).toBe(text));
});
