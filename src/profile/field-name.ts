import { wordsOfName } from '../detect/definition.ts';
import { parsePath } from '../formats/json-path.ts';

/** The words of a field's name, in lower case and without marks: of `$.patient.homePhones[*]` `home phones`, above it `patient`. */
export interface FieldName {
  readonly words: string;
  /** Words of the keys above, or of the table. */
  readonly above: string;
}

/** `table`: a name for what a record is, where the name of the field has nothing above it. */
export function fieldNameOf(selector: string, isPath: boolean, table: string): FieldName {
  const segments = isPath ? parsePath(selector) : undefined;
  if (!Array.isArray(segments)) return { words: foldedWords(selector), above: foldedWords(table) };
  const keys = segments.flatMap((segment) => (segment.kind === 'key' ? [segment.key] : []));
  const above = keys.slice(0, -1).join(' ');
  return { words: foldedWords(keys.at(-1) ?? ''), above: foldedWords(above === '' ? table : above) };
}

/**
 * Words without the marks of their letters: `Téléphone` is `telephone`, `Straße` is `strasse`, `Płeć` is `plec`, `HTTPHost` is `http host`.
 */
export function foldedWords(text: string): string {
  const apart = text.replace(/(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$1 ');
  return plainLetters(wordsOfName(apart));
}

/** Names as a list of words has them, divided by `|`, as `foldedWords` gives them. */
export function foldedNames(list: string): string[] {
  return plainLetters(list.toLowerCase().replace(/[^\p{L}\p{N}\p{M}|]+/gu, ' ')).split('|');
}

/** Letters without marks; Latin words stand apart from those around them that are written without spaces: `IP地址` is `ip 地址`. */
function plainLetters(text: string): string {
  return text
    .replace(besideLatin, '$& ')
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFC')
    .replace(/[ßłøđıæœ]/g, (letter) => plain[letter]!);
}

/** Letters that are no other letter with a mark. */
const plain: Readonly<Record<string, string>> = { ß: 'ss', ł: 'l', ø: 'o', đ: 'd', ı: 'i', æ: 'ae', œ: 'oe' };

/**
 * How much of a name says that it is one of `names` (as `foldedWords` gives them): 1 all of it, less where other words stand beside, 0
 * nothing. Words may be run together: `birthdate` is `birth date`, `Rechnungsadresse` and `患者氏名` end with one.
 */
export function nameShare(words: string, names: readonly string[]): number {
  const joined = words.replaceAll(' ', '');
  const spaced = ` ${words} `;
  let best = 0;
  for (const name of formsOf(names)) {
    if (name.joined === joined) return 1;
    if (name.joined.length >= joined.length || name.joined.length <= best * joined.length) continue;
    const isIn = name.isUnspaced
      ? joined.includes(name.joined)
      : spaced.includes(name.spaced) || (name.isLong && spaced.includes(`${name.joined} `));
    if (isIn) best = name.joined.length / joined.length;
  }
  return best;
}

interface NameForm {
  readonly joined: string;
  readonly spaced: string;
  /** Written without spaces; of one letter alone it would stand in too many words. */
  readonly isUnspaced: boolean;
  /** Long enough to be known at the end of a longer word, as languages like German and Swedish build them. */
  readonly isLong: boolean;
}

const known = new WeakMap<readonly string[], readonly NameForm[]>();

function formsOf(names: readonly string[]): readonly NameForm[] {
  let forms = known.get(names);
  if (forms === undefined) {
    forms = names.map((name): NameForm => {
      const joined = name.replaceAll(' ', '');
      return {
        joined,
        spaced: ` ${name} `,
        isUnspaced: joined.length > 1 && unspaced.test(joined),
        isLong: joined.length >= 6,
      };
    });
    known.set(names, forms);
  }
  return forms;
}

const besideLatin =
  /[a-z\d](?=[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}])|[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}](?=[a-z\d])/gu;
const unspaced = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}]/u;

/** `patients` is `patient`, `entries` is `entry`: names of tables, of which a record is one. */
export function singular(word: string): string {
  if (/[^aeiou]ies$/.test(word)) return word.replace(/ies$/, 'y');
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}
