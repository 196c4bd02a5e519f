import { weighted } from '../checksums.ts';
import { defineNationalId } from './definition.ts';

export const ruSnils = defineNationalId({
  name: 'ru-snils',
  country: 'RU',
  summary: 'Individual insurance account number of Russia (SNILS).',
  source:
    'Пенсионный фонд РФ, постановление Правления № 192п (2006), приложение 1: check number by weights 9 to 1 modulo 101, of numbers above 001-001-998',
  names: ['snils', 'снилс'],
  examples: {
    found: ['112-233-445 95', '11223344595', '112-233-445-95'],
    not: ['112-233-445 96', '112-233-44595', '112 233 445 95', '001-001-998 00'],
  },
  pattern: String.raw`\d{3}(?:-\d{3}-\d{3}[ -]\d\d|\d{8})`,
  accepts: (id) =>
    id.slice(0, 9) > '001001998' && (weighted(id, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101) % 100 === Number(id.slice(9)),
});
