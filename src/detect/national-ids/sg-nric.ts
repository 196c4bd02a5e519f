import { weighted } from '../checksums.ts';
import { defineNationalId } from './definition.ts';

export const sgNric = defineNationalId({
  name: 'sg-nric',
  country: 'SG',
  summary: 'Identity number of Singapore: NRIC of residents, FIN of foreigners.',
  source: 'Immigration & Checkpoints Authority: letter by weights 2 7 6 5 4 3 2 modulo 11, as it is commonly published',
  names: ['nric', 'nric no', 'fin no'],
  examples: { found: ['S1234567D', 'T1234567J', 'f1234567n'], not: ['S1234567E', 'A1234567D', 'S123456D'] },
  pattern: String.raw`[STFG]\d{7}[A-Z]`,
  accepts: (id) => {
    const sum = weighted(id.slice(1), [2, 7, 6, 5, 4, 3, 2]) + ('TG'.includes(id[0]!) ? 4 : 0);
    return ('ST'.includes(id[0]!) ? 'JZIHGFEDCBA' : 'XWUTRQPNMLK')[sum % 11] === id[8];
  },
});
