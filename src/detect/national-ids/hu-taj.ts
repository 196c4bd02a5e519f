import { weighted } from '../checksums.ts';
import { defineNationalId } from './definition.ts';

export const huTaj = defineNationalId({
  name: 'hu-taj',
  country: 'HU',
  summary: 'Social security number of Hungary (TAJ), with its spaces or hyphens.',
  source: '1996. évi XX. törvény, II. melléklet: check digit by weights 3 and 7 in turn, modulo 10',
  names: ['taj', 'taj szam', 'taj szám'],
  examples: { found: ['111 111 110', '123-456-788'], not: ['111 111 111', '111111110', '111 111-110'] },
  pattern: String.raw`\d{3}([ -])\d{3}\1\d{3}`,
  accepts: (id) => weighted(id, [3, 7, 3, 7, 3, 7, 3, 7]) % 10 === Number(id[8]),
});
