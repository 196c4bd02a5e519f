import { weighted } from '../checksums.ts';
import { defineNationalId, isDay } from './definition.ts';

export const noFodselsnummer = defineNationalId({
  name: 'no-fodselsnummer',
  country: 'NO',
  summary: 'National identity number of Norway, D-numbers too.',
  source: 'Folkeregisterforskriften §2-2-3: birth date, two check digits modulo 11',
  names: ['fodselsnummer', 'fødselsnummer', 'personnummer'],
  examples: { found: ['13097248022', '130972 48022'], not: ['13097248023', '13097248032', '33137248022'] },
  pattern: String.raw`\d{6} ?\d{5}`,
  accepts: (id) =>
    isDay(id.slice(4, 6), Number(id.slice(2, 4)) % 40, Number(id.slice(0, 2)) % 40) &&
    weighted(id, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 === 0 &&
    weighted(id, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
});
