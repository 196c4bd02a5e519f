import { luhn } from '../checksums.ts';
import { defineNationalId, isDay } from './definition.ts';

export const sePersonnummer = defineNationalId({
  name: 'se-personnummer',
  country: 'SE',
  summary: 'Personal identity number of Sweden, coordination numbers too.',
  source: 'Folkbokföringslagen §18; Skatteverket SKV 704: birth date, Luhn check digit over the last ten',
  names: ['personnummer', 'samordningsnummer'],
  examples: {
    found: ['811218-9876', '19811218-9876', '198112189876', '8112189876', '811278-9873'],
    not: ['811218-9875', '811318-9876', '81121-89876', '811218 9876'],
  },
  pattern: String.raw`(?:1[89]|20)?\d{6}[-+]?\d{4}`,
  accepts: (id) => isDay(id.slice(-10, -8), id.slice(-8, -6), Number(id.slice(-6, -4)) % 60) && luhn(id.slice(-10)),
});
