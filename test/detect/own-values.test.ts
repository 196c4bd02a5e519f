import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findOwn, needlesOf } from '../../src/detect/own-values.ts';

function found(text: string, ...values: string[]): string[] {
  return findOwn(text, needlesOf(values)).map(({ start, end }) => text.slice(start, end));
}

describe('own values', () => {
  it.each([
    ['a value as a whole', 'id 00-4711, seen', '004711', ['00-4711']],
    [
      'whatever its case and punctuation',
      'ADA LOVELACE-KING',
      'ada (Lovelace King)',
      ['ADA', 'ADA LOVELACE-KING', 'KING', 'LOVELACE'],
    ],
    ['the words of a name', 'Mrs Lovelace, Ada', 'Ada Lovelace', ['Ada', 'Lovelace']],
    ['no part of two letters', 'Li and Bo', 'Bo Li', []],
    ['a short name as a whole', 'Bo Li came', 'Bo Li', ['Bo Li']],
    ['no particle', 'von der Berg and der Hund', 'Eva von der Berg', ['Berg']],
    ['no word of an address with a number', 'Main roads', '12 Main Street', []],
    ['no word of a mail address', 'example of ada', 'ada@example.org', []],
    ['no shorter number', '471 4711a a4711', '4711', []],
    ['long values within words, then the whole word', 'user xadalovelace9 x', 'adalovelace', ['xadalovelace9']],
    ['long numbers as whole words only', '1234567890 12345678', '12345678', ['12345678']],
    ['no name within a word', 'Adamant Lovelaces', 'Ada Lovelace', []],
    ['letters of all scripts', 'ΟΔΥΣΣΕΥΣ, Иванов', 'οδυσσευς Иванов', ['ΟΔΥΣΣΕΥΣ', 'ΟΔΥΣΣΕΥΣ, Иванов', 'Иванов']],
    ['letters that grow in lower case', 'İİİİ and İ', 'İİİİ', ['İİİİ']],
    ['letters beyond the first plane', '𐐀𐐀𐐀 here', '𐐨𐐨𐐨', ['𐐀𐐀𐐀']],
  ])('%s', (_, text, value, expected) => {
    const all = found(text, value).sort();
    expect([...new Set(all)]).toEqual(expected);
  });

  it('are nothing where there are none', () => {
    expect(found('some text', '', ' ', '-', '😀', 'ab')).toEqual([]);
    expect(found('', 'Ada Lovelace')).toEqual([]);
  });

  it('are found around what is left out', () => {
    const text = 'Zo **** Ng, Bo';
    const needles = needlesOf(['Zo Ng']);
    expect(findOwn(text, needles, [{ start: 3, end: 7 }])).toEqual([{ start: 0, end: 10 }]);
    expect(findOwn('Zo xx Ng', needles, [{ start: 3, end: 5 }])).toEqual([{ start: 0, end: 8 }]);
    expect(findOwn('Zo xx Ng', needles)).toEqual([]);
    expect(
      findOwn('xxZoxxNgxx', needles, [
        { start: 0, end: 2 },
        { start: 4, end: 6 },
        { start: 8, end: 10 },
      ]),
    ).toEqual([{ start: 2, end: 8 }]);
  });

  it('are the words that a plain search finds', () => {
    const letter = fc.constantFrom('a', 'B', 'é', 'E\u0301', 'σ', 'Σ', ' ', '-', '4', '😀');
    const text = fc.string({ unit: letter, maxLength: 30 }).map((string) => string.normalize('NFC'));
    const value = fc.string({ unit: letter, maxLength: 6 });
    fc.assert(
      fc.property(text, value, (where, what) => {
        const plain = (string: string) =>
          (string.normalize('NFC').match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).map((word) =>
            word.toLowerCase().replaceAll('ς', 'σ'),
          );
        const whole = plain(what).join('');
        // Is the value, as a whole, a run of whole words?
        const words = plain(where);
        const runs = words.flatMap((_, i) => words.slice(i).map((_, n) => words.slice(i, i + n + 1).join('')));
        fc.pre(Buffer.byteLength(whole) >= 4);
        const matches = found(where, what).map((match) => plain(match).join(''));
        expect(matches.includes(whole)).toBe(runs.includes(whole));
      }),
      { numRuns: 2000 },
    );
  });

  it('take time that is linear in the text', () => {
    for (const [unit, value] of [
      ['ab', 'abababab'],
      ['a ', 'a a a a'],
      ['a', 'aaaaaaaaa'],
      ['a', 'aaaa'],
      ['é ', 'éééé'],
    ] as const) {
      const text = unit.repeat((1 << 20) / unit.length);
      const began = performance.now();
      findOwn(text, needlesOf([value]));
      // Some 0.2 µs a character; in the square of the length it would be days.
      expect(performance.now() - began).toBeLessThan(5000);
    }
  });
});
