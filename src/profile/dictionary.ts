import { loadLocale } from '../transforms/fake/locales.ts';
import { textsAt } from '../transforms/fake/words.ts';

/** Words that tell names of people and places from other words, folded as `folded` does. */
export interface Dictionary {
  readonly first: ReadonlySet<string>;
  readonly last: ReadonlySet<string>;
  readonly cities: ReadonlySet<string>;
}

/** Locales of faker whose lists are read. Of languages that are written in Latin letters, those with lists of names. */
const locales = [
  'en',
  'de',
  'de_AT',
  'de_CH',
  'en_GB',
  'en_IN',
  'fr',
  'fr_CA',
  'es',
  'es_MX',
  'it',
  'nl',
  'sv',
  'da',
  'nb_NO',
  'pl',
  'pt_BR',
  'fi',
  'tr',
  'cs_CZ',
  'hr',
  'hu',
  'ro',
  'pt_PT',
  'sl_SI',
];

/** Of languages in other scripts; read where data has other letters than Latin ones. */
const otherLocales = ['ru', 'uk', 'el', 'ar', 'he', 'ja', 'ko', 'zh_CN', 'zh_TW'];

/** Load the names and towns of faker's word lists: of languages in Latin letters, and of all others too where `beyondLatin` says so. */
export async function loadDictionary(beyondLatin: boolean): Promise<Dictionary> {
  return await load(beyondLatin ? [...locales, ...otherLocales] : locales);
}

async function load(names: readonly string[]): Promise<Dictionary> {
  const all = await Promise.all(names.map((name) => loadLocale(name)));
  const from = (path: string): Set<string> =>
    new Set(all.flatMap(({ lists }) => textsAt(lists, path).map(folded)).filter((word) => !short.test(word)));
  return { first: from('person.first_name'), last: from('person.last_name'), cities: from('location.city_name') };
}

/** Single letters, but for the signs that are surnames in China and Korea. */
const short = /^\P{Lo}?$/u;

/** Lower case without marks. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}
