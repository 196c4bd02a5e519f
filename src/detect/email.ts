import type { Match, Recognizer } from './definition.ts';

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
  let start = at;
  while (start > from && localCharacter.test(text[start - 1]!)) start--;
  // A longer one is no address: its end is not taken for one.
  if (start === from && start > behind && localCharacter.test(text[start - 1]!)) return at;
  while (start < at && !firstCharacter.test(text[start]!)) start++;
  return start < at && text[at - 1] === '.' ? at : start;
}

/** Where the domain that begins at `from` ends; 0 where there is none. */
function endOf(text: string, from: number): number {
  domain.lastIndex = from;
  const found = domain.exec(text)?.[0] ?? '';
  return found.length > longestDomain || !topLevel.test(found) ? 0 : from + found.length;
}

// Halves of surrogate pairs pass: letters beyond the first plane are rare, and nothing else has them beside an @.
const localCharacter = /[\p{L}\p{N}\p{M}._%+'~\ud800-\udfff-]/u;
const firstCharacter = /[\p{L}\p{N}_\ud800-\udfff]/u;
const label = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}\\p{M}-]{0,61}[\\p{L}\\p{N}\\p{M}])?';
const domain = new RegExp(`${label}(?:\\.${label}){1,126}(?![\\p{L}\\p{N}\\p{M}])`, 'uy');
/** No number: `a@1.2` is no address. */
const topLevel = /\.(?:\p{L}[\p{L}\p{M}]+|xn--[a-z0-9-]+)$/iu;
