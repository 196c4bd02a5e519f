import { expect, it } from 'vitest';
import { isCountry } from '../../src/profile/country-names.ts';
import { isStreet } from '../../src/profile/street.ts';

it.each([
  'Lindenallee 4a',
  '12 High Street',
  '24 bis rue Victor Hugo',
  'Rua das Flores, 37',
  'Av. Paulista, 1578, apto 42',
  'Via Roma, 12',
  'ul. Długa 5/4',
  'Storgatan 12 B',
  'nám. Míru 3',
  'ул. Ленина, д. 5',
  'Atatürk Cad. No: 7',
  'Kossuth Lajos utca 2.',
  '西新宿2丁目8-1',
  '中山路8号',
  '테헤란로 152',
  '26 شارع التحرير',
])('a street: %s', (text) => {
  expect(isStreet(text)).toBe(true);
});

it.each(['Rustic Chair 7', 'ul.', 'Via Roma', '2024-02-29', 'LH 1234', 'version 2.1', '500 mg', '路', '1号'])(
  'no street: %s',
  (text) => {
    expect(isStreet(text)).toBe(false);
  },
);

it('countries by code and by their names in many languages', () => {
  const are = [
    'DE',
    'Germany',
    'Deutschland',
    'Allemagne',
    'Niemcy',
    'Германия',
    'ドイツ',
    '德国',
    'Türkiye',
    'England',
  ];
  expect(are.filter((text) => !isCountry(text))).toEqual([]);
  expect(['XX', 'Berlin', 'Rose', '12', 'toString', 'constructor'].filter(isCountry)).toEqual([]);
});
