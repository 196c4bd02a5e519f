import { expect, test } from 'vitest';
import { Numeral } from '../../src/transforms/definition.ts';
import { drop } from '../../src/transforms/drop.ts';
import { keep } from '../../src/transforms/keep.ts';
import { redact } from '../../src/transforms/redact.ts';
import { checkForms } from './harness.ts';

const inputs = ['007', '', 'größe', new Numeral('1.10'), true];

test('keep leaves text and digits as they are', () => {
  expect(keep.effect).toBe('none');
  expect(keep.whole).toBe(false);
  expect(checkForms(keep, {}, ['007', new Numeral('1.10')])).toEqual(['007', new Numeral('1.10')]);
  expect(keep.produces!({}, 'date')).toBe('date');
});

test('drop takes the field away, objects and arrays too', () => {
  expect(drop.effect).toBe('drop');
  expect(drop.whole).toBe(true);
  expect(checkForms(drop, {}, inputs)).toEqual([null, null, null, null, null]);
});

test('redact writes one fixed text, or no value', () => {
  expect(redact.effect).toBe('change');
  expect(redact.whole).toBe(true);
  expect(checkForms(redact, {}, inputs)).toEqual([null, null, null, null, null]);
  for (const text of ['', '[removed]', 'gelöscht']) {
    expect(checkForms(redact, { with: text }, inputs)).toEqual([text, text, text, text, text]);
  }
});

test.each([
  [keep, { level: 1 }],
  [drop, { with: 'x' }],
  [redact, { with: 5 }],
  [redact, { text: 'x' }],
])('unknown or mistyped options are refused', (definition, options) => {
  expect(definition.options.safeParse(options).success).toBe(false);
});
