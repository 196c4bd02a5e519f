import { defineNationalId } from './definition.ts';

export const usItin = defineNationalId({
  name: 'us-itin',
  country: 'US',
  summary: 'Individual taxpayer identification number of the United States, with its hyphens or spaces.',
  source:
    'Internal Revenue Manual 3.21.263.5: 9, and 50-65, 70-88, 90-92 or 94-99 as fourth and fifth digit; no check digit',
  names: ['itin', 'taxpayer id'],
  examples: { found: ['912-70-1234', '999 94 0000'], not: ['912-40-1234', '912-93-1234', '912701234'] },
  pattern: String.raw`9\d\d([ -])(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\1\d{4}`,
  accepts: () => true,
});
