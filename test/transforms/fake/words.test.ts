import { describe, expect, test } from 'vitest';
import { latinNames } from '../../../src/transforms/fake/latin.ts';
import { loadLocale } from '../../../src/transforms/fake/locales.ts';
import { fullName, textsAt, wordsOf } from '../../../src/transforms/fake/words.ts';

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

  test('the parts of a full name agree; what cannot be filled is left out', () => {
    const name = (...[prefix, first, last]: [string, string[], string]) => ({
      of: [{ seq: [prefix, ' ', { of: first }, ' ', last] }, { seq: [{ of: first }, ' ', last] }],
      weights: [9, 1],
    });
    expect(fullName(lists)).toEqual({
      of: [name('Paní', ['Kim', 'Ada'], 'Nováková'), name('Pan', ['Kim', 'Alan'], 'Novák')],
    });
    expect(wordsOf(lists, 'person.suffix')).toBeNull();
    expect(wordsOf(lists, 'person.nothing')).toBeNull();
    expect(wordsOf({}, 'person.fullName')).toBeNull();
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

describe('names in Latin letters', () => {
  const names = async (tag: string) => {
    const { first, last } = latinNames(await loadLocale(tag)) as { first: { of: string[] }; last: { of: string[] } };
    return { first: first.of, last: last.of };
  };

  test('are the locale’s own, without accents', async () => {
    expect((await names('de')).last).toContain('muller');
    expect((await names('da')).last).toContain('jorgensen');
    expect((await names('pl')).last).toContain('michalowski');
    expect((await names('fr')).first).toContain('francois');
    expect((await names('en')).last).toContain('oconner');
  });

  test('are English where the locale writes otherwise', async () => {
    expect(await names('ja')).toEqual(await names('en'));
    expect(await names('ru')).toEqual(await names('en'));
    expect(await names('de')).not.toEqual(await names('en'));
  });

  test('are letters only', async () => {
    for (const tag of ['en', 'de', 'vi', 'tr', 'ja', 'fr']) {
      const { first, last } = await names(tag);
      expect([...first, ...last].filter((name) => !/^[a-z]+$/.test(name))).toEqual([]);
    }
  });
});
