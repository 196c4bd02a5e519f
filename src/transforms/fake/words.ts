import type { Node } from './grammar.ts';
import type { Lists } from './locales.ts';

type Sex = 'female' | 'male';

/**
 * What faker's lists say about `name`: `person.firstName`, or a list by its path, `person.last_name.generic`. Patterns
 * such as `{{person.firstName}} {{person.lastName}}` are expanded; those of which some part has no words in this locale are left
 * out. Null when nothing is left.
 *
 * @param sex of the person that names and titles are for; without it they may be for anybody
 */
export function wordsOf(lists: Lists, name: string, sex?: Sex): Node | null {
  const path = aliases[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const choices = choicesOf(valueAt(lists, path), sex).flatMap(({ value, weight }) => {
    const node = expand(lists, value, symbols[path], sex);
    return node === null ? [] : [{ node, weight }];
  });
  if (choices.length === 0) return null;
  const of = choices.map(({ node }) => node);
  const weights = choices.map(({ weight }) => weight);
  return weights.every((weight) => weight === weights[0]) ? oneOf(of) : { of, weights };
}

/** Every text that a list at `path` holds, those for either sex together, once each. */
export function textsAt(lists: Lists, path: string): string[] {
  return choicesOf(valueAt(lists, path)).map(({ value }) => value);
}

/** One of these; with one there is nothing to choose. */
export function oneOf(nodes: readonly Node[]): Node {
  return nodes.length === 1 ? nodes[0]! : { of: nodes };
}

/** Methods of faker whose list has another name. */
const aliases: Readonly<Record<string, string>> = {
  'person.lastName': 'person.last_name_pattern',
  'person.jobTitle': 'person.job_title_pattern',
  'person.zodiacSign': 'person.western_zodiac_sign',
  'location.city': 'location.city_pattern',
  'location.street': 'location.street_pattern',
  'location.streetAddress': 'location.street_address.normal',
  'location.zipCode': 'location.postcode',
  'company.name': 'company.name_pattern',
  'commerce.productName': 'commerce.product_name.pattern',
  'commerce.productAdjective': 'commerce.product_name.adjective',
  'commerce.productMaterial': 'commerce.product_name.material',
  'commerce.product': 'commerce.product_name.product',
};

type Symbols = 'any' | 'numbers';

/** Lists in which `#` stands for a digit, `?` for a letter and `*` for either; in `numbers` none begins with a zero. */
const symbols: Readonly<Record<string, Symbols>> = {
  'location.postcode': 'any',
  'location.building_number': 'numbers',
  'location.secondary_address': 'numbers',
};

function valueAt(lists: Lists, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) => (typeof value === 'object' && value !== null ? (value as Lists)[name] : undefined),
      lists,
    );
}

interface Choice {
  readonly value: string;
  readonly weight: number;
}

/** Lists hold texts, or texts with weights; a map holds one list for each sex and one for anybody. */
function choicesOf(value: unknown, sex?: Sex): Choice[] {
  if (typeof value === 'string') return [{ value, weight: 1 }];
  if (Array.isArray(value)) {
    return value.map((item: string | Choice) => (typeof item === 'string' ? { value: item, weight: 1 } : item));
  }
  if (typeof value !== 'object' || value === null) return [];
  const { generic, female, male } = value as Readonly<Record<string, unknown>>;
  const fitting = sex === 'female' ? [generic, female] : sex === 'male' ? [generic, male] : [generic, female, male];
  const choices = new Map(fitting.flatMap((list) => choicesOf(list)).map((choice) => [choice.value, choice]));
  return [...choices.values()];
}

function expand(lists: Lists, pattern: string, symbol: Symbols | undefined, sex: Sex | undefined): Node | null {
  const parts = pattern.split(/(\{\{.*?\}\})/).filter((part) => part !== '');
  const nodes = parts.map((part): Node | null => {
    if (!part.startsWith('{{')) return symbol === undefined ? part : withSymbols(part, symbol);
    const name = part.slice(2, -2);
    return /^number\.int\(/.test(name) ? wholeNumber(name) : wordsOf(lists, name, sex);
  });
  if (nodes.some((node) => node === null)) return null;
  const present = nodes as Node[];
  return present.length === 1 ? present[0]! : { seq: present };
}

const digits = '0123456789';
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function withSymbols(text: string, symbol: Symbols): Node {
  const runs = text.match(/#+|\?+|\*+|[^#?*]+/g) ?? [];
  const nodes = runs.flatMap((run): Node[] => {
    const count = run.length;
    if (run[0] === '?') return [{ chars: letters, count }];
    if (run[0] === '*') return [{ chars: letters + digits, count }];
    if (run[0] !== '#') return [run];
    if (symbol === 'any') return [{ chars: digits, count }];
    const first = { chars: digits.slice(1), count: 1 };
    return count === 1 ? [first] : [first, { chars: digits, count: count - 1 }];
  });
  return nodes.length === 1 ? nodes[0]! : { seq: nodes };
}

/** `number.int({"max": 9, "min": 1})`, which occurs in house numbers. */
function wholeNumber(call: string): Node {
  const { min, max } = JSON.parse(call.slice(call.indexOf('(') + 1, -1)) as { min: number; max: number };
  return oneOf(Array.from({ length: max - min + 1 }, (_, i) => String(min + i)));
}
