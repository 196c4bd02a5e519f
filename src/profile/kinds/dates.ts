import { date } from '../../detect/date.ts';
import { recognizes } from '../../detect/definition.ts';
import { namesIn } from '../words/index.ts';
import type { FieldKind } from './definition.ts';

const year = '(?:1[89]|2[01])\\d\\d';
const month = '(?:0[1-9]|1[0-2])';
const day = '(?:0[1-9]|[12]\\d|3[01])';

/** Eight digits in which year, month and day stand in a usual order. Of numbers in sequence, or drawn at random, few do. */
const digits = new RegExp(`^(?:${year}${month}${day}|(?:${day}${month}|${month}${day})${year})$`);

const isDate = (text: string): boolean => digits.test(text) || recognizes(date, text, { countries: undefined });

export const dateKinds: readonly FieldKind[] = [
  {
    name: 'birth date',
    group: 'birth-date',
    names: [
      ...namesIn('birth date'),
      'birth date',
      'date of birth',
      'birth day',
      'dob',
      'born',
      'birth',
      'geburtsdatum',
      'geburtstag',
      'geb datum',
      'gebdat',
      'geb',
      'date naissance',
      'date de naissance',
      'naissance',
      'ddn',
      'fecha nacimiento',
      'fecha de nacimiento',
      'nacimiento',
      'patient birth date',
      'bday',
    ],
    matches: isDate,
    named: 0.7,
    confirmed: 0.95,
  },
  {
    name: 'birth year',
    group: 'birth-year',
    names: [
      ...namesIn('birth year'),
      'birth year',
      'year of birth',
      'yob',
      'geburtsjahr',
      'annee de naissance',
      'annee naissance',
      'ano de nacimiento',
      'ano nacimiento',
    ],
    fits: ({ form, range }) => form === 'integer' && range![0] >= 1850 && range![1] <= 2100,
  },
  {
    name: 'date',
    group: 'date',
    names: [
      ...namesIn('date'),
      'date',
      'day',
      'datum',
      'tag',
      'fecha',
      'jour',
      'timestamp',
      'datetime',
      'time',
      'created',
      'updated',
      'modified',
      'created at',
      'updated at',
      'at',
      'on',
      'since',
      'until',
      'admitted',
      'discharged',
      'died',
      'death',
      'aufnahmedatum',
      'entlassdatum',
      'sterbedatum',
      'zeitpunkt',
      'deces',
      'admission',
      'discharge',
    ],
    matches: isDate,
    alone: 0.95,
    named: 0.7,
  },
];
