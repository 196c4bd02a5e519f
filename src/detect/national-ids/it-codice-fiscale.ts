import { defineNationalId } from './definition.ts';

export const itCodiceFiscale = defineNationalId({
  name: 'it-codice-fiscale',
  country: 'IT',
  summary: 'Tax code of Italy (codice fiscale) of persons.',
  source:
    'Decreto ministeriale 23 dicembre 1976, n. 13813: check letter; letters in the place of digits (omocodia) too',
  names: ['codice fiscale', 'cf'],
  examples: {
    found: ['RSSMRA85T10A562S', 'rssmra85t10a562s', 'MRTMTT25D09F205Z'],
    not: ['RSSMRA85T10A562T', 'RSSMRA85T10A562', 'RSSMRA85F10A562S'],
  },
  pattern: String.raw`[A-Z]{6}[\dLMNP-V]{2}[ABCDEHLMPRST][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z]`,
  accepts: (id) => checkLetter(id) === id[15],
});

/** Characters at odd places (the first is the first) count by this table, those at even ones by their number. */
const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

function checkLetter(id: string): string {
  let sum = 0;
  for (let i = 0; i < 15; i++) {
    const code = id.charCodeAt(i);
    const number = code < 0x41 ? code - 0x30 : code - 0x41;
    sum += i % 2 === 0 ? odd[number]! : number;
  }
  return String.fromCharCode(0x41 + (sum % 26));
}
