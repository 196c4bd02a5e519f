import { weighted } from '../checksums.ts';
import { defineNationalId, isDay } from './definition.ts';

export const plPesel = defineNationalId({
  name: 'pl-pesel',
  country: 'PL',
  summary: 'Personal number of Poland (PESEL).',
  source:
    'Ustawa o ewidencji ludności art. 15: birth date with the century in the month, check digit by weights 1 3 7 9',
  names: ['pesel'],
  examples: {
    found: ['44051401359', '02070803628'],
    not: ['44051401358', '44131401351', '4405140135', '440514 01359'],
  },
  pattern: String.raw`\d{11}`,
  accepts: (id) =>
    isDay(id.slice(0, 2), Number(id.slice(2, 4)) % 20, id.slice(4, 6)) &&
    weighted(id, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0,
});
