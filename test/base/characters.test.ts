import fc from 'fast-check';
import { expect, it } from 'vitest';
import { charactersOf } from '../../src/base/characters.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

it('long texts have the characters that segmenting them at once finds', () => {
  // Joined emoji, flags (whose pairs are counted from the first), skin tones, Hangul by letters, and conjuncts.
  const part = fc.constantFrom('a', 'é', '\u0301', '\u200d', '👩', '🏽', '🇨', '🇭', 'ᄒ', 'ᅡ', 'क', '्', 'ष');
  const text = fc.array(part, { minLength: 300, maxLength: 1500, size: 'max' }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (long) => {
      expect(charactersOf(long)).toEqual(Array.from(segmenter.segment(long), ({ segment }) => segment));
    }),
    { numRuns: 60 },
  );
  // What ICU makes of half a surrogate pair depends on what stands far before it: nothing is lost.
  const broken = fc.array(fc.oneof(part, fc.constantFrom('\ud83d', '\udc69')), {
    minLength: 300,
    maxLength: 600,
    size: 'max',
  });
  fc.assert(
    fc.property(broken, (parts) => charactersOf(parts.join('')).join('') === parts.join('')),
    { numRuns: 10 },
  );
  // One character that is longer than any piece.
  expect(charactersOf(`👩${'\u0301'.repeat(2000)}a`)).toHaveLength(2);
});

it('take time by their length', () => {
  const timeOf = (text: string) => {
    const began = performance.now();
    expect(charactersOf(text).join('')).toBe(text);
    return performance.now() - began;
  };
  const text = 'नमस्ते 👩‍👩‍👧 e\u0301 ';
  timeOf(text.repeat(100));
  const short = Math.min(...[1, 2, 3].map(() => timeOf(text.repeat(500))));
  // Sixteen times the length took 250 times the time.
  expect(timeOf(text.repeat(8000))).toBeLessThan(80 * Math.max(short, 1));
});
