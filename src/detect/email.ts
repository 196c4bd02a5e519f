import type { Match, Recognizer } from './definition.ts';
import { wordCharacter } from './scan.ts';

export const email: Recognizer = {
  name: 'email',
  summary: 'Mail addresses with a domain of two labels or more, international ones too.',
  source: 'RFC 5321 §4.1.2, RFC 6531; of the punctuation before the @ only what is in use',
  needs: '@',
  names: ['email', 'e mail', 'mail', 'email address', 'mail address', 'courriel', 'correo'],
  examples: {
    found: [
      'ada@example.org',
      "o'hara+news_1@mail.example.co.uk",
      'jürgen@bücher.example',
      'A.B-c%d@xn--bcher-kva.example',
      '用户@例子.广告',
    ],
    not: ['ada@localhost', '@ada', 'ada@', 'a@b.1', 'see @ada.lovelace', 'ada@-x.example', 'x@.org'],
  },
  find(text) {
    const matches: Match[] = [];
    let behind = 0;
    for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      const start = startOf(text, at, behind);
      const end = start < at ? endOf(text, at + 1) : 0;
      if (end === 0) continue;
      matches.push({ start, end });
      behind = end;
    }
    return matches;
  },
};

/** Longest parts, RFC 5321 §4.5.3.1. */
const longestLocal = 64;
const longestDomain = 255;

/** Where the part before the @ begins, not before `behind`; `at` where there is none. */
function startOf(text: string, at: number, behind: number): number {
  const from = Math.max(behind, at - longestLocal);
  const isLocal = isSpaced(text[at - 1]) ? isSpacedLocal : isAnyLocal;
  let start = at;
  while (start > from && isLocal(text[start - 1]!)) start--;
  // A longer one is no address: its end is not taken for one.
  if (start === from && start > behind && isLocal(text[start - 1]!)) return at;
  while (start < at && !firstCharacter.test(text[start]!)) start++;
  return start < at && text[at - 1] === '.' ? at : start;
}

/** Where the domain that begins at `from` ends; 0 where there is none. */
function endOf(text: string, from: number): number {
  const domain = isSpaced(text[from]) ? spacedDomain : anyDomain;
  domain.lastIndex = from;
  const found = domain.exec(text)?.[0] ?? '';
  return found.length > longestDomain || !topLevel.test(found) ? 0 : from + found.length;
}

// Halves of surrogate pairs pass: letters beyond the first plane are rare, and nothing else has them beside an @.
const localCharacter = /[\p{L}\p{N}\p{M}._%+'~\ud800-\udfff-]/u;
const firstCharacter = /[\p{L}\p{N}_\ud800-\udfff]/u;
const isAnyLocal = (character: string): boolean => localCharacter.test(character);

/**
 * Chinese and Japanese are written without spaces: an address that does not begin or end in them is none of the words around it.
 */
const isSpacedLocal = (character: string): boolean => isAnyLocal(character) && isSpaced(character);
const isSpaced = (character: string | undefined): boolean => character !== undefined && !unspaced.test(character);
const unspaced = new RegExp(`(?!${wordCharacter})[\\p{L}\\p{N}\\p{M}]`, 'u');

const anyDomain = domainOf('[\\p{L}\\p{N}]', '[\\p{L}\\p{N}\\p{M}]');
const spacedDomain = domainOf(`(?!\\p{M})${wordCharacter}`, wordCharacter);

/** Labels of such characters, at most 63 each; `first`: of those, the ones that a label may begin with. */
function domainOf(first: string, inside: string): RegExp {
  const label = `${first}(?:(?:${inside}|-){0,61}${inside})?`;
  return new RegExp(`${label}(?:\\.${label}){1,126}(?!${inside})`, 'uy');
}

/** No number: `a@1.2` is no address. */
const topLevel = /\.(?:\p{L}[\p{L}\p{M}]+|xn--[a-z0-9-]+)$/iu;
