import { shortestInOwnRecord, shortestInsideWords, words } from '../table/word-rules.ts';
import type { Match } from './definition.ts';

/** What is searched for: letters and digits as `fold` leaves them. */
export interface Needle {
  readonly letters: string;
  /** Inside longer words too. */
  readonly anywhere: boolean;
}

/**
 * A record's own values as they are searched for in its texts: each as a whole, by the rules of the leak check, and the words of names too,
 * from three letters on. A value with a digit or an @ is no name.
 */
export function needlesOf(values: readonly string[]): Needle[] {
  const needles = new Map<string, Needle>();
  const add = (letters: string, anywhere: boolean) => {
    if (needles.get(letters)?.anywhere !== true) needles.set(letters, { letters, anywhere });
  };
  for (const value of values) {
    const parts = (value.normalize('NFC').match(words) ?? []).map(lowered);
    const letters = parts.join('');
    const bytes = Buffer.byteLength(letters);
    if (bytes >= shortestInOwnRecord) add(letters, bytes >= shortestInsideWords && !/^[0-9]+$/.test(letters));
    if (/[\p{N}@]/u.test(value)) continue;
    for (const part of parts) if (shortestPart.test(part) && !particles.has(part)) add(part, false);
  }
  return [...needles.values()];
}

/**
 * Where the needles stand in a text, which is in NFC: whole words each, where a needle stands inside of one too. Nothing is read across
 * letters of what lies `beyond`, in ascending order, but what stands on both sides of it counts as together.
 */
export function findOwn(text: string, needles: readonly Needle[], beyond: readonly Match[] = []): Match[] {
  const quick = lettersOf(text);
  const present = beyond.length > 0 ? needles : needles.filter(({ letters }) => quick.includes(letters));
  if (present.length === 0) return [];
  const { letters, start, end, begins } = fold(text, beyond);
  const matches: Match[] = [];
  for (const needle of present) {
    const size = needle.letters.length;
    for (let at = letters.indexOf(needle.letters); at >= 0; at = letters.indexOf(needle.letters, at)) {
      let from = at;
      let to = at + size;
      at++;
      if (needle.anywhere) {
        while (begins[from] === 0) from--;
        while (begins[to] === 0) to++;
      } else if (begins[from] === 0 || begins[to] === 0) continue;
      matches.push({ start: start[from]!, end: end[to - 1]! });
      at = Math.max(at, to);
    }
  }
  return matches;
}

const shortestPart = /\p{L}.*\p{L}.*\p{L}/u;
/** Parts of names that are words of their language besides. */
const particles = new Set('and che das dal dei del den der des dos ibn les los mrs the und van von zum zur'.split(' '));

/** Lower case of which no letter depends on its neighbours, as the Greek sigma at the end of a word does. */
function lowered(text: string): string {
  return text.toLowerCase().replaceAll('ς', 'σ');
}

function lettersOf(text: string): string {
  return lowered(ascii.test(text) ? text.replace(/[^A-Za-z0-9]+/g, '') : (text.match(words) ?? []).join(''));
}

const ascii = /^[\0-\x7f]*$/;

/** The letters and digits of a text and, for each of them, where the character stands that it came from. */
interface Folded {
  readonly letters: string;
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** 1 where a word begins, and at the very end. */
  readonly begins: Uint8Array;
}

function fold(text: string, beyond: readonly Match[]): Folded {
  // No character has more than three in lower case (`İ` has two).
  const start = new Int32Array(3 * text.length);
  const end = new Int32Array(3 * text.length);
  const begins = new Uint8Array(3 * text.length + 1);
  let letters = '';
  let next = 0;
  for (const { 0: word, index } of text.matchAll(words)) {
    while (next < beyond.length && beyond[next]!.end <= index) next++;
    begins[letters.length] = 1;
    let at = index;
    for (const character of word) {
      const hidden = next < beyond.length && at >= beyond[next]!.start;
      const low = hidden ? '' : lowered(character);
      for (let i = letters.length; i < letters.length + low.length; i++) {
        start[i] = at;
        end[i] = at + character.length;
      }
      letters += low;
      at += character.length;
      while (next < beyond.length && beyond[next]!.end <= at) {
        next++;
        begins[letters.length] = 1;
      }
    }
  }
  begins[letters.length] = 1;
  return { letters, start, end, begins };
}
