import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { day, duration, fixedDuration, instant, keyId, oneOf, setOf, someOf, text } from '../../src/license/values.ts';

describe.each([
  [
    'text',
    text,
    ['a', 'Ünïversität', '患者', '😀', 'شركة', 'a  b', 'x'.repeat(200)],
    [
      '',
      ' ',
      ' a',
      'a ',
      'a\n',
      'a\nb',
      'a\u0000',
      'a\u0085b',
      'a\u2028b',
      'a\u202eb',
      '\u2066a',
      'a\ud800',
      'x'.repeat(201),
      7,
    ],
  ],
  ['keyId', keyId, ['ab'.repeat(32)], ['AB'.repeat(32), 'ab'.repeat(31), `${'ab'.repeat(32)}\n`, '']],
  ['day', day, ['2027-12-31', '2028-02-29'], ['2027-02-29', '2027-1-1', '2027-12-31T00:00:00Z', '']],
  [
    'instant',
    instant,
    ['2027-12-31T00:00:00Z'],
    ['2027-02-30T00:00:00Z', '2027-12-31', '2027-12-31T00:00:00.0Z', '2027-12-31T00:00:00+00:00'],
  ],
  ['duration', duration, ['P3D', 'P1M', 'PT1H', 'P1Y2M'], ['3D', 'P', 'P0D', 'p3d', 'P-1D', '']],
  ['fixedDuration', fixedDuration, ['P1D', 'PT30M', 'P2W'], ['P1M', 'P1Y', 'P0D', '']],
] as const)('%s', (_name, schema, good, bad) => {
  test.each(good)('takes %j', (value) => expect(schema.safeParse(value).success).toBe(true));
  test.each(bad)('refuses %j', (value) => expect(schema.safeParse(value).success).toBe(false));
});

test('setOf: at least one, none twice', () => {
  const schema = setOf(z.string());
  expect(schema.safeParse(['a', 'b']).success).toBe(true);
  for (const value of [[], ['a', 'a'], 'a', {}]) expect(schema.safeParse(value).success).toBe(false);
});

test('someOf and oneOf count the members, and say nothing more about a value that has problems of its own', () => {
  const members = { a: z.int().optional(), b: z.int().optional() };
  const messages = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error?.issues.map((i) => i.message);
  expect(messages(someOf(members), { a: 1, b: 2 })).toBeUndefined();
  expect(messages(someOf(members), {})).toEqual(['must have at least one of a, b']);
  expect(messages(oneOf(members), { a: 1 })).toBeUndefined();
  expect(messages(oneOf(members), { a: 1, b: 2 })).toEqual(['must have exactly one of a, b']);
  expect(messages(oneOf(members), { c: 1 })).toHaveLength(1);
  expect(messages(oneOf(members), { c: 1 })?.[0]).toContain('"c"');
});
