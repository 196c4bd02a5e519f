import { describe, expect, it } from 'vitest';
import { substitutesOf } from '../../src/transforms/scramble-alphabets.ts';

/** Each once. */
const alphabets = new Set(
  Array.from({ length: 0x110000 }, (_, code) =>
    code >= 0xd800 && code < 0xe000 ? undefined : substitutesOf(code),
  ).filter((found) => found !== undefined && found !== null),
);
const texts = [...alphabets].map(({ letters }) => String.fromCodePoint(...letters));

describe('the alphabets of scramble', () => {
  it('hold what stays within them', () => {
    expect(alphabets.size).toBe(32);
    for (const alphabet of alphabets) {
      expect(alphabet.letters.length).toBeGreaterThan(9);
      const { letters } = alphabet;
      const outside = [...letters].filter((code) => {
        const own = substitutesOf(code)?.letters;
        return own?.length !== letters.length || own[0] !== letters[0];
      });
      expect(outside).toEqual([]);
    }
  });

  it('are assigned letters, digits, pictures and halves of flags', () => {
    for (const text of texts)
      expect(text).toMatch(/^(\p{L}+|\p{Nd}{10}|\p{Emoji_Presentation}+|\p{Script=Braille}+)$/u);
  });

  it('keep case', () => {
    for (const [member, pattern] of [
      ['É', /^[A-Z]+$/],
      ['ß', /^[a-z]+$/],
      ['Ω', /^[Α-Ω]{24}$/],
      ['ς', /^[α-ω]{25}$/],
      ['Щ', /^[А-Я]{32}$/],
      ['ё', /^[а-я]{32}$/],
      ['٣', /^[٠-٩]{10}$/],
      ['½', /^[0-9]{10}$/],
      ['中', /^[一-鿿]{20992}$/],
      ['한', /^[가-힣]{11172}$/],
      ['ー', /^[ァ-ヺ]+$/],
      ['Ⓐ', /^[A-Z]+$/],
      ['𝒶', /^[a-z]+$/],
      ['ཀ', /^[a-z]+$/],
    ] as const) {
      const letters = substitutesOf(member.codePointAt(0)!)!.letters;
      expect(String.fromCodePoint(...letters), member).toMatch(pattern);
    }
  });

  it('leave out marks and what is not seen', () => {
    for (const code of [0x301, 0x200d, 0xfe0f, 0x1f3fd, 0xad, 0x202e, 0xe000, 0xe0041, 0x378]) {
      expect(substitutesOf(code)).toBeNull();
    }
  });

  it('let stay only what is neither letter nor digit', () => {
    for (let code = 0; code < 0x110000; code++) {
      if (code >= 0xd800 && code < 0xe000) continue;
      if (substitutesOf(code) !== undefined) continue;
      if (/[\p{L}\p{N}\p{M}\p{Alphabetic}\p{Cf}\p{Co}]/u.test(String.fromCodePoint(code)))
        expect(code.toString(16)).toBe('');
    }
    for (const character of '.,-_/@#+ \n\t€©™†') {
      expect(substitutesOf(character.codePointAt(0)!), character).toBeUndefined();
    }
  });
});
