import { expect, it } from 'vitest';
import { parseSize } from '../../src/base/size.ts';

it.each([
  ['4096', 4096],
  ['1B', 1],
  ['100MB', 100_000_000],
  ['64MiB', 64 * 1024 * 1024],
  ['2 GB', 2_000_000_000],
  ['3kB', 3000],
  ['3KB', 3000],
  ['3KiB', 3072],
])('%s', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});

it.each(['', '0', '0MB', '-1', '1.5MB', '1M', '1mb', 'MB', '1 000', '999999999999GiB', '1constructor', '1e3'])(
  'refuses %s',
  (text) => {
    expect(parseSize(text)).toBeUndefined();
  },
);
