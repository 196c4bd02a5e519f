import { modulo } from '../checksums.ts';
import { defineNationalId } from './definition.ts';

export const beRrn = defineNationalId({
  name: 'be-rrn',
  country: 'BE',
  summary: 'National register number of Belgium.',
  source:
    'Koninklijk besluit van 3 april 1984: check number is 97 less the number modulo 97, with a 2 before it from 2000 on',
  names: ['rijksregisternummer', 'numero national', 'numéro national', 'insz', 'niss'],
  examples: {
    found: ['85.07.30-033.28', '85073003328', '00.01.01-001.05'],
    not: ['85.07.30-033.29', '85.07.30-033', '8507300332'],
  },
  pattern: String.raw`\d\d(?:\.\d\d\.\d\d-\d{3}\.\d\d|\d{9})`,
  accepts: (id) => ['', '2'].some((century) => 97 - modulo(century + id.slice(0, 9), 97) === Number(id.slice(9))),
});
