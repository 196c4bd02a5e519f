import type { Node } from './grammar.ts';
import { digits, type Kind, type Kinds } from './kind.ts';
import { latin } from './latin.ts';
import type { Lists, Locale } from './locales.ts';
import { oneOf, textsAt, wordsOf } from './words.ts';

/**
 * What is made up about one person agrees, whichever field it stands in: all of these choose with the same function, the sex first,
 * then the first and then the last name, so that what is chosen by the same text (the id of a patient, by `per`) is of the same
 * person. The names that an address is made of are those of the list in Latin letters, at the same places.
 */
export const personKinds: Kinds = {
  'person.firstName': kind(({ first, last }, _, token) => shown([first, last, token(' ')], [0, 2])),
  'person.middleName': kind(({ first, last, sex }, { lists }, token) => {
    const middle = wordsOf(lists, 'person.middleName', sex) ?? wordsOf(lists, 'person.middleName');
    return middle && shown([first, last, middle, token(' ')], [2, 3]);
  }),
  'person.lastName': kind(({ first, last }, _, token) => shown([first, last, token(' ')], [1, 2])),
  'person.fullName': kind(({ first, last }, { lists }, token) => {
    const [before, between, behind, isLastFirst] = fullNameOf(lists);
    return shown(
      [first, last, before, between, behind, token(' ')],
      isLastFirst ? [2, 1, 3, 0, 4, 5] : [2, 0, 3, 1, 4, 5],
    );
  }),
  'person.prefix': kind(({ first, last, sex }, { lists }) => {
    const prefix = wordsOf(lists, 'person.prefix', sex) ?? wordsOf(lists, 'person.prefix');
    return prefix && shown([first, last, prefix], [2]);
  }, 'none'),
  'person.sex': kind(({ sex }, { lists }) => sexWord(lists, sex), 'none'),
  'internet.email': kind((person, locale, token) => ({
    seq: [...latinNames(person, locale, '.'), token('.'), '@', { of: exampleHosts }],
  })),
  'internet.username': kind((person, locale, token) => ({ seq: [...latinNames(person, locale, '_'), token('_')] })),
};

type Sex = 'female' | 'male';

/** Nodes that choose the names of one sex; their choices come in this order, in all kinds. */
interface Person {
  readonly sex: Sex;
  readonly first: Node;
  readonly last: Node;
}

type Part = (person: Person, locale: Locale, token: (separator: string) => Node) => Node | null;

function kind(part: Part, unique: Kind['unique'] = 'token'): Kind {
  return {
    chosenBy: 'person',
    unique,
    grammar(locale, token) {
      const nodes = peopleOf(locale.lists).map((person) => part(person, locale, token));
      return nodes.length === 0 || nodes.includes(null) ? null : oneOf(nodes as Node[]);
    },
  };
}

/** Names of either sex, as far as the locale has first and last names for it. */
function peopleOf(lists: Lists): Person[] {
  return (['female', 'male'] as const).flatMap((sex) => {
    const first = wordsOf(lists, 'person.firstName', sex);
    const last = wordsOf(lists, 'person.lastName', sex);
    return first === null || last === null ? [] : [{ sex, first, last }];
  });
}

/** All parts are chosen, and those in `order` written; an empty one is none. */
function shown(seq: readonly Node[], order: readonly number[]): Node {
  return { seq, order: order.filter((part) => seq[part] !== '') };
}

/** What stands around the names in the likeliest pattern of faker that has nothing else: no title, no middle name. */
function fullNameOf(lists: Lists): [before: string, between: string, behind: string, isLastFirst: boolean] {
  const patterns = (lists.person as Lists | undefined)?.name;
  const plain = (Array.isArray(patterns) ? (patterns as { value: string; weight: number }[]) : [])
    .map(({ value, weight }) => ({ weight, match: namesAlone.exec(value) }))
    .filter(({ match }) => match !== null && match[2] !== match[4])
    .sort((a, b) => b.weight - a.weight)[0]?.match;
  return plain ? [plain[1]!, plain[3]!, plain[5]!, plain[2] === 'lastName'] : ['', ' ', '', false];
}

const namesAlone = /^([^{]*)\{\{person\.(firstName|lastName)\}\}([^{]*)\{\{person\.(firstName|lastName)\}\}([^{]*)$/;

function sexWord(lists: Lists, sex: Sex): Node | null {
  const [one, other, ...more] = textsAt(lists, 'person.sex');
  if (one === undefined || other === undefined || more.length > 0) return null;
  return (sex === 'male') === maleWords.has(one) ? one : other;
}

/** Where the list of the two begins with the male one. */
const maleWords = new Set(['gwryw', 'mand', 'männlich', 'vira', 'ชาย', 'Erkak']);

/** `ada.lovelace`, `ada.lovelace42`. */
function latinNames({ first, last }: Person, { english }: Locale, separator: string): Node[] {
  return [
    latin(first, textsAt(english, 'person.first_name')),
    separator,
    latin(last, textsAt(english, 'person.last_name')),
    { of: ['', digits(2)] },
  ];
}

/** RFC 2606 §3. */
const exampleHosts = ['example.com', 'example.net', 'example.org'];
