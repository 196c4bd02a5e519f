import { weighted } from '../checksums.ts';
import { defineNationalId } from './definition.ts';

export const trTckn = defineNationalId({
  name: 'tr-tckn',
  country: 'TR',
  summary: 'Identity number of Türkiye (T.C. kimlik numarası).',
  source: 'Nüfus ve Vatandaşlık İşleri Genel Müdürlüğü: eleven digits, the first no 0, two check digits',
  names: ['tckn', 'tc kimlik', 'tc kimlik no', 'kimlik no', 'kimlik numarasi', 'kimlik numarası'],
  examples: { found: ['10000000146', '12345678950'], not: ['10000000147', '10000000156', '02345678950', '1000000014'] },
  pattern: String.raw`[1-9]\d{10}`,
  // Seven times the digits at odd places less those at even ones; then the sum of all ten.
  accepts: (id) =>
    (weighted(id, [7, -1, 7, -1, 7, -1, 7, -1, 7]) + 40) % 10 === Number(id[9]) &&
    weighted(id, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]) % 10 === Number(id[10]),
});
