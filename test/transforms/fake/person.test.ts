import { beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../../../src/transforms/fake/grammar.ts';
import { type Lists, loadedLocale, loadLocale, localeNames } from '../../../src/transforms/fake/locales.ts';
import { personKinds } from '../../../src/transforms/fake/person.ts';
import { fake, grammarOf } from '../../../src/transforms/fake.ts';
import { checkForms, runPlain, testResources } from '../harness.ts';

/** All but one, which another test needs unread. */
const locales = localeNames.filter((name) => name !== 'zu_ZA');

beforeAll(async () => {
  for (const name of locales) await loadLocale(name);
});

const ids = Array.from({ length: 100 }, (_, i) => `patient ${i}`);

function made(as: string, locale = 'en', more = {}): string[] {
  return runPlain(fake, { as: as.includes('.') ? as : `person.${as}`, domain: 'd', locale, ...more }, ids).map(String);
}

describe('what is made up by the same text is of one person', () => {
  test.each(locales)('in the locale %s', (locale) => {
    const [first, last, full] = ['firstName', 'lastName', 'fullName'].map((as) => made(as, locale));
    const isLastFirst = full!.some((name, i) => !name.startsWith(first![i]!));
    full!.forEach((name, i) => {
      const [one, other] = isLastFirst ? [last![i]!, first![i]!] : [first![i]!, last![i]!];
      expect([one + other, `${one} ${other}`]).toContain(name);
    });
  });

  test('mail and user names are made of the first and last name, in Latin letters', () => {
    const fold = (name: string) =>
      name
        .toLowerCase()
        .normalize('NFD')
        .replace(/[^a-z]/g, '');
    for (const locale of ['en', 'es', 'fr', 'it']) {
      const [first, last, mail, user] = ['firstName', 'lastName', 'internet.email', 'internet.username'].map((as) =>
        made(as, locale),
      );
      first!.forEach((name, i) => {
        const local = mail![i]!.split('@')[0]!;
        // Longer ones may be in an address by another name.
        if (fold(last![i]!).length <= 14) {
          expect(local.replace(/\d\d$/, '')).toBe(`${fold(name)}.${fold(last![i]!)}`);
        }
        expect(user![i]).toBe(local.replace('.', '_'));
      });
    }
    // RFC 5321 §4.5.3.1.1: 64 bytes in front of the @.
    for (const locale of locales) {
      const { bytes } = compile(grammarOf({ as: 'internet.email', unique: true }, locale));
      expect(bytes).toBeLessThanOrEqual(64 + '@example.com'.length);
    }
    // In other scripts too: who has another name has another address, and the same one the same.
    const byName = new Map<string, Set<string>>();
    made('fullName', 'ja').forEach((name, i) => {
      const [local] = made('internet.email', 'ja')[i]!.split(/\d*@/);
      byName.set(name, (byName.get(name) ?? new Set()).add(local!));
    });
    expect([...byName.values()].every((addresses) => addresses.size === 1)).toBe(true);
  });

  test('a token goes behind the same names', () => {
    for (const as of ['person.firstName', 'person.lastName', 'person.fullName', 'person.middleName']) {
      expect(made(as, 'hu', { unique: true }).map((name) => name.replace(/ [a-z2-7]{13}$/, ''))).toEqual(
        made(as, 'hu'),
      );
    }
    const names = (mail: string) => mail.split(/[\d@]|\.[a-z2-7]{13}@/)[0];
    expect(made('internet.email', 'en', { unique: true }).map(names)).toEqual(made('internet.email').map(names));
  });

  test('first name, title and sex go together', () => {
    const names = (locale: string, list: string) =>
      (loadedLocale(locale).lists.person as Record<string, Record<string, string[]>>)[list]!;
    for (const [locale, female, male] of [
      ['de', 'weiblich', 'männlich'],
      ['pl', 'kobieta', 'mężczyzna'],
      ['th', 'หญิง', 'ชาย'],
    ] as const) {
      const [first, title, sex] = ['firstName', 'prefix', 'sex'].map((as) => made(as, locale));
      expect(new Set(sex)).toEqual(new Set([female, male]));
      sex!.forEach((word, i) => {
        const key = word === female ? 'female' : 'male';
        for (const [list, value] of [
          ['first_name', first![i]!],
          ['prefix', title![i]!],
        ] as const) {
          const { generic = [], [key]: own = [] } = names(locale, list);
          expect([...generic, ...own]).toContain(value);
        }
      });
    }
  });

  test('by another field, in bytes as in the plain form', () => {
    const peers = { id: ids };
    const by = (as: string) =>
      checkForms(
        fake,
        { as, domain: 'd', per: 'id' },
        ids.map((_, i) => `${as} ${i}`),
        testResources({ peers }),
      );
    expect(by('person.lastName')).toEqual(made('lastName'));
    expect(by('internet.email')).toEqual(made('internet.email'));
  });
});

test('lists without names make nobody; with those of one sex, everybody is of it', () => {
  const grammar = (name: string, person: Lists) =>
    personKinds[name]!.grammar({ ...loadedLocale('en'), lists: { person } }, () => '');
  const last = { last_name: { generic: ['Ng', 'Li'] }, last_name_pattern: ['{{person.last_name.generic}}'] };
  expect(grammar('person.fullName', last)).toBeNull();
  const women = { ...last, first_name: { female: ['Ada', 'Eve'] } };
  expect(grammar('person.firstName', women)).toEqual({
    seq: [{ of: ['Ada', 'Eve'] }, { of: ['Ng', 'Li'] }, ''],
    order: [0],
  });
  expect(grammar('person.prefix', women)).toBeNull();
  expect(grammar('person.sex', { ...women, sex: ['diverse'] })).toBeNull();
});
