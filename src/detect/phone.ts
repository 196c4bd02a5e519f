import type { CountryCode, NumberingPlan } from 'libphonenumber-js/min';
import type { Country } from '../base/countries.ts';
import type { Recognizer } from './definition.ts';
import { digits, isNumberEnd, matchesOf, wordCharacter } from './scan.ts';

export const phone: Recognizer = {
  name: 'phone',
  summary:
    'Telephone numbers in international form, and those written as in the given countries (`US` unless others are given).',
  source: 'ITU-T E.164; national numbering plans by libphonenumber',
  needs: digits,
  names: [
    'phone',
    'phone number',
    'telephone',
    'tel',
    'mobile',
    'cell',
    'cellphone',
    'fax',
    'telefon',
    'handy',
    'telefono',
    'téléphone',
    'msisdn',
  ],
  examples: {
    found: [
      '+1 213 373 4253',
      '(213) 373-4253',
      '213-373-4253',
      '213.373.4253',
      '2133734253',
      '+44 20 7946 0958',
      '+49 (0)30 901820',
      '+33.1.42.68.53.00',
      '0044 20 7946 0958',
    ],
    not: [
      '555-1234',
      '123-45-6789',
      '2024-01-02 10',
      '12345',
      '+1 213 373 42530000',
      'x2133734253',
      '01.02.2024 15:30',
    ],
  },
  async load() {
    library ??= await import('libphonenumber-js/min');
  },
  find(text, { countries = ['US'] }) {
    return matchesOf(text, candidate, (found, at) => {
      if (dateLike.test(found)) return 0;
      for (let size = found.length, count = found.replace(/\D/g, '').length; count >= fewest; size--) {
        if (!isDigit(found, size - 1)) continue;
        // Between the groups only, from the longest run of them to the shortest.
        if ((size === found.length || !isDigit(found, size)) && isNumberEnd(text, at + size)) {
          if (isPhone(found.slice(0, size), countries)) return size;
        }
        count--;
      }
      return 0;
    });
  },
};

let library: typeof import('libphonenumber-js/min') | undefined;

/** Digits of the shortest numbers that are found; of shorter ones too many are something else. */
const fewest = 7;
/** Up to 15 digits (E.164) and those of a prefix for calls abroad. */
const candidate = new RegExp(
  `(?<!${wordCharacter}|[+]|\\d[.-])(?:\\+ ?)?(?:\\((?=\\d{1,5}\\)))?\\d(?:[ ()./\\u00a0\\u2010-\\u2013-]{0,3}\\d){6,17}`,
  'gu',
);
const dateLike = /^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4})(?!\d)/;

function isPhone(text: string, countries: readonly Country[]): boolean {
  // 00 is the prefix for calls abroad that ITU-T E.164 recommends, and no national number begins with it.
  const compact = text.replace(/[^\d+]/g, '').replace(/^00/, '+');
  const key = `${countries.join()} ${compact}`;
  let is = known.get(key);
  if (is === undefined) {
    if (known.size >= mostKnown) known.clear();
    is = compact.startsWith('+')
      ? isValid(compact)
      : countries.some((country) => isPlausible(compact, country) && isValid(compact, country));
    known.set(key, is);
  }
  return is;
}

/** The library takes 60 µs for a number. */
const known = new Map<string, boolean>();
const mostKnown = 1 << 14;

/** By the plan of the country, or of another country behind the prefix for calls abroad. */
function isValid(compact: string, defaultCountry?: Country): boolean {
  return (
    loaded()
      .parsePhoneNumberFromString(compact, {
        extract: false,
        ...(defaultCountry && { defaultCountry: defaultCountry as CountryCode }),
      })
      ?.isValid() ?? false
  );
}

/** Can this be a number of the country, or one abroad as dialled there? It takes a hundredth of the time that `isValid` does. */
function isPlausible(compact: string, country: Country): boolean {
  let pattern = plans.get(country);
  if (pattern === undefined) {
    pattern = planOf(country as CountryCode);
    plans.set(country, pattern);
  }
  return pattern.test(compact);
}

const plans = new Map<Country, RegExp>();

function planOf(country: CountryCode): RegExp {
  const { Metadata, isSupportedCountry } = loaded();
  if (!isSupportedCountry(country)) return /(?!)/;
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  // The declared type leaves out two of its methods.
  const plan = metadata.numberingPlan as NumberingPlan & {
    nationalNumberPattern(): string;
    nationalPrefixForParsing(): string | undefined;
  };
  const prefix = plan.nationalPrefixForParsing();
  const own = `${prefix === undefined ? '' : `(?:${prefix})?`}(?:${plan.nationalNumberPattern()})`;
  return new RegExp(`^(?:${own}|(?:${plan.IDDPrefix()})\\d{7,15})$`);
}

function loaded(): typeof import('libphonenumber-js/min') {
  if (library === undefined) throw new Error('the telephone numbering plans are not loaded');
  return library;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}
