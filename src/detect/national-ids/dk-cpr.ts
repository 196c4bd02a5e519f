import { defineNationalId, isDay } from './definition.ts';

export const dkCpr = defineNationalId({
  name: 'dk-cpr',
  country: 'DK',
  summary: 'Personal number of Denmark (CPR), with its hyphen.',
  source: 'CPR-kontoret, Personnummeret i CPR: birth date; no check digit since 2007',
  names: ['cpr', 'cpr nummer', 'cpr nr', 'personnummer'],
  examples: { found: ['070761-4285', '311299-0000'], not: ['320761-4285', '071361-4285', '0707614285', '070761 4285'] },
  pattern: String.raw`\d{6}-\d{4}`,
  accepts: (id) => isDay(id.slice(4, 6), id.slice(2, 4), id.slice(0, 2)),
});
