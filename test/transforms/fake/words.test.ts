import { describe, expect, test } from 'vitest';
import { textsAt, wordsOf } from '../../../src/transforms/fake/words.ts';

const lists = {
  person: {
    first_name: { generic: ['Kim'], female: ['Ada', 'Kim'], male: ['Alan'] },
    last_name: { female: ['Nováková'], male: ['Novák'] },
    last_name_pattern: {
      female: [{ value: '{{person.last_name.female}}', weight: 1 }],
      male: [{ value: '{{person.last_name.male}}', weight: 1 }],
    },
    prefix: { female: ['Paní'], male: ['Pan'] },
    suffix: null,
    name: [
      { value: '{{person.prefix}} {{person.firstName}} {{person.lastName}}', weight: 9 },
      { value: '{{person.firstName}} {{person.lastName}}', weight: 1 },
      { value: '{{person.firstName}} {{person.suffix}}', weight: 5 },
    ],
  },
  location: {
    postcode: ['#?-*'],
    building_number: ['##a', '#'],
    street_address: { normal: '{{location.buildingNumber}} {{location.street}}', full: '' },
    street_pattern: ['{{number.int({"max": 3, "min": 1})}}丁目', '{{location.street_prefix}} X'],
  },
};
const digit = '0123456789';
const letter = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

describe('patterns of faker', () => {
  test('lists for anybody, and for one sex', () => {
    expect(wordsOf(lists, 'person.firstName')).toEqual({ of: ['Kim', 'Ada', 'Alan'] });
    expect(wordsOf(lists, 'person.firstName', 'male')).toEqual({ of: ['Kim', 'Alan'] });
    expect(wordsOf(lists, 'person.lastName', 'female')).toBe('Nováková');
    expect(textsAt(lists, 'person.last_name')).toEqual(['Nováková', 'Novák']);
  });

  test('what cannot be filled is left out', () => {
    expect(wordsOf(lists, 'person.name', 'male')).toEqual({
      of: [
        { seq: ['Pan', ' ', { of: ['Kim', 'Alan'] }, ' ', 'Novák'] },
        { seq: [{ of: ['Kim', 'Alan'] }, ' ', 'Novák'] },
      ],
      weights: [9, 1],
    });
    expect(wordsOf(lists, 'person.suffix')).toBeNull();
    expect(wordsOf(lists, 'person.nothing')).toBeNull();
    expect(wordsOf({}, 'person.name')).toBeNull();
  });

  test('symbols, and numbers without leading zeros', () => {
    expect(wordsOf(lists, 'location.zipCode')).toEqual({
      seq: [{ chars: digit, count: 1 }, { chars: letter, count: 1 }, '-', { chars: letter + digit, count: 1 }],
    });
    const number = { chars: digit.slice(1), count: 1 };
    const buildingNumber = { of: [{ seq: [number, { chars: digit, count: 1 }, 'a'] }, number] };
    const street = { seq: [{ of: ['1', '2', '3'] }, '丁目'] };
    expect(wordsOf(lists, 'location.buildingNumber')).toEqual(buildingNumber);
    expect(wordsOf(lists, 'location.streetAddress')).toEqual({ seq: [buildingNumber, ' ', street] });
  });
});
