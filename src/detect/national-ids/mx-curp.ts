import { defineNationalId, isDay } from './definition.ts';

export const mxCurp = defineNationalId({
  name: 'mx-curp',
  country: 'MX',
  summary: 'Population registry code of Mexico (CURP).',
  source:
    'Diario Oficial de la Federación, 18 October 2021, Instructivo para la asignación de la CURP: birth date, sex, state, check digit modulo 10',
  names: ['curp'],
  examples: {
    found: ['BOXW310820HNERXN09', 'hegg560427mvzrrl04'],
    not: ['BOXW310820HNERXN08', 'BOXW311320HNERXN09', 'BOXW310820ANERXN09', 'BOXW310820HNERXN0'],
  },
  pattern: String.raw`[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{5}[\dA-Z]\d`,
  accepts: (id) => isDay(id.slice(4, 6), id.slice(6, 8), id.slice(8, 10)) && checkDigit(id) === Number(id[17]),
});

const characters = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ';

function checkDigit(id: string): number {
  const sum = [...id.slice(0, 17)].reduce((total, character, i) => total + characters.indexOf(character) * (18 - i), 0);
  return (10 - (sum % 10)) % 10;
}
