import { weighted } from '../checksums.ts';
import { defineNationalId, isDay } from './definition.ts';

export const cnResidentId = defineNationalId({
  name: 'cn-resident-id',
  country: 'CN',
  summary: 'Resident identity number of China.',
  source: 'GB 11643-1999: birth date, check character by ISO/IEC 7064 MOD 11-2',
  names: ['resident id', 'shenfenzheng', '身份证', '身份证号'],
  examples: { found: ['11010519491231002X', '440524188001010014'], not: ['110105194912310021', '11010519491331002X'] },
  pattern: String.raw`[1-9]\d{5}(?:18|19|20)\d{9}[\dX]`,
  accepts: (id) =>
    isDay(id.slice(8, 10), id.slice(10, 12), id.slice(12, 14)) &&
    '10X98765432'[weighted(id, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11] === id[17],
});
