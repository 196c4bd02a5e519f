import { weighted } from '../checksums.ts';
import { defineNationalId } from './definition.ts';

export const gbNhs = defineNationalId({
  name: 'gb-nhs',
  country: 'GB',
  summary: 'NHS number of England, Wales and the Isle of Man.',
  source: 'NHS Data Dictionary, NHS NUMBER: check digit modulo 11',
  names: ['nhs', 'nhs number', 'nhs no'],
  examples: {
    found: ['943 476 5919', '9434765919', '401-023-2137'],
    not: ['943 476 5918', '943 4765919 1', '94347659190', '943 476-5919'],
  },
  pattern: String.raw`\d{3}([ -]?)\d{3}\1\d{4}`,
  accepts: (id) => (11 - (weighted(id, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === Number(id[9]),
});
