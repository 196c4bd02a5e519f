import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { file } from '../../src/hierarchies/file.ts';
import { filesOf, levelsOf } from './forms.ts';

function build(text: string | Buffer, options: object = {}) {
  return file.build(file.options.parse({ file: 'h.csv', ...options }), filesOf({ 'h.csv': text }));
}

function problems(text: string, options: object = {}) {
  try {
    build(text, options);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    for (const { code, place } of error.diagnostics) expect([code, place?.file]).toEqual(['POLICY-MEANING', 'h.csv']);
    expect(JSON.stringify(error.diagnostics)).not.toContain('canary');
    return error.diagnostics.map(({ place, message, hint }) => [place!.line, hint ?? message]);
  }
  return [];
}

const goesRound = 'of two labels one is the more general, in all rows and levels: give one of them another name';

/** Counted with `cut -d';' -fN FILE | sort -u | wc -l`. */
const adult: readonly [string, readonly number[]][] = [
  ['age', [100, 20, 10, 5, 1]],
  ['education', [16, 5, 3, 1]],
  ['marital-status', [7, 2, 1]],
  ['native-country', [41, 5, 1]],
  ['occupation', [14, 3, 1]],
  ['race', [5, 1]],
  ['salary-class', [2, 1]],
  ['sex', [2, 1]],
  ['workclass', [8, 3, 1]],
];

describe('a hierarchy from a file', () => {
  it.each(adult)('has the labels of the Adult hierarchy %s', (name, counts) => {
    const text = readFileSync(new URL(`../vectors/adult/${name}.csv`, import.meta.url));
    const hierarchy = build(text);
    expect(hierarchy.height).toBe(counts.length - 1);
    const rows: string[][] = parse(text, { delimiter: ';' });
    const levels = levelsOf(
      hierarchy,
      rows.map(([value]) => value!),
    );
    expect(levels).toEqual(rows);
    expect(counts.map((_, level) => new Set(levels.map((labels) => labels[level])).size)).toEqual(counts);
  });

  it('does not know other values, nor labels', () => {
    const hierarchy = build('a;x;*\n"";y;*\n');
    const unknown = ['x', '*', 'A', ' a', 'a ', 'a\u0308', '🙂', 'aaaaaaaaaaaaaaaaaaaa'];
    for (const levels of levelsOf(hierarchy, unknown)) expect(levels).toEqual([null, null, null]);
    expect(levelsOf(hierarchy, [''])).toEqual([['', 'y', '*']]);
  });

  it('may be in another encoding', () => {
    const text = 'Zürich;Süd;*\nGenève;Süd;*\n';
    for (const [encoding, bytes] of [
      ['latin1', Buffer.from(text, 'latin1')],
      ['utf-16', Buffer.from(`\ufeff${text}`, 'utf16le')],
      ['utf-16le', Buffer.from(text, 'utf16le')],
    ] as const) {
      expect(levelsOf(build(bytes, { encoding }), ['Genève'])).toEqual([['Genève', 'Süd', '*']]);
    }
    expect(() => build(Buffer.from(text, 'utf16le'), { encoding: 'utf-16' })).toThrow('does not begin with');
    expect(() => build(Buffer.from(text, 'latin1'))).toThrow('not valid UTF-8');
  });

  it('gets a root when its last level has several labels', () => {
    expect(levelsOf(build('a;x\nb;y\n'), ['b'])).toEqual([['b', 'y', '*']]);
    expect(levelsOf(build('a;any\nb;any\n'), ['b'])).toEqual([['b', 'any']]);
  });

  it('takes a byte order mark, CRLF, quotes and other delimiters', () => {
    const hierarchy = build('\ufeff"a, ""b""",x,*\r\né🙂,y,*\r\n', { delimiter: ',' });
    expect(levelsOf(hierarchy, ['a, "b"', 'é🙂'])).toEqual([
      ['a, "b"', 'x', '*'],
      ['é🙂', 'y', '*'],
    ]);
  });

  it.each([
    ['canary,x,*\nb,y,*\n', {}, [[1, 'set `delimiter: ","`']]],
    ['canary\n', {}, [[1, 'the row has one column, and a hierarchy needs a value and at least one label']]],
    ['canary;x;*\nb;y\n', {}, [[2, 'the row has 2 columns, the first has 3 columns']]],
    ['', {}, [[1, 'the file holds no rows']]],
    [
      'canary;x;*\nb;x;*\n\ncanary;x;*\nb;x;*\n',
      {},
      [
        [4, 'the value stands in line 1 already'],
        [5, 'the value stands in line 2 already'],
      ],
    ],
    [
      'a;canary;y;*\nb;canary;z;*\n',
      {},
      [[2, 'a label has one label at the next level: give one of the two another name']],
    ],
    ['a;;*\n', {}, [[1, 'write a label']]],
    ['canary;b;*\nb;canary;*\n', {}, [[2, goesRound]]],
    // By way of a third label, and of another level; the first place is named.
    ['x;x;*\na;b;c\nc;canary;d\ncanary;e;a\n', {}, [[4, goesRound]]],
    ['a;b;*\nq;*;r\nr;s;*\nb;a;*\n', {}, [[3, goesRound]]],
  ])('refuses %j', (text, options, expected) => {
    expect(problems(text, options)).toEqual(expected);
  });

  it('may have labels that stay from level to level, and that are values of other rows', () => {
    // 3 and 5 rounded to 5, then to 10.
    expect(levelsOf(build('3;5;10;*\n5;5;10;*\n10;10;10;*\n'), ['5'])).toEqual([['5', '5', '10', '*']]);
    // As many steps as rows, all in one chain.
    const chain = Array.from({ length: 20_000 }, (_, i) => `${i};${i + 1};*`).reverse();
    expect(problems(chain.join('\n'))).toEqual([]);
    expect(problems([...chain, '20000;0;*'].join('\n'))).toEqual([[20_001, goesRound]]);
  });

  it('finds what its rows say, and is nested', () => {
    const label = fc.stringMatching(/^[a-zé 🙂;"]{1,12}$/u);
    // A tree by construction: a label of level 1 names its parent, and none is a value.
    const row = fc.tuple(label, fc.constantFrom('X', 'Y'), fc.nat(9));
    fc.assert(
      fc.property(fc.uniqueArray(row, { selector: ([value]) => value, minLength: 1, maxLength: 300 }), (rows) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = rows.map(([value, top, n]) => [quoted(value), `${top}${n}`, top, '*'].join(';')).join('\n');
        expect(
          levelsOf(
            build(text),
            rows.map(([value]) => value),
          ),
        ).toEqual(rows.map(([value, top, n]) => [value, `${top}${n}`, top, '*']));
      }),
      { seed: 5, numRuns: 50 },
    );
  });
});
