import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Failure } from '../../../src/base/diagnostic.ts';
import { kinds } from '../../../src/transforms/fake/kinds.ts';
import {
  fakerVersion,
  loadedLocale,
  loadLocale,
  localeHint,
  localeNameOf,
  localeNames,
} from '../../../src/transforms/fake/locales.ts';

const root = new URL('../../../', import.meta.url);
const packageOf = (path: string) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));

test('the manifest names the version that is installed, and no other may be installed', () => {
  expect(packageOf('node_modules/@faker-js/faker/package.json').version).toBe(fakerVersion);
  expect(packageOf('package.json').dependencies['@faker-js/faker']).toBe(fakerVersion);
});

test('all locales of faker but those in jest', () => {
  const folder = new URL('node_modules/@faker-js/faker/dist/locale/', root);
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.js'))
    .map((file) => file.slice(0, -3));
  const left = ['base', 'en_AU_ocker', 'en_BORK'];
  expect([...localeNames].sort()).toEqual(names.filter((name) => !left.includes(name)).sort());
});

test.each([
  ['de', 'de'],
  ['de-AT', 'de_AT'],
  ['de_at', 'de_AT'],
  ['de-LI', 'de'],
  ['fr-CA-x-old', 'fr_CA'],
  ['cs', 'cs_CZ'],
  ['sr', 'sr_RS_latin'],
  ['pt', undefined],
  ['zh-Hant', undefined],
  ['tlh', undefined],
])('the locale for %s is %s', (tag, name) => {
  expect(localeNameOf(tag)).toBe(name);
});

test('what there is in place of a tag', () => {
  expect(localeHint('pt')).toBe('write one of `pt_BR`, `pt_PT`');
  expect(localeHint('en_UU')).toContain('write one of `en`');
  expect(localeHint('tlh')).toContain('a language tag');
});

test('a locale that there is none of is refused, and one that is not loaded cannot be read', async () => {
  await expect(loadLocale('tlh')).rejects.toThrow(Failure);
  expect(() => loadedLocale('zu_ZA')).toThrow('before they are loaded');
});

test('every locale has words for nearly every kind', { timeout: 60_000 }, async () => {
  const lacking: string[] = [];
  for (const name of localeNames) {
    const locale = await loadLocale(name);
    for (const [kind, { grammar }] of Object.entries(kinds)) {
      if (grammar(locale, () => '') === null) lacking.push(`${name} ${kind}`);
    }
  }
  // faker states for these that the country knows no such thing.
  expect(lacking.sort()).toEqual(
    [
      ...['az', 'id_ID', 'ru', 'zh_CN', 'zh_TW'].map((name) => `${name} person.prefix`),
      ...['az', 'it', 'mk', 'pt_PT', 'ro_MD', 'ru'].map((name) => `${name} person.suffix`),
      ...['az', 'ro_MD'].map((name) => `${name} location.state`),
      'en_HK location.zipCode',
    ].sort(),
  );
});
