import { formatPath } from '../formats/json-path.ts';
import { FieldCollector, type FieldProfile } from './field.ts';
import { fieldNameOf } from './field-name.ts';

/** Members of an object beyond which its keys are data: a policy cannot name them one by one. */
const mostKeys = 100;
/** From so many keys on, each of which stands in a quarter of the objects or fewer on average, they are data. */
const fewestSparse = 6;
const leastPresence = 0.25;
/** Levels of a record that are told apart. */
const mostLevels = 32;

/** A place in records: what stands there, and beneath it. */
class Place {
  readonly own = new FieldCollector();
  readonly members = new Map<string, Place>();
  element: Place | undefined;
  /** Its keys are data: `any` stands for all members. */
  any: Place | undefined;
  keys = 0;
  containers = 0;
  empties = 0;
}

/** The fields of JSON records, by their paths. Members of objects whose keys are data count as one field, `.*`. */
export class TreeProfile {
  readonly #root = new Place();

  add(record: unknown): void {
    addTo(this.#root, record, 0);
  }

  /** In the order in which they were first seen. */
  fields(table: string): FieldProfile[] {
    return profilesOf(this.#root, '$', { repeated: false, dataKeys: 0 }, table);
  }
}

function addTo(place: Place, value: unknown, level: number): void {
  if (value === null || value === undefined) place.own.add(null);
  else if (typeof value !== 'object') place.own.add(String(value));
  else {
    place.containers++;
    if (level >= mostLevels) return;
    if (Array.isArray(value)) {
      place.element ??= new Place();
      if (value.length === 0) place.empties++;
      for (const element of value) addTo(place.element, element, level + 1);
      return;
    }
    const entries = Object.entries(value);
    if (entries.length === 0) place.empties++;
    for (const [key, member] of entries) addTo(memberOf(place, key), member, level + 1);
  }
}

function memberOf(place: Place, key: string): Place {
  if (place.any !== undefined) return place.any;
  let member = place.members.get(key);
  if (member !== undefined) return member;
  place.keys++;
  member = new Place();
  place.members.set(key, member);
  if (place.members.size <= mostKeys && !isDataKey(key)) return member;
  return gathered(place);
}

/** Count all members as one: what was counted under the single keys is taken over value by value from their sketches. */
function gathered(place: Place): Place {
  const any = new Place();
  for (const known of place.members.values()) takeOver(any, known);
  place.members.clear();
  place.any = any;
  return any;
}

/** Do most records have keys of their own here? Then these are names, say, and not a form that somebody designed. */
function isSparse({ members, containers }: Place): boolean {
  if (members.size < fewestSparse) return false;
  const present = [...members.values()].reduce(
    (sum, { own, containers }) => sum + own.values + own.nulls + containers,
    0,
  );
  return present / members.size <= leastPresence * containers;
}

/** Dates, numbers, addresses and the like: a key that somebody chose for a field does not look so. */
function isDataKey(key: string): boolean {
  return /^\d+$|\d{3}|@|[0-9a-f]{8}-|^$|\s\S*\s/i.test(key) || key.length > 60;
}

function takeOver(into: Place, from: Place): void {
  into.containers += from.containers;
  into.empties += from.empties;
  into.own.nulls += from.own.nulls;
  for (const { text, count } of from.own.sketch.values) for (let i = 0; i < count; i++) into.own.add(text);
  if (from.element !== undefined) {
    into.element ??= new Place();
    takeOver(into.element, from.element);
  }
  for (const [key, member] of from.members) takeOver(memberOf(into, key), member);
  if (from.any !== undefined) {
    into.any ??= new Place();
    takeOver(into.any, from.any);
  }
}

interface Around {
  readonly repeated: boolean;
  readonly dataKeys: number;
}

function profilesOf(place: Place, path: string, around: Around, table: string): FieldProfile[] {
  if (path !== '$' && isSparse(place)) gathered(place);
  const beneath = [
    ...[...place.members].flatMap(([key, member]) =>
      profilesOf(member, `${path}${formatPath([key]).slice(1)}`, around, table),
    ),
    ...(place.any === undefined
      ? []
      : profilesOf(place.any, `${path}.*`, { repeated: true, dataKeys: Math.max(place.keys, 1) }, table)),
    ...(place.element === undefined
      ? []
      : profilesOf(place.element, `${path}[*]`, { ...around, repeated: true }, table)),
  ];
  const hasValues = place.own.values > 0;
  if (beneath.length > 0 && !hasValues) return beneath;
  // Neither value nor member: always null, or always empty.
  if (!hasValues && place.own.nulls === 0 && place.containers === 0) return [];
  if (path === '$') return [];
  const mixed = place.containers > place.empties;
  return [place.own.profile({ selector: path, name: fieldNameOf(path, true, table), ...around, mixed })];
}
