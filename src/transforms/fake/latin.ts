import type { Node } from './grammar.ts';
import type { Locale } from './locales.ts';
import { textsAt } from './words.ts';

/** Given and family names in letters from a to z, as addresses need them. */
export interface LatinNames {
  readonly first: Node;
  readonly last: Node;
}

/** The locale's own names without their accents; the English ones where few of its names are written in Latin letters. */
export function latinNames({ lists, english }: Locale): LatinNames {
  const own = ['person.first_name', 'person.last_name'].map((path) => latin(textsAt(lists, path)));
  const [first, last] = own.every((names) => names.length >= fewest)
    ? own
    : ['person.first_name', 'person.last_name'].map((path) => latin(textsAt(english, path)));
  return { first: { of: first! }, last: { of: last! } };
}

const fewest = 40;

function latin(names: readonly string[]): string[] {
  return [...new Set(names.map(fold).filter((name) => /^[a-z]{2,20}$/.test(name)))];
}

/** Letters that Unicode does not decompose. */
const spelled: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ə: 'e',
};

function fold(name: string): string {
  return name
    .toLowerCase()
    .replace(/[ßæœøłđðþıə]/g, (letter) => spelled[letter]!)
    .normalize('NFD')
    .replace(/[\p{M}'’ʻ\s.-]/gu, '');
}
