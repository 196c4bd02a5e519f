import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkName, findCaseTwins, printable } from '../../src/release/names.ts';

describe('checkName', () => {
  it.each([
    'LICENSE.md',
    'data/patients.csv',
    'data/2026/patients (final) 100%+.csv',
    'data/Überlingen.csv',
    'data/患者.ndjson',
    'data/console.csv',
    'data/com0.csv',
    'data/com10',
    'a'.repeat(100),
    'é'.repeat(50),
  ])('allows %s', (name) => expect(checkName(name)).toBeNull());

  it.each([
    ['', 'empty'],
    ['a'.repeat(101), '100 bytes'],
    ['é'.repeat(51), '100 bytes'],
    ['e\u0301', 'NFC'],
    ['\u212b', 'NFC'],
    ['a/b/c/d', '3 segments'],
    ['/a', 'empty segment'],
    ['a/', 'empty segment'],
    ['a//b', 'empty segment'],
    ['.', 'not allowed'],
    ['..', 'not allowed'],
    ['data/../x', 'not allowed'],
    ['data/.hidden', 'not allowed'],
    ['-rf', 'not allowed'],
    [' a', 'not allowed'],
    ['a\\b', 'not allowed'],
    ['C:x', 'not allowed'],
    ['a\0b', 'not allowed'],
    ['a\nb', 'not allowed'],
    ['a\u202egpj', 'not allowed'],
    ['a\u200bb', 'not allowed'],
    ['a\u00a0b', 'not allowed'],
    ['a\ud800', 'not allowed'],
    ['a*', 'not allowed'],
    ['a~1', 'not allowed'],
    ['a.', 'ends in'],
    ['a ', 'ends in'],
    ['data./x', 'ends in'],
    ['con', 'device'],
    ['data/NUL.csv', 'device'],
    ['data/Nul .csv', 'device'],
    ['LPT9.tar.gz', 'device'],
    ['aux/x', 'device'],
    ['COM1', 'device'],
  ])('refuses %j: %s', (name, reason) => expect(checkName(name)).toContain(reason));

  it('allows nothing that leads out of its folder or hides', () => {
    const piece = fc.constantFrom('.', '..', '/', '\\', 'a', ' ', ':', '\0', '\u202e', 'con', '~', 'é', 'e\u0301');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const name = pieces.join('');
        if (checkName(name) !== null) return;
        for (const segment of name.split('/')) expect(segment).toMatch(/^[a-zé][a-zé .]*$/u);
      }),
      { seed: 1 },
    );
  });
});

describe('findCaseTwins', () => {
  it.each([
    ['data/a.csv', 'data/A.csv'],
    ['straße', 'STRASSE'],
    ['kilo', 'K\u0130LO'.replace('\u0130', 'I')],
    ['ſ', 's'],
    ['Σας', 'ΣΑΣ'],
  ])('finds %s and %s', (one, other) => expect(findCaseTwins([one, other])).toHaveLength(1));

  it('finds a file on the way to another', () => {
    expect(findCaseTwins(['data/A', 'x', 'data/a/b'])).toEqual([['data/A', 'data/a/b']]);
  });

  it('finds a name that stands twice', () => expect(findCaseTwins(['a', 'b', 'a'])).toEqual([['a', 'a']]));

  it('leaves different names alone', () => {
    expect(findCaseTwins(['data/a.csv', 'data/b.csv', 'data/a', 'dat', 'e', 'é'])).toEqual([]);
  });
});

it('printable shows what cannot be seen', () => {
  expect(printable('a\u202eb\u001b[31m\u{1f600}')).toBe('a\\u{202e}b\\u{1b}[31m\\u{1f600}');
  expect(printable('x'.repeat(101))).toBe(`${'x'.repeat(100)}…`);
});
