import { weighted } from '../checksums.ts';
import { defineNationalId } from './definition.ts';

export const jpMyNumber = defineNationalId({
  name: 'jp-my-number',
  country: 'JP',
  summary: 'Individual number of Japan (My Number).',
  source:
    '行政手続における特定の個人を識別するための番号の利用等に関する法律施行規則 (総務省令第85号, 2014) 第5条: check digit modulo 11',
  names: ['my number', 'mynumber', 'kojin bango', 'マイナンバー', '個人番号'],
  examples: {
    found: ['123456789018', '1234 5678 9018', '1234-5678-9018'],
    not: ['123456789019', '12345678901', '1234 56789018'],
  },
  pattern: String.raw`\d{4}([ -]?)\d{4}\1\d{4}`,
  accepts: (id) => {
    const rest = weighted(id, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    return (rest <= 1 ? 0 : 11 - rest) === Number(id[11]);
  },
});
