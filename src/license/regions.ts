import { type Country, countries } from '../base/countries.ts';
import { word } from './values.ts';

// Member states since 2020-02-01: Treaty on European Union, article 52.
const eu = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');

/**
 * Groups of countries that a license can name. Territories with a code of their own (`AX`, `RE`, …) belong to no group: a license
 * that means them names them.
 */
const groups: Readonly<Record<Group, { readonly name: string; readonly members: readonly string[] }>> = {
  EU: { name: 'European Union', members: eu },
  // The EU and the EFTA states that are parties to the Agreement on the European Economic Area.
  EEA: { name: 'European Economic Area', members: [...eu, 'IS', 'LI', 'NO'] },
};

type Group = 'EU' | 'EEA';
type Region = Country | Group;

const countryCodes = Object.keys(countries) as Country[];
const groupCodes = Object.keys(groups) as Group[];
const largestFirst = groupCodes.toSorted((a, b) => groups[b].members.length - groups[a].members.length);

/** One country, as a stated use names it. */
export const country = word('country', countryCodes, suggestCode);

/** A country or a group, as a license names it. */
export const region = word('region', [...groupCodes, ...countryCodes], suggestCode);

/** Is the country one of the regions, or a member of one? Case counts; what is no country, such as a group, is within nothing. */
export function regionWithin(country: string, regions: readonly string[]): boolean {
  if (!Object.hasOwn(countries, country)) return false;
  return regions.some((name) => name === country || groupMembers(name).includes(country));
}

/** The regions that every one of the lists allows: the largest groups first, then countries; none when they share nothing. */
export function regionsWithin(lists: readonly (readonly Region[])[]): Region[] {
  const allowed = lists.map((list) => new Set(list.flatMap((name) => [name, ...groupMembers(name)])));
  let left = countryCodes.filter((country) => allowed.every((list) => list.has(country)));
  const whole = largestFirst.filter((group) => {
    const members = groupMembers(group);
    if (!members.every((member) => (left as readonly string[]).includes(member))) return false;
    left = left.filter((country) => !members.includes(country));
    return true;
  });
  return [...whole, ...left];
}

/** `EEA (European Economic Area)`. */
export function regionTitle(name: Region): string {
  return `${name} (${name === 'EU' || name === 'EEA' ? groups[name].name : countries[name]})`;
}

function groupMembers(name: string): readonly string[] {
  return groupCodes.filter((group) => group === name).flatMap((group) => groups[group].members);
}

/**
 * Any two letters are one edit away from the code of some other country, so only the case is mended, the two codes that EU
 * institutions use in place of ISO's, and the names of countries.
 */
function suggestCode(input: string, codes: Iterable<string>): string {
  const upper = input.toUpperCase();
  const code = inPlaceOf[upper] ?? upper;
  const lower = input.toLowerCase();
  const meant = [...codes].includes(code)
    ? code
    : countryCodes.find((known) => countries[known].toLowerCase() === lower);
  return meant === undefined ? 'codes are those of ISO 3166-1 alpha-2, in capitals' : `did you mean \`${meant}\`?`;
}

const inPlaceOf: Readonly<Record<string, string | undefined>> = { UK: 'GB', EL: 'GR' };
