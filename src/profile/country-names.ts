import { countries } from '../base/countries.ts';
import { folded } from './dictionary.ts';

/** Languages in which countries are known by name. */
const languages = 'en de fr es it pt nl pl sv da nb fi cs sk hu ro hr tr el ru uk ar he ja ko zh zh-Hant id vi'.split(
  ' ',
);

/** Countries that CLDR does not name so, and parts of countries that people name instead. */
const others =
  'england|scotland|wales|northern ireland|great britain|uk|usa|uae|holland|russia|south korea|america|česko|アメリカ|イギリス|대한민국|السعودية|الإمارات';

/** A country by its code of two letters, or by its name in one of many languages (CLDR). */
export function isCountry(text: string): boolean {
  if (Object.hasOwn(countries, text)) return true;
  if (!/^\p{L}[\p{L}\p{M} .,'’()-]{1,60}$/u.test(text)) return false;
  names ??= new Set([...namesByCldr(), ...others.split('|').map(folded)]);
  return names.has(folded(text));
}

let names: ReadonlySet<string> | undefined;

function namesByCldr(): string[] {
  return languages.flatMap((language) => {
    const naming = new Intl.DisplayNames([language], { type: 'region' });
    return Object.keys(countries).map((code) => folded(naming.of(code) ?? code));
  });
}
