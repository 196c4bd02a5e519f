import { dayNumber } from '../base/calendar.ts';
import type { Recognizer } from './definition.ts';
import { beforeTheDay, languagesOfMonths, monthOf } from './months.ts';
import { digits, matchesOf, wordCharacter } from './scan.ts';

export const date: Recognizer = {
  name: 'date',
  summary:
    'Days: ISO 8601 with or without a time, by numbers in the order of day or month, with the month in words of many languages, and as they are written in Chinese, Japanese and Korean.',
  source: `ISO 8601-1 §5.2.2; names of months from CLDR (${languagesOfMonths.join(', ')})`,
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
      '29. 2. 2024',
      '2024. 02. 29.',
      '29 lutego 2024 r.',
      '12 de outubro de 2024',
      '8 Eylül 2000',
      '2 февраля 1966 г.',
      '15 مايو 1990',
      '2024. május 12.',
      '2024年2月29日',
      '令和6年2月29日',
      '2024년 2월 29일',
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
      '2023年2月29日',
      '30. 2. 2024',
      '30 lutego 2024',
    ],
  },
  find(text) {
    return matchesOf(text, pattern, (found) => (isDate(found) ? found.length : 0));
  },
};

const time = '(?:[T ]\\d\\d:?\\d\\d(?::?\\d\\d(?:[.,]\\d{1,9})?)?(?: ?Z|[+-]\\d\\d(?::?\\d\\d)?)?)?';
/** Looked up once it is found: an expression of all months would take long to be compiled. */
const anyMonth = '\\p{L}{3,14}';
const firstMonth = `(?:${[...beforeTheDay].sort((a, b) => b.length - a.length).join('|')})`;

const bodies = [
  `\\d{4}-\\d\\d-\\d\\d${time}`,
  `\\d{8}T\\d{4}(?:\\d\\d)?Z?`,
  '\\d{4}([-./])\\d{1,2}\\1\\d{1,2}',
  '\\d{1,2}([-./])\\d{1,2}\\2(?:\\d{4}|\\d\\d)',
  '\\d{1,2}\\. \\d{1,2}\\. \\d{4}',
  '\\d{4}\\. \\d{1,2}\\. \\d{1,2}\\.?',
  `\\d{1,2}(?:st|nd|rd|th|er|\\.|º|ª)? (?:of |de )?${anyMonth}\\.?(?:,? (?:de |del )?\\d{4}(?: (?:r\\.|г\\.|года|р\\.))?)?`,
  `${firstMonth}\\.? \\d{1,2}(?:st|nd|rd|th)?(?:,? \\d{4})?`,
  `\\d{4}\\. ${anyMonth} \\d{1,2}\\.?`,
  '(?:(?:昭和|平成|令和) ?)?\\d{1,4} ?年 ?\\d{1,2} ?月 ?\\d{1,2} ?日',
  '\\d{4} ?년 ?\\d{1,2} ?월 ?\\d{1,2} ?일',
];
const pattern = new RegExp(`(?<!${wordCharacter}|\\d[./])(?:${bodies.join('|')})(?!${wordCharacter}|[./-]\\d)`, 'giu');

function isDate(found: string): boolean {
  const named = /\p{L}{3,}/u.exec(found.replace(/^\d{1,2}(?:st|nd|rd|th|er)? (?:of|de) /i, ''))?.[0];
  const numbers = (found.match(/\d+/g) ?? []).map(Number);
  if (/[년年]/.test(found)) return exists(numbers[0]! < 1000 ? 2000 : numbers[0]!, numbers[1]!, numbers[2]!);
  if (named !== undefined) {
    const [day, year = 2000] = /^\d{4}/.test(found) ? numbers.toReversed() : numbers;
    return exists(year, monthOf.get(named.toLowerCase()) ?? 0, day!);
  }
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
