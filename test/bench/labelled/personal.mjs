import { base, en, Faker } from '@faker-js/faker';
import { cardOf, ibanOf, nationalIds } from './national.mjs';
import { birthOf, padded } from './random.mjs';

/** Values of personal data of a locale by sort; `undefined` where the country has none of it. */
export function makersOf(locale, random) {
  const faker = new Faker({ locale: [en, base] });
  faker.seed(random.below(2 ** 31));
  const words = (list) => (Array.isArray(locale[list]) ? locale[list] : locale[list].split('|'));
  const word = (list) => random.oneOf(words(list));
  const named = (template) => template.replace(/\{(\w+)\}/g, (_, list) => word(list));
  const numbered = (text) => text.replace('{n}', String(random.between(1, 180)));
  const national = () => nationalIds[locale.country](random);
  const full = words('full');
  const iban = locale.iban && (() => ibanOf(locale.country, random.filled(locale.iban)));
  const grouped = (text) => text.replace(/(.{4})(?=.)/g, '$1 ');
  const date = (template) => () => dated(template, birthOf(random), words('months'));
  return {
    first: [() => word('first')],
    last: [() => word('last')],
    full: full.map((template) => () => named(template)),
    email: [
      () => faker.internet.email().toLowerCase(),
      () => faker.internet.email({ provider: `firma.${tld(locale)}` }),
    ],
    phone: [() => random.filled(words('international')[0]), () => random.filled(word('international'))],
    'phone, national': [() => random.filled(words('national')[0]), () => random.filled(word('national'))],
    iban: iban && [iban, () => grouped(iban())],
    card: [() => cardOf(random), () => grouped(cardOf(random)), () => grouped(cardOf(random)).replaceAll(' ', '-')],
    ip: [() => faker.internet.ipv4(), () => faker.internet.ipv6()],
    mac: [() => faker.internet.mac(), () => faker.internet.mac('-').toUpperCase()],
    url: [() => faker.internet.url(), () => `www.${faker.internet.domainName()}/~${faker.internet.username()}`],
    'national id': [national, () => national().replace(/[ ./-]/g, '')],
    birth: [date('{YYYY}-{MM}-{DD}'), date(locale.numericDate), date(locale.wordDate)],
    postal: [() => random.filled(word('postal'))],
    city: [() => word('cities')],
    country: [() => word('countries')],
    street: [() => numbered(word('streets'))],
    note: [() => fillText(word('texts'), locale, random)],
    user: [() => faker.internet.username(), () => faker.internet.username().toLowerCase().replace(/[._-]/g, '')],
    sex: [() => word('sexes')],
  };
}

function dated(template, { year, month, day }, months) {
  const parts = { YYYY: year, MM: padded(month, 2), DD: padded(day, 2), M: month, D: day, month: months[month - 1] };
  return template.replace(/\{(\w+)\}/g, (_, part) => parts[part]);
}

function tld({ country }) {
  return country === 'GB' ? 'co.uk' : country.toLowerCase();
}

/** A sentence, and where personal data stands in it. */
export function annotatedText(template, locale, random) {
  const makers = makersOf(locale, random);
  const of = { date: 'birth', id: 'national id' };
  let text = '';
  const spans = [];
  for (const [i, part] of template.split(/\{(\w+)\}/).entries()) {
    if (i % 2 === 0) text += part;
    else {
      const sort = part === 'phone' ? random.oneOf(['phone', 'phone, national']) : (of[part] ?? part);
      const value = random.oneOf(makers[sort] ?? makers.email)();
      spans.push({ sort: makers[sort] ? sort : 'email', start: text.length, end: text.length + value.length });
      text += value;
    }
  }
  return { text, spans };
}

function fillText(template, locale, random) {
  return annotatedText(template, locale, random).text;
}
