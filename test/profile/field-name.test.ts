import { expect, it } from 'vitest';
import { fieldNameOf, foldedWords, nameShare, singular } from '../../src/profile/field-name.ts';

it('words are those of names in camel case, snake case and paths, without marks', () => {
  expect(foldedWords('homePhoneNumber')).toBe('home phone number');
  expect(foldedWords('Téléphone_Portable')).toBe('telephone portable');
  expect(foldedWords('Straße')).toBe('strasse');
  expect(foldedWords('clientIPAddress')).toBe('client ip address');
  expect(fieldNameOf('$.patient.contacts[*].eMail', true, 'x')).toEqual({ words: 'e mail', above: 'patient contacts' });
  expect(fieldNameOf("$['Geburts-Datum']", true, 'people')).toEqual({ words: 'geburts datum', above: 'people' });
});

it('a name says so by all of its words or by some, run together or not', () => {
  expect(nameShare('birthdate', ['birth date'])).toBe(1);
  expect(nameShare('home phone', ['phone'])).toBeCloseTo(5 / 9);
  expect(nameShare('phoney', ['phone'])).toBe(0);
});

it('singular words', () => {
  expect(['patients', 'entries', 'status', 'address', 'bus', 'news'].map(singular)).toEqual([
    'patient',
    'entry',
    'status',
    'address',
    'bus',
    'new',
  ]);
});
