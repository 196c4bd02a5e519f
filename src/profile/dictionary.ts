import { loadLocale } from '../transforms/fake/locales.ts';
import { textsAt } from '../transforms/fake/words.ts';

/** Words that tell names of people and places from other words, folded as `folded` does. */
export interface Dictionary {
  readonly first: ReadonlySet<string>;
  readonly last: ReadonlySet<string>;
  readonly cities: ReadonlySet<string>;
}

/** Locales of faker whose lists are read: of languages with lists of names, those of many people in the Latin, and one or two in other scripts. */
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
  'ru',
  'uk',
  'el',
  'ar',
  'he',
  'ja',
  'ko',
  'zh_CN',
  'zh_TW',
];

/** Load the names and towns of faker's word lists, once. */
export async function loadDictionary(): Promise<Dictionary> {
  loaded ??= load();
  return await loaded;
}

let loaded: Promise<Dictionary> | undefined;

async function load(): Promise<Dictionary> {
  const all = await Promise.all(locales.map((name) => loadLocale(name)));
  const from = (path: string): Set<string> =>
    new Set(
      all
        .flatMap(({ lists }) => textsAt(lists, path).map(folded))
        .filter((word) => word.length > 1 || /^\p{Lo}$/u.test(word)),
    );
  return { first: from('person.first_name'), last: from('person.last_name'), cities: from('location.city_name') };
}

/** Lower case without marks. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}
