import { defineNationalId, isDay } from './definition.ts';

export const fiHetu = defineNationalId({
  name: 'fi-hetu',
  country: 'FI',
  summary: 'Personal identity code of Finland.',
  source:
    'Väestörekisterikeskus; Valtioneuvoston asetus 690/2022: birth date, sign of the century, check character by the number modulo 31',
  names: ['hetu', 'henkilotunnus', 'henkilötunnus'],
  examples: { found: ['131052-308T', '010101A001R', '131052Y308T'], not: ['131052-308U', '321052-308T', '131052308T'] },
  pattern: String.raw`\d{6}[-+A-FU-Y]\d{3}[\dA-FHJ-NPR-Y]`,
  accepts: (id) => isDay(id.slice(4, 6), id.slice(2, 4), id.slice(0, 2)) && checkCharacter(id) === id.at(-1),
});

function checkCharacter(id: string): string {
  return '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(id.slice(0, 6) + id.slice(-4, -1)) % 31]!;
}
