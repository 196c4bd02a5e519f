import { isGone, isNamed, opennessOf } from '../lint/released.ts';
import type { FieldRule } from '../policy/policy.ts';
import { generalize } from '../transforms/generalize.ts';
import type { Line, StandardContext } from './definition.ts';
import { failOf, type Head, restOf } from './hipaa-identifiers.ts';

export const zipNames = ['zip', 'zip code', 'zipcode', 'postal code', 'postcode', 'plz'];
export const streetNames = ['street', 'address', 'addr', 'po box', 'house number'];
const placeNames = [
  'city',
  'town',
  'county',
  'precinct',
  'parish',
  'latitude',
  'longitude',
  'lat',
  'lon',
  'geocode',
  'census tract',
];
/** Not addresses of a place. */
const elsewhere = ['ip', 'email', 'mail', 'mac'];

/** 164.514(b)(2)(i)(B): nothing smaller than a state but three digits of a ZIP code where more than 20,000 people live. */
export function placeLine(head: Head, context: StandardContext): Line {
  const { policy } = context;
  const written = policy.fields.filter((rule) => !isGone(rule));
  const zips = written.filter((rule) => isNamed(rule, zipNames));
  const open = zips.filter((rule) => !isZip3(rule));
  if (open.length > 0)
    return failOf(head, open, 'may show more of a ZIP code than `generalize: { zip3: census-2020 }` leaves');
  const places = written.filter((rule) => isPlace(rule) && opennessOf(rule) !== 'closed');
  if (places.length > 0) return failOf(head, places, 'may show a place smaller than a state');
  const why =
    zips.length === 0 ? 'no field is named as such a place' : 'ZIP codes show three digits, or 000, by the 2020 Census';
  return restOf(head, context, true, why);
}

export function isStreet(rule: FieldRule): boolean {
  return isNamed(rule, streetNames) && !isNamed(rule, elsewhere);
}

function isPlace(rule: FieldRule): boolean {
  return isStreet(rule) || isNamed(rule, placeNames);
}

function isZip3(rule: FieldRule): boolean {
  const ways = rule.choice === undefined ? [rule.steps] : [rule.choice.steps, rule.choice.otherwise];
  return ways.every(
    (steps) =>
      isGone({ ...rule, steps, choice: undefined }) ||
      steps.some(({ definition, options }) => definition === generalize && 'zip3' in (options as object)),
  );
}
