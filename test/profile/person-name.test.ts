import { beforeAll, expect, it } from 'vitest';
import { type Dictionary, loadDictionary } from '../../src/profile/dictionary.ts';
import { isBeyondLatin } from '../../src/profile/field.ts';
import { isFullName, isNameLike, isWord, mayBeName, partsOf } from '../../src/profile/person-name.ts';
import { column } from './fields.ts';

let dictionary: Dictionary;
beforeAll(async () => {
  dictionary = await loadDictionary(true);
});

it('names are letters in few words', () => {
  expect(["O'Connor", 'de la Fuente', '佐藤', 'Meyer-Lüdtke'].filter((text) => isNameLike(text, 4))).toHaveLength(4);
  expect(['R2D2', 'a@b', 'x/y', 'one two three four five', ''].filter((text) => isNameLike(text, 4))).toEqual([]);
});

it('one sign is no word', () => {
  expect(['Ada', '佐藤', '김민', 'ada', '王', 'A'].map(isWord)).toEqual([true, true, true, false, false, false]);
});

it('parts of a name, in order and without titles', () => {
  expect(partsOf('Dr. Anna von Müller')).toEqual(['anna', 'muller']);
  expect(partsOf('Müller, Anna')).toEqual(['anna', 'muller']);
});

it.each([
  ['Anna Müller', true],
  ['Müller, Anna', true],
  ['Иванов Сергей Петрович', true],
  ['Анна Иванова', true],
  ['محمد أحمد', true],
  ['佐藤 翔太', true],
  ['佐藤翔太', true],
  ['王小明', true],
  ['김민준', true],
  ['Billy Shelf', false],
  ['Nordlicht Books', false],
  ['東京都新宿区西新宿', false],
  ['Иванов', false],
])('%s is a full name: %s', (text, is) => {
  expect(isFullName(text, dictionary)).toBe(is);
});

it('a part that is known is enough where the name of the field says the rest', () => {
  expect(mayBeName('Anna Xyzzyq', dictionary)).toBe(true);
  expect(mayBeName('Anna', dictionary)).toBe(true);
  expect(mayBeName('Handmade Xyzzyq', dictionary)).toBe(false);
  expect(mayBeName('Anna 7', dictionary)).toBe(false);
});

it('lists of other scripts are read where data has them', async () => {
  const latin = await loadDictionary(false);
  expect([latin.last.has('иванов'), dictionary.last.has('иванов')]).toEqual([false, true]);
  expect(isBeyondLatin(column('c', ['Łukasz', 'Nguyễn', '€ 5 – “x”']))).toBe(false);
  expect(isBeyondLatin(column('c', ['Anna', 'Анна']))).toBe(true);
  expect(isBeyondLatin(column('c', ['Анна', ...Array.from({ length: 20 }, (_, i) => `Anna ${i}`)]))).toBe(false);
  expect(isBeyondLatin(column('c', ['佐藤']))).toBe(true);
});
