import { defineNationalId } from './definition.ts';

export const gbNino = defineNationalId({
  name: 'gb-nino',
  country: 'GB',
  summary: 'National insurance number of the United Kingdom.',
  source: 'HM Revenue & Customs, NIM39110: the letters that occur; no check digit',
  names: ['nino', 'ni number', 'national insurance', 'national insurance number'],
  examples: {
    found: ['AB 12 34 56 C', 'AB123456C', 'jg103759a'],
    not: ['DA123456C', 'BG123456C', 'AB123456E', 'AB12345C', 'XAB123456C', 'AB 12 34 56'],
  },
  pattern: String.raw`(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]`,
  accepts: () => true,
});
