import { card } from '../../detect/card.ts';
import { recognizes } from '../../detect/definition.ts';
import { iban } from '../../detect/iban.ts';
import { nationalId } from '../../detect/national-id.ts';
import { foldedWords } from '../field-name.ts';
import { namesIn } from '../words/index.ts';
import type { FieldKind } from './definition.ts';

const anywhere = { countries: undefined };

/** Numbers that others have given to a person, or to what a person has. */
export const numberKinds: readonly FieldKind[] = [
  {
    // Before the others: `pan` is the number of a card, or of an Indian taxpayer, which is not made of digits alone.
    name: 'card',
    group: 'direct',
    names: [
      ...namesIn('card'),
      ...card.names.map(foldedWords),
      'card number',
      'credit card',
      'kreditkarte',
      'kartennummer',
      'carte bancaire',
      'tarjeta',
    ],
    matches: (text) => /^\d[\d -]{10,22}\d$/.test(text),
    named: 0.6,
  },
  {
    name: 'national id',
    group: 'direct',
    names: [
      ...namesIn('national id'),
      ...nationalId.names.map(foldedWords),
      'ssn',
      'social security',
      'sozialversicherungsnummer',
      'sv nummer',
      'svnr',
      'rentenversicherungsnummer',
      'steuernummer',
      'ausweisnummer',
      'passport',
      'passport number',
      'passport no',
      'reisepass',
      'numero securite sociale',
      'securite sociale',
      'nir',
      'dni',
      'nie',
      'nif',
      'pasaporte',
      'passeport',
      'national identifier',
      'aadhaar',
      'pan',
    ],
    matches: (text) => /^(?=(?:\D*\d){6})[\p{L}\d ./-]{6,25}$/u.test(text) || recognizes(nationalId, text, anywhere),
    named: 0.6,
  },
  {
    // One in ten numbers has a valid check digit by chance, so nearly all must have one.
    name: 'national id',
    group: 'direct',
    names: [],
    fits: ({ distinct }) => distinct.count >= 5,
    matches: (text) => recognizes(nationalId, text, anywhere),
    alone: 0.9,
  },
  {
    name: 'iban',
    group: 'direct',
    names: [
      ...namesIn('iban'),
      ...iban.names.map(foldedWords),
      'bank account',
      'kontonummer',
      'bankverbindung',
      'compte bancaire',
      'cuenta bancaria',
    ],
    matches: (text) => /^(?:[A-Z]{2}\d{2}[ \dA-Z]{8,38}|\d[\d -]{5,20})$/i.test(text),
    named: 0.6,
    fake: 'finance.iban',
  },
  { name: 'iban', group: 'direct', names: [], matches: (text) => recognizes(iban, text, anywhere), alone: 0.7 },
  { name: 'card', group: 'direct', names: [], matches: (text) => recognizes(card, text, anywhere), alone: 0.9 },
  {
    name: 'account number',
    group: 'direct',
    names: [
      ...namesIn('account number'),
      'account',
      'account number',
      'account no',
      'acct',
      'policy number',
      'health plan number',
      'plan number',
      'insurance number',
      'insurance id',
      'versichertennummer',
      'versicherungsnummer',
      'krankenversichertennummer',
      'license number',
      'licence number',
      'driver license',
      'drivers license',
      'driving licence',
      'fuhrerschein',
      'certificate number',
      'permis',
      'permis de conduire',
      'numero de compte',
      'cuenta',
      'licencia',
      'beneficiary number',
      'npi',
      'dea number',
      'tax number',
      'vat number',
      'bic',
      'swift',
    ],
    fits: ({ form, words }) => words < 3 && form !== 'boolean',
    matches: (text) => /\d/.test(text),
    named: 0.7,
  },
  {
    name: 'vehicle',
    group: 'direct',
    names: [
      ...namesIn('vehicle'),
      'plate',
      'license plate',
      'licence plate',
      'vehicle plate',
      'number plate',
      'kennzeichen',
      'autokennzeichen',
      'immatriculation',
      'plaque',
      'matricula',
      'vin',
      'vehicle id',
      'vehicle identification number',
      'fahrgestellnummer',
      'fin',
      'registration number',
    ],
    matches: (text) => /^(?=.*\d)[\p{L}\d][\p{L}\d ·.-]{2,18}$/u.test(text),
    named: 0.7,
  },
  { name: 'vehicle', group: 'direct', names: [], matches: (text) => isVin(text), alone: 0.9 },
];

/** 49 CFR 565.15: 17 characters, the ninth a check digit. */
function isVin(text: string): boolean {
  if (!/^[A-HJ-NPR-Z\d]{17}$/.test(text)) return false;
  const values = '0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ';
  const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
  const sum = [...text].reduce((total, character, i) => total + (values.indexOf(character) % 10) * weights[i]!, 0);
  return '0123456789X'[sum % 11] === text[8];
}
