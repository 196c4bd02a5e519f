import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mask } from '../../src/transforms/mask.ts';
import { checkForms, type Input } from './harness.ts';

const masked = (options: unknown, ...inputs: Input[]) => checkForms(mask, options, inputs);

describe('mask', () => {
  it('hides everything unless told otherwise', () => {
    expect(masked({}, 'secret', '', 'a b', 4711, true)).toEqual(['******', '', '***', '****', '****']);
  });

  it('shows half, and nothing when more than half would show', () => {
    const halves = { 'keep-first': 1, 'keep-last': 1 };
    expect(masked(halves, 'abcde', 'abcd', 'abc', 'a')).toEqual(['a***e', 'a**d', '***', '*']);
    expect(masked({ 'keep-last': 4 }, '12345678', '1234567')).toEqual(['****5678', '*******']);
    expect(masked({ 'keep-first': 1e15 }, 'abc')).toEqual(['***']);
  });

  it('skips punctuation: it stays and does not count', () => {
    const last = { 'keep-last': 2, skip: 'punctuation' };
    expect(masked(last, '+44 (0)1-', '1-2-3', '...', 'é/ß/ø/Ł')).toEqual(['+** (0)1-', '*-*-*', '...', '*/*/ø/Ł']);
    expect(masked({ ...last, with: '#' }, 'a_b~c🙂d')).toEqual(['#_#~#🙂d']);
  });

  it('takes a character to be what a reader sees as one', () => {
    const [zoe, family, thumb, flag] = ['Zoe\u0308', '👩‍👩‍👧‍👦', '👍🏽', '🇬🇧'];
    expect(masked({ 'keep-last': 1 }, zoe, `a${family}`, `${family}${thumb}`, flag)).toEqual([
      '**e\u0308',
      `*${family}`,
      `*${thumb}`,
      '*',
    ]);
    expect(masked({}, '\r\n', '한국어', 'नमस्ते')).toEqual(['**', '***', '*'.repeat(3)]);
  });

  it('counts clusters for each code point of the basic plane, whether segmented or not', () => {
    const texts = [];
    for (let code = 1; code < 0x10000; code++) {
      if (code === 0xd800) code = 0xe000;
      texts.push(`가${String.fromCharCode(code, code)}ё`);
    }
    expect(masked({}, ...texts)).toEqual(texts.map((text) => '*'.repeat(clusters(text).length)));
  });

  it('replaces by any one printable character', () => {
    expect(masked({ with: '█', 'keep-first': 1 }, 'Zoë', 'äh')).toEqual(['Z██', 'ä█']);
    for (const bad of ['', '**', ' ', '\n', '\u0308', '\u00a0', '\u200b', '\ud800']) {
      expect(mask.options.safeParse({ with: bad }).success, JSON.stringify(bad)).toBe(false);
    }
  });

  it('keeps the number of characters, and at most the half at either end', () => {
    const words = fc.string({ unit: fc.constantFrom(...'aZ09-. éßÿ\u02ff', '中', '🙂', 'e\u0308'), maxLength: 20 });
    const keeps = fc.nat(6);
    fc.assert(
      fc.property(fc.array(words), keeps, keeps, fc.constantFrom('none', 'punctuation'), (texts, first, last, skip) => {
        const results = masked({ 'keep-first': first, 'keep-last': last, with: '•', skip }, ...texts);
        for (const [i, result] of results.entries()) {
          const [before, after] = [clusters(texts[i]!), clusters(result as string)];
          const countable = before.flatMap((c, at) => (skip === 'none' || /[\p{L}\p{N}🙂]/u.test(c) ? [at] : []));
          const hides = first + last > countable.length / 2 ? [0, 0] : [first, last];
          const hidden = new Set(countable.slice(hides[0], countable.length - hides[1]!));
          expect(after).toEqual(before.map((c, at) => (hidden.has(at) ? '•' : c)));
        }
      }),
      { seed: 8 },
    );
  });

  it('is the same in both forms for any text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary' })),
        fc.nat(3),
        fc.constantFrom('none', 'punctuation'),
        (texts, last, skip) => {
          masked({ 'keep-last': last, skip }, ...texts);
        },
      ),
      { seed: 9 },
    );
  });

  it('pictures and marks are hidden beside punctuation that stays', () => {
    const skip = { skip: 'punctuation' };
    expect(checkForms(mask, skip, ['🦄', '🇬🇧', '👩‍👩‍👧-1️⃣', 'a+b@c.d', '(é) ', 'Ⓐ⠁', '\u0301', '— €5'])).toEqual([
      '*',
      '*',
      '*-*',
      '*+*@*.*',
      '(*) ',
      '**',
      '*',
      '— €*',
    ]);
  });
});

function clusters(text: string): string[] {
  return Array.from(new Intl.Segmenter('en').segment(text), ({ segment }) => segment);
}
