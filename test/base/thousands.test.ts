import fc from 'fast-check';
import { expect, it } from 'vitest';
import { thousands } from '../../src/base/thousands.ts';

it('writes whole numbers as the locale en does', () => {
  expect([0, 12, 999, 1000, 1234567].map(thousands)).toEqual(['0', '12', '999', '1,000', '1,234,567']);
  fc.assert(fc.property(fc.maxSafeInteger(), (n) => thousands(n) === n.toLocaleString('en')));
});
