import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDecimal } from '../../src/table/decimal.ts';
import {
  decimalSeparators,
  groupSeparators,
  type NumberForm,
  numberNotation,
} from '../../src/table/number-notation.ts';

function formOf(decimal: NumberForm['decimal'], thousands?: NumberForm['thousands']): NumberForm {
  return { decimal, thousands };
}

/** Null where it is not of the form. */
function read(form: NumberForm, text: string): string | null {
  return run(numberNotation(form)!.read, text);
}

function run(way: (b: Buffer, from: number, to: number, target: Buffer, at: number) => number, text: string) {
  const bytes = Buffer.from(`#${text}#`);
  const target = Buffer.alloc(bytes.length + 2, '!');
  const end = way(bytes, 1, bytes.length - 1, target, 1);
  return end < 0 ? null : target.toString('utf8', 1, end);
}

/** `symbols-numberSystem-latn` of CLDR 44: decimal and group of each locale. */
const locales: readonly (readonly [locale: string, form: NumberForm, million: string])[] = [
  ['de', formOf(',', '.'), '1.234.567,891'],
  ['fr', formOf(',', ' '), '1\u202f234\u202f567,891'],
  ['es', formOf(',', '.'), '1.234.567,891'],
  ['it', formOf(',', '.'), '1.234.567,891'],
  ['nl', formOf(',', '.'), '1.234.567,891'],
  ['pt-BR', formOf(',', '.'), '1.234.567,891'],
  ['de-CH', formOf('.', "'"), '1’234’567.891'],
  ['cs', formOf(',', ' '), '1\u00a0234\u00a0567,891'],
  ['en', formOf('.', ','), '1,234,567.891'],
];

describe('the numbers of CLDR', () => {
  it.each(locales)('%s', (locale, form, million) => {
    expect(read(form, million)).toBe('1234567.891');
    const grouped = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
    const bare = new Intl.NumberFormat(locale, { maximumFractionDigits: 3, useGrouping: false });
    // Editions of CLDR differ in the apostrophe.
    expect(grouped.format(1234567.891).replaceAll("'", '’')).toBe(million);
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), (thousandths) => {
        const number = thousandths / 1000;
        for (const format of [grouped, bare]) expect(read(form, format.format(number))).toBe(String(number));
      }),
    );
  });

  it('reads a space for every space, and an apostrophe for both', () => {
    for (const space of [' ', '\u00a0', '\u202f']) expect(read(formOf(',', ' '), `12${space}345,6`)).toBe('12345.6');
    for (const mark of ["'", '’']) expect(read(formOf('.', "'"), `12${mark}345.6`)).toBe('12345.6');
  });
});

it('has none for the form of the engine itself', () => {
  expect(numberNotation(formOf('.'))).toBeUndefined();
});

it.each([
  [
    formOf(','),
    [
      '1.5',
      '1234.5',
      '1.234',
      '1.234,5',
      '1 234,5',
      '1,234,5',
      '',
      ',',
      '-',
      '+,',
      '1,5 ',
      ' 1,5',
      '1,5e',
      '1e+',
      '٣,٥',
    ],
  ],
  [
    formOf(',', '.'),
    [
      '1,234.5',
      '1.23',
      '12.34,5',
      '1234.567',
      '1.2345',
      '.234',
      '1..234',
      '1.234.',
      '0.123',
      '01.234',
      '1.234.56',
      '1,234,5',
      '1 234',
    ],
  ],
  [formOf(',', ' '), ['1  234', '1 23', '1.234', '12 34', '1 234 ', '1\u2009234', '0 123', '1\u202f234\u00e2']],
  [formOf('.', "'"), ["1'23.4", "1'234,5", "'123", '1"234']],
  [formOf('.', ','), ['1.234,5', '1,23', '1,234,56']],
])('refuses what is not of the form: %o', (form, texts) => {
  for (const text of texts) expect(read(form, text), text).toBeNull();
});

it('reads what `readDecimal` reads, with the other separator', () => {
  const plain = ['12', '-0.5', '+.5', '5.', '1.2e-3', '007', '1E+5', '-0', '0.10', '12345678901234567890.5'];
  for (const text of plain) {
    expect(readDecimal(text)).not.toBeNull();
    expect(read(formOf(','), text.replace('.', ','))).toBe(text);
  }
});

const digits = fc.stringMatching(/^\d{1,12}$/);
const decimals = fc.option(fc.stringMatching(/^\d{0,5}$/), { nil: undefined });
const sign = fc.constantFrom('', '-', '+');
const forms = decimalSeparators
  .flatMap((decimal) => [undefined, ...groupSeparators].map((thousands) => formOf(decimal, thousands)))
  .filter((form) => form.decimal !== form.thousands && numberNotation(form) !== undefined);

it('makes one number of all ways to write it, and writes it in one way, which it reads again', () => {
  fc.assert(
    fc.property(fc.constantFrom(...forms), sign, digits, decimals, (form, sign, whole, fraction) => {
      const plain = sign + whole + (fraction === undefined ? '' : `.${fraction}`);
      const bare = plain.replace('.', form.decimal);
      expect(read(form, bare)).toBe(plain);
      const groups = whole.replace(/\B(?=(?:\d{3})+$)/g, form.thousands ?? '');
      if (!whole.startsWith('0'))
        expect(
          read(
            form,
            bare.replace(whole, () => groups),
          ),
        ).toBe(plain);
      const written = run(numberNotation(form)!.write, plain) ?? plain;
      expect(written).toBe(bare);
      expect(read(form, written)).toBe(plain);
    }),
  );
});

it('writes what is no number as it stands', () => {
  const { write } = numberNotation(formOf(',', '.'))!;
  for (const text of ['[0.5,1.5)', '>=1.5', '*', 'p_1.5', '1.2.3', '1.5e', '.', '12', '', '-.', '2024.5a']) {
    expect(run(write, text), text).toBeNull();
  }
});
