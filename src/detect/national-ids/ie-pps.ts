import { weighted } from '../checksums.ts';
import { defineNationalId } from './definition.ts';

export const iePps = defineNationalId({
  name: 'ie-pps',
  country: 'IE',
  summary: 'Personal public service number of Ireland.',
  source: 'Department of Social Protection; Taxes Consolidation Act: check letter by weights 8 to 2 and 9 modulo 23',
  names: ['pps', 'ppsn', 'pps number'],
  examples: { found: ['1234567T', '1234567FA', '1234567tw'], not: ['1234567A', '123456T', '12345678T'] },
  pattern: String.raw`\d{7}[A-W][A-IW]?`,
  accepts: (id) =>
    'WABCDEFGHIJKLMNOPQRSTUV'[
      (weighted(id, [8, 7, 6, 5, 4, 3, 2]) + 9 * ' ABCDEFGHI'.indexOf((id[8] ?? 'W').replace('W', ' '))) % 23
    ] === id[7],
});
