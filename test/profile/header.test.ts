import { expect, it } from 'vitest';
import { looksLikeRecord } from '../../src/profile/header.ts';

it.each([
  [['id', 'name', 'dob'], false],
  [['country', '2019', '2020'], false],
  [['', 'a'], false],
  [['1', 'Ada'], true],
  [['Ada', 'ada@example.org'], true],
  [['Ada', '2024-02-29'], true],
  [['Ada', '3.5'], true],
])('the columns %j look like a record: %s', (columns, expected) => {
  expect(looksLikeRecord(columns)).toBe(expected);
});
