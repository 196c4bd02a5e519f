import type { Faker } from '@faker-js/faker';
import { fail } from '../../base/diagnostic.ts';

/** The version whose word lists are read. package.json names exactly this one: other lists make other values. */
export const fakerVersion = '10.6.0';

/** Word lists of a locale, where it has none those of its language, then the English ones. */
export interface Locale {
  /** As faker names it: `de_AT`. */
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | undefined;
  readonly lists: Lists;
  /** The English lists, for what is written in ASCII. */
  readonly english: Lists;
}

/** Lists by category and name. */
export type Lists = Readonly<Record<string, unknown>>;

export const localeNames = (
  'af_ZA ar az bn_BD cs_CZ cy da de de_AT de_CH dv el en en_AU en_CA en_GB en_GH en_HK en_IE en_IN en_NG en_NP en_US ' +
  'en_ZA eo es es_MX fa fi fr fr_BE fr_CA fr_CH fr_LU fr_SN he hr hu hy id_ID it ja ka_GE ko ku_ckb ku_kmr_latin lv mk ' +
  'mn_MN_cyrl nb_NO ne nl nl_BE pl pt_BR pt_PT ro ro_MD ru sk sl_SI sr_RS_latin sv ta_IN th tr uk ur uz_UZ_latin vi ' +
  'yo_NG zh_CN zh_TW zu_ZA'
).split(' ');

/**
 * The locale for a language tag: the longest of its beginnings that there is (lookup, RFC 4647 §3.4), or else the only locale of its
 * language. `_` and `-` are the same, case does not matter. Undefined: none.
 */
export function localeNameOf(tag: string): string | undefined {
  const parts = tag.toLowerCase().split(/[-_]/);
  for (let length = parts.length; length > 0; length--) {
    const wanted = parts.slice(0, length).join('_');
    const found = localeNames.find((name) => name.toLowerCase() === wanted);
    if (found !== undefined) return found;
  }
  const varieties = varietiesOf(parts[0]!);
  return varieties.length === 1 ? varieties[0] : undefined;
}

/** What to write in place of a tag that has no locale. */
export function localeHint(tag: string): string {
  const varieties = varietiesOf(tag.toLowerCase().split(/[-_]/)[0]!);
  if (varieties.length > 0) return `write one of ${varieties.map((name) => `\`${name}\``).join(', ')}`;
  return 'write a language tag such as `en`, `de`, `en-GB` or `ja`';
}

/**
 * Load the lists of a language tag, once: faker is read only where values are made up, and of it only what the locale needs.
 * Throws a Failure when there are none.
 */
export async function loadLocale(tag: string): Promise<Locale> {
  const name = localeNameOf(tag);
  if (name === undefined) {
    throw fail('POLICY-MEANING', `there are no word lists for the locale \`${tag}\``, { hint: localeHint(tag) });
  }
  let locale = loaded.get(name);
  if (locale === undefined) {
    locale = { name, country: countryOf(name), lists: await listsOf(name), english: await listsOf('en') };
    loaded.set(name, locale);
  }
  return locale;
}

/** The locale of a language tag that was loaded. */
export function loadedLocale(tag: string): Locale {
  const locale = loaded.get(localeNameOf(tag) ?? '');
  if (locale === undefined) throw new Error('word lists are read before they are loaded');
  return locale;
}

/** Like the cache of modules itself: lists never change while the program runs. */
const loaded = new Map<string, Locale>();

async function listsOf(name: string): Promise<Lists> {
  const { faker }: { faker: Faker } = await import(`@faker-js/faker/locale/${name}`);
  return faker.rawDefinitions;
}

function varietiesOf(language: string): string[] {
  return localeNames.filter((name) => name.split('_')[0]!.toLowerCase() === language);
}

function countryOf(name: string): string | undefined {
  return /_([A-Z]{2})/.exec(name)?.[1] ?? countries[name];
}

/** Of languages whose locale names no country. */
const countries: Readonly<Record<string, string>> = {
  cy: 'GB',
  da: 'DK',
  de: 'DE',
  en: 'US',
  es: 'ES',
  fi: 'FI',
  fr: 'FR',
  hu: 'HU',
  it: 'IT',
  nl: 'NL',
  pl: 'PL',
  sv: 'SE',
};
