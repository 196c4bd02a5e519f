import { weighted } from '../checksums.ts';
import { defineNationalId, isDay } from './definition.ts';

export const roCnp = defineNationalId({
  name: 'ro-cnp',
  country: 'RO',
  summary: 'Personal numeric code of Romania (CNP).',
  source: 'Legea nr. 105/1996, anexa: sex and century, birth date, check digit by 279146358279 modulo 11',
  names: ['cnp', 'cod numeric personal'],
  examples: { found: ['1630615123457', '1800101221144'], not: ['1630615123458', '1631615123457', '0630615123457'] },
  pattern: String.raw`[1-9]\d{12}`,
  accepts: (id) => {
    const rest = weighted(id, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
    return isDay(id.slice(1, 3), id.slice(3, 5), id.slice(5, 7)) && (rest === 10 ? 1 : rest) === Number(id[12]);
  },
});
