import { weighted } from '../checksums.ts';
import { defineNationalId, isDay } from './definition.ts';

export const krRrn = defineNationalId({
  name: 'kr-rrn',
  country: 'KR',
  summary: 'Resident registration number of Korea; without its hyphen only those with a check digit.',
  source:
    '주민등록법 시행규칙 제2조: birth date, digit for sex and century; check digit modulo 11, none in numbers given since October 2020',
  names: ['rrn', 'resident registration number', 'jumin', '주민등록번호', '주민번호'],
  examples: {
    found: ['971013-9019902', '9710139019902', '971013-9019903'],
    not: ['9710139019903', '971313-9019902', '97101-39019902'],
  },
  pattern: String.raw`\d{6}-?\d{7}`,
  accepts: (id, written) =>
    isDay(id.slice(0, 2), id.slice(2, 4), id.slice(4, 6)) &&
    (written.includes('-') || (11 - (weighted(id, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10 === Number(id[12])),
});
