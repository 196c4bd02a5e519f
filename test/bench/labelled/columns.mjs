import { englishHeaders, headerKeys, heldOut, tuned } from './locales.mjs';
import { negatives } from './negatives.mjs';
import { makersOf } from './personal.mjs';
import { randomOf } from './random.mjs';

/** By sort: kinds of `anon init` that are right. Names of persons are taken as one: what becomes of them is the same. */
const right = {
  first: ['first name', 'last name', 'full name'],
  last: ['first name', 'last name', 'full name'],
  full: ['first name', 'last name', 'full name'],
  email: ['email'],
  phone: ['phone'],
  'phone, national': ['phone'],
  iban: ['iban', 'account number'],
  card: ['card'],
  ip: ['ip'],
  mac: ['mac'],
  url: ['url'],
  'national id': ['national id'],
  birth: ['birth date'],
  postal: ['postal code', 'zip'],
  city: ['city'],
  country: ['country'],
  street: ['street'],
  note: ['free text'],
  user: ['user name'],
  sex: ['sex'],
};

export const sorts = Object.keys(right);
/** Few values, and shared by many: policies keep them. */
const traits = new Set(['country', 'sex']);
const rows = 100;

/** Columns of each locale with three names each, and such that hold nothing personal. */
export function labelledColumns() {
  const personal = [tuned, heldOut].flatMap((locales, side) =>
    locales.flatMap((locale, i) => localeColumns(locale, side === 0 ? 'tuned' : 'held out', i, 1 + side * 100 + i)),
  );
  const others = negatives.flatMap(({ english, other, make, right: kinds, tuned: isTuned }) => {
    const values = Array.from({ length: rows }, make);
    const column = { side: isTuned ? 'tuned' : 'held out', values, right: kinds, secret: false };
    return [
      { ...column, variant: 'English', header: english },
      { ...column, variant: 'own', header: other },
      { ...column, variant: 'neutral', header: 'c7' },
    ];
  });
  return [...personal, ...others];
}

function localeColumns(locale, side, i, seed) {
  const makers = makersOf(locale, randomOf(seed));
  return sorts.flatMap((sort) =>
    (makers[sort] ?? []).flatMap((make, m) => {
      const values = Array.from({ length: rows }, make);
      const key = headerKeys[sort] ?? sort;
      const english = (englishHeaders[sort] ?? englishHeaders[key]).split('|');
      const column = { side, locale: locale.locale, sort, values, right: right[sort], secret: !traits.has(sort) };
      // Without a name, a day is a day.
      const nameless = sort === 'birth' ? [...right.birth, 'date'] : right[sort];
      return [
        { ...column, variant: 'English', header: english[(i + m) % english.length] },
        { ...column, variant: 'own', header: locale.headers[key] },
        { ...column, variant: 'neutral', header: 'c7', right: nameless },
      ];
    }),
  );
}
