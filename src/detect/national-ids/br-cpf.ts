import { weighted } from '../checksums.ts';
import { defineNationalId } from './definition.ts';

export const brCpf = defineNationalId({
  name: 'br-cpf',
  country: 'BR',
  summary: 'Individual taxpayer number of Brazil (CPF).',
  source: 'Receita Federal: two check digits modulo 11',
  names: ['cpf'],
  examples: { found: ['111.444.777-35', '11144477735'], not: ['111.444.777-36', '111.111.111-11', '111.444.77735'] },
  pattern: String.raw`\d{3}(?:\d{8}|\.\d{3}\.\d{3}-\d\d)`,
  accepts: (id) =>
    !/^(.)\1*$/.test(id) &&
    ((weighted(id, [10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11) % 10 === Number(id[9]) &&
    ((weighted(id, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11) % 10 === Number(id[10]),
});
