import type { Node } from './grammar.ts';
import { internetKinds } from './internet.ts';
import { fixedWords, type Kind, type Kinds, words } from './kind.ts';
import type { Locale } from './locales.ts';
import { numberKinds } from './numbers.ts';
import { personKinds } from './person.ts';
import { textsAt } from './words.ts';

/** What `fake` can make. */
export const kinds: Kinds = {
  ...personKinds,
  'person.suffix': fixedWords('person.suffix'),
  'person.gender': fixedWords('person.gender'),
  'person.zodiacSign': fixedWords('person.zodiacSign'),
  'person.jobTitle': words('person.jobTitle'),
  'person.jobArea': fixedWords('person.jobArea'),
  'person.jobType': fixedWords('person.jobType'),
  ...internetKinds,
  'location.street': words('location.street'),
  'location.streetAddress': words('location.streetAddress'),
  'location.secondaryAddress': words('location.secondaryAddress'),
  'location.buildingNumber': fixedWords('location.buildingNumber'),
  'location.city': words('location.city'),
  'location.zipCode': fixedWords('location.zipCode'),
  'location.county': fixedWords('location.county'),
  'location.state': fixedWords('location.state'),
  'location.country': fixedWords('location.country'),
  'location.countryCode': codes('location.country_code', 'alpha2'),
  'location.timeZone': fixedWords('location.timeZone'),
  'company.name': words('company.name'),
  'commerce.productName': words('commerce.productName'),
  'commerce.department': fixedWords('commerce.department'),
  'finance.currencyCode': codes('finance.currency', 'code'),
  'vehicle.manufacturer': fixedWords('vehicle.manufacturer'),
  'animal.type': words('animal.type'),
  'animal.petName': words('animal.petName'),
  'color.human': words('color.human'),
  'lorem.word': words('lorem.word'),
  'lorem.sentence': words('lorem.sentence', ({ lists }) => sentence(textsAt(lists, 'lorem.word'))),
  'word.noun': words('word.noun'),
  'word.adjective': words('word.adjective'),
  ...numberKinds,
};

export const kindNames = Object.keys(kinds) as [string, ...string[]];

/** One member of the maps that a list consists of. */
function codes(path: string, member: string): Kind {
  return {
    grammar({ lists }: Locale) {
      const [category, list] = path.split('.') as [string, string];
      const maps = (lists[category] as Record<string, readonly Record<string, string>[]> | undefined)?.[list];
      return maps === undefined || maps.length === 0 ? null : { of: maps.map((map) => map[member]!) };
    },
    unique: 'none',
  };
}

/** 4 to 8 words. */
function sentence(from: readonly string[]): Node | null {
  if (from.length === 0) return null;
  const first = { of: from.map((word) => word[0]!.toUpperCase() + word.slice(1)) };
  const next = { seq: [' ', { of: from }] };
  const lengths = [3, 4, 5, 6, 7].map((count) => ({ seq: Array<Node>(count).fill(next) }));
  return { seq: [first, { of: lengths }, '.'] };
}
