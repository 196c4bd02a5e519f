import type { Match } from './definition.ts';

/**
 * A pattern whose matches are words of their own: no letter, digit or mark touches them, and, where they begin or end with a digit, no
 * point or hyphen with a further digit behind it. `body` has bounded repetitions only, so that no place takes longer than a constant.
 */
export function wordPattern(body: string): RegExp {
  return new RegExp(
    `(?<![\\p{L}\\p{N}\\p{M}]|\\d[.-](?=\\d))(?:${body})(?![\\p{L}\\p{N}\\p{M}]|(?<=\\d)[.-]\\d)`,
    'giu',
  );
}

/**
 * The matches of a global pattern that `accepts` does not refuse. It returns how many characters of the match count, 0 for none. Behind
 * a refused match the search goes on at its second character.
 */
export function matchesOf(text: string, pattern: RegExp, accepts: (found: string, at: number) => number): Match[] {
  const matches: Match[] = [];
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const start = found.index;
    const size = accepts(found[0], start);
    if (size > 0) matches.push({ start, end: start + size });
    pattern.lastIndex = start + Math.max(1, size);
  }
  return matches;
}

/** May a match that ends with a digit end before text[at]? */
export function isNumberEnd(text: string, at: number): boolean {
  endPattern.lastIndex = at;
  return !endPattern.test(text);
}

const endPattern = /[\p{L}\p{N}\p{M}]|[.-]\d/uy;
/** Most matches of decimal digits have fewer. */
export const digits = '0123456789';
