import { luhn } from '../checksums.ts';
import { defineNationalId, isDay } from './definition.ts';

export const zaId = defineNationalId({
  name: 'za-id',
  country: 'ZA',
  summary: 'Identity number of South Africa.',
  source: 'Identification Act 68 of 1997, Department of Home Affairs: birth date, sex, citizenship, Luhn check digit',
  names: ['sa id', 'sa id number'],
  examples: { found: ['8001015009087', '800101 5009 087'], not: ['8001015009088', '8013015009087', '8001015009387'] },
  pattern: String.raw`\d{6}( ?)\d{4}\1[0-2][89]\d`,
  accepts: (id) => isDay(id.slice(0, 2), id.slice(2, 4), id.slice(4, 6)) && luhn(id),
});
