import type { Recognizer } from './definition.ts';
import { matchesOf, wordCharacter } from './scan.ts';

export const url: Recognizer = {
  name: 'url',
  summary: 'Web addresses that begin with a scheme such as `https://`, or with `www.`.',
  source: 'RFC 3986 §3; ends before white space, quotes, angle brackets and closing punctuation',
  needs: ':.',
  names: ['url', 'uri', 'website', 'web site', 'homepage', 'web page', 'link'],
  examples: {
    found: [
      'https://example.org',
      'http://example.org/~ada?x=1#y',
      'www.example.org/a_(b)',
      'ftp://files.example/ä',
      'HTTPS://EXAMPLE.ORG:8443/',
    ],
    not: ['http://', 'see: //example', 'example.org', 'www.', 'awww.example', 'a://'],
  },
  find(text) {
    let searched = 0;
    return matchesOf(text, beginning, (found, at) => {
      // Nothing behind a match is read twice.
      if (at < searched) return 0;
      rest.lastIndex = at + found.length;
      const { length } = rest.exec(text)![0];
      searched = at + found.length + length;
      const end = endOf(text, at + found.length, searched);
      return end > at + found.length ? end - at : 0;
    });
  },
};

const beginning = new RegExp(`(?<!${wordCharacter})(?:[a-z][a-z0-9+.-]{1,15}:\\/\\/|www\\.)(?=[\\p{L}\\p{N}[])`, 'giu');
const rest = /[^\s<>"'`\p{Cc}\p{Pi}\p{Pf}]*/uy;

/** Punctuation at the end belongs to the sentence, and a closing bracket to it unless the address opens one. */
function endOf(text: string, from: number, to: number): number {
  let end = to;
  let open = 0;
  for (let i = from; i < to; i++) open += text[i] === '(' ? 1 : text[i] === ')' ? -1 : 0;
  for (; end > from; end--) {
    const last = text[end - 1]!;
    if (last === ')' && open < 0) open++;
    else if (!'.,;:!?]}*_'.includes(last)) break;
  }
  return end;
}
