import { modulo } from '../checksums.ts';
import { defineNationalId, isDay } from './definition.ts';

export const czRodneCislo = defineNationalId({
  name: 'cz-rodne-cislo',
  country: 'CZ',
  summary: 'Birth number of Czechia and Slovakia (rodné číslo) of ten digits.',
  source:
    'Zákon č. 133/2000 Sb. §13: birth date, the month of women with 50 more, and 20 more where a day has too many; divisible by 11',
  names: ['rodne cislo', 'rodné číslo'],
  examples: {
    found: ['710319/2745', '7103192745', '991231/0001'],
    not: ['710319/2746', '711319/2745', '710319-2745', '710319/274'],
  },
  pattern: String.raw`\d{6}/?\d{4}`,
  accepts: (id) => isDay(id.slice(0, 2), (Number(id.slice(2, 4)) % 50) % 20, id.slice(4, 6)) && modulo(id, 11) === 0,
});
