import { dayNumber } from '../base/calendar.ts';
import type { Recognizer } from './definition.ts';
import { digits, matchesOf } from './scan.ts';

export const date: Recognizer = {
  name: 'date',
  summary:
    'Days: ISO 8601 with or without a time, by numbers in the order of day or month, and with the month in words of six languages.',
  source: 'ISO 8601-1 §5.2.2; names of months from CLDR (en, de, fr, es, it, nl)',
  needs: digits,
  names: [
    'date',
    'dob',
    'birthday',
    'birthdate',
    'date of birth',
    'datum',
    'geburtsdatum',
    'fecha',
    'data',
    'timestamp',
    'datetime',
  ],
  examples: {
    found: [
      '2024-02-29',
      '2024-02-29T10:20:30.5+02:00',
      '2024-02-29 10:20',
      '2024/2/29',
      '29.02.2024',
      '29.2.24',
      '2/29/2024',
      '29/02/2024',
      '29 February 2024',
      'February 29th, 2024',
      'Feb. 29 2024',
      '3rd of May',
      '12. März 2024',
      '1er mars 2024',
      '12 de octubre de 2024',
      '12 gennaio',
      'Dec 24',
      '20240229T102030Z',
    ],
    not: [
      '2023-02-29',
      '2024-13-01',
      '31.04.2024',
      '1.2.3',
      '12/2024',
      '1/2',
      '30 February 2024',
      '2024',
      'May',
      '12024-02-29',
      '10:20:30',
      '45 May',
      '2024-02-290',
      '20240229',
    ],
  },
  find(text) {
    return matchesOf(text, pattern, (found) => (isDate(found) ? found.length : 0));
  },
};

const time = '(?:[T ]\\d\\d:?\\d\\d(?::?\\d\\d(?:[.,]\\d{1,9})?)?(?: ?Z|[+-]\\d\\d(?::?\\d\\d)?)?)?';
/** The first three letters tell months apart in every language but where four are needed (juin, juil). */
const months: readonly (readonly string[])[] = [
  ['january', 'jan', 'januar', 'jänner', 'janvier', 'janv', 'enero', 'ene', 'gennaio', 'januari'],
  ['february', 'feb', 'februar', 'février', 'févr', 'febrero', 'febbraio', 'februari'],
  ['march', 'mar', 'märz', 'mär', 'mrz', 'mars', 'marzo', 'maart', 'mrt'],
  ['april', 'apr', 'avril', 'avr', 'abril', 'abr', 'aprile'],
  ['may', 'mai', 'mayo', 'maggio', 'mei'],
  ['june', 'jun', 'juni', 'juin', 'junio', 'giugno', 'giu'],
  ['july', 'jul', 'juli', 'juillet', 'juil', 'julio', 'luglio', 'lug'],
  ['august', 'aug', 'août', 'agosto', 'augustus'],
  ['september', 'sept', 'sep', 'septembre', 'septiembre', 'settembre'],
  ['october', 'oct', 'oktober', 'okt', 'octobre', 'octubre', 'ottobre', 'ott'],
  ['november', 'nov', 'novembre', 'noviembre'],
  ['december', 'dec', 'dezember', 'dez', 'décembre', 'déc', 'diciembre', 'dic', 'dicembre'],
];
const monthOf = new Map(months.flatMap((names, m) => names.map((name) => [name, m + 1] as const)));
const month = `(?:${[...monthOf.keys()].sort((a, b) => b.length - a.length).join('|')})`;

const bodies = [
  `\\d{4}-\\d\\d-\\d\\d${time}`,
  `\\d{8}T\\d{4}(?:\\d\\d)?Z?`,
  '\\d{4}([-./])\\d{1,2}\\1\\d{1,2}',
  '\\d{1,2}([-./])\\d{1,2}\\2(?:\\d{4}|\\d\\d)',
  `\\d{1,2}(?:st|nd|rd|th|er|\\.|º|ª)? (?:of |de )?${month}\\.?(?:,? (?:de |del )?\\d{4})?`,
  `${month}\\.? \\d{1,2}(?:st|nd|rd|th)?(?:,? \\d{4})?`,
];
const pattern = new RegExp(
  `(?<![\\p{L}\\p{N}\\p{M}]|\\d[./])(?:${bodies.join('|')})(?![\\p{L}\\p{N}\\p{M}]|[./-]\\d)`,
  'giu',
);

function isDate(found: string): boolean {
  const named = /\p{L}{3,}/u.exec(found.replace(/^\d{1,2}(?:st|nd|rd|th|er)? (?:of|de) /i, ''))?.[0];
  const numbers = (found.match(/\d+/g) ?? []).map(Number);
  if (named !== undefined) return exists(numbers[1] ?? 2000, monthOf.get(named.toLowerCase()) ?? 0, numbers[0]!);
  if (/^\d{8}T/i.test(found)) {
    return exists(Number(found.slice(0, 4)), Number(found.slice(4, 6)), Number(found.slice(6, 8)));
  }
  const [first, second, third] = numbers as [number, number, number];
  if (/^\d{4}/.test(found)) return exists(first, second, third);
  const year = third < 100 ? 2000 + third : third;
  return exists(year, second, first) || exists(year, first, second);
}

function exists(year: number, month: number, day: number): boolean {
  return dayNumber(year, month, day) >= 0;
}
