import type { Match } from './definition.ts';

/**
 * A letter, digit or mark that belongs to a word with what it touches, as a part of a regular expression with `u`. Chinese, Japanese,
 * Thai and their like are written without spaces, and Korean sets its particles right behind a word: `電話は03-3828-0360です`.
 */
export const wordCharacter = String.raw`(?![${unspacedLetters()}])[\p{L}\p{N}\p{M}]`;

/** By blocks of Unicode: with properties of scripts, each pattern would take three times as long to be compiled. */
function unspacedLetters(): string {
  return [
    // Thai, Lao, Burmese, Khmer
    String.raw`\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff`,
    // Hangul
    String.raw`\u1100-\u11ff\ua960-\ua97f\uac00-\ud7ff`,
    // Kana, Bopomofo, and the forms of half width
    String.raw`\u3040-\u31ff\uff66-\uffdc`,
    // Chinese characters
    String.raw`\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}`,
  ].join('');
}

/**
 * A pattern whose matches are words of their own: no letter, digit or mark touches them, and, where they begin or end with a digit, no
 * point or hyphen with a further digit behind it. `body` has bounded repetitions only, so that no place takes longer than a constant.
 */
export function wordPattern(body: string): RegExp {
  return new RegExp(`(?<!${wordCharacter}|\\d[.-](?=\\d))(?:${body})(?!${wordCharacter}|(?<=\\d)[.-]\\d)`, 'giu');
}

/** How many characters of a match count, 0 for none. */
type Accepts = (found: string, at: number) => number;

/** The matches of a global pattern that `accepts` does not refuse. Behind a refused match the search goes on at its second character. */
export function matchesOf(text: string, pattern: RegExp, accepts: Accepts): Match[] {
  return collect(text, pattern, accepts, (size) => Math.max(1, size));
}

/** The same, and those that begin within another one. */
export function overlappingMatchesOf(text: string, pattern: RegExp, accepts: Accepts): Match[] {
  return collect(text, pattern, accepts, () => 1);
}

function collect(text: string, pattern: RegExp, accepts: Accepts, step: (size: number) => number): Match[] {
  const matches: Match[] = [];
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const start = found.index;
    const size = accepts(found[0], start);
    if (size > 0) matches.push({ start, end: start + size });
    pattern.lastIndex = start + step(size);
  }
  return matches;
}

/** May a match that ends with a digit end before text[at]? */
export function isNumberEnd(text: string, at: number): boolean {
  endPattern.lastIndex = at;
  return !endPattern.test(text);
}

const endPattern = new RegExp(`${wordCharacter}|[.-]\\d`, 'uy');
/** Most matches of decimal digits have fewer. */
export const digits = '0123456789';
