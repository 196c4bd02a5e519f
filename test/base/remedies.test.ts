import { expect, test } from 'vitest';
import { failures } from '../../src/base/failures.ts';
import { remedies } from '../../src/base/remedies.ts';
import { commands } from '../../src/cli/index.ts';

test('every failure has a remedy', () => {
  expect(Object.keys(failures).filter((code) => !(code in remedies))).toEqual([]);
});

test('remedies are lower case, end without a period, and name commands that there are', () => {
  for (const [code, text] of Object.entries(remedies)) {
    expect(text, code).toMatch(/^[a-z`].*[^.\s]$/);
    for (const [, called] of text!.matchAll(/`anon ([a-z]+(?: [a-z]+)?)/g)) {
      const known = commands.names.some((name) => name === called || name === called!.split(' ')[0]);
      expect(known, `${code}: anon ${called}`).toBe(true);
    }
  }
});
