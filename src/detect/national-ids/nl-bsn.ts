import { weighted } from '../checksums.ts';
import { defineNationalId } from './definition.ts';

export const nlBsn = defineNationalId({
  name: 'nl-bsn',
  country: 'NL',
  summary: 'Citizen service number of the Netherlands (BSN) of nine digits.',
  source: 'Besluit burgerservicenummer; the eleven test of the Rijksdienst voor Identiteitsgegevens',
  names: ['bsn', 'burgerservicenummer', 'sofinummer'],
  examples: {
    found: ['111222333', '123456782', '1234.56.782'],
    not: ['111222334', '000000000', '11122233', '1112223330', '111 222 333'],
  },
  pattern: String.raw`\d{4}(?:\d{5}|\.\d\d\.\d{3})`,
  accepts: (id) => id !== '000000000' && weighted(id, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
});
