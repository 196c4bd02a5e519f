import { describe, expect, it } from 'vitest';
import { percent } from '../../../src/release/page/numbers.ts';

describe('a share on a page', () => {
  it.each([
    [0, '0 %'],
    // One individual of 30,162.
    [1 / 30_162, 'below 0.01 %'],
    [0.00005, '0.01 %'],
    [0.0904, '9.0 %'],
    [0.9994, '99.94 %'],
    [1 - 1 / 30_162, 'above 99.99 %'],
    [1, '100 %'],
  ])('%d', (share, text) => expect(percent(share)).toBe(text));
});
