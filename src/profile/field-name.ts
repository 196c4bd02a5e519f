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

/** Words without the marks of their letters: `Téléphone` is `telephone`, `Straße` is `strasse`, `HTTPHost` is `http host`. */
export function foldedWords(text: string): string {
  const apart = text.replace(/(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$1 ');
  return wordsOfName(apart)
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('ß', 'ss');
}

/**
 * How much of a name says that it is one of `names` (as `foldedWords` gives them): 1 all of it, less where other words stand beside, 0
 * nothing. Words may be run together: `birthdate` is `birth date`.
 */
export function nameShare(words: string, names: readonly string[]): number {
  const joined = words.replaceAll(' ', '');
  let best = 0;
  for (const name of names) {
    const size = name.replaceAll(' ', '').length;
    if (name.replaceAll(' ', '') === joined) return 1;
    if (` ${words} `.includes(` ${name} `)) best = Math.max(best, size / joined.length);
  }
  return best;
}

/** `patients` is `patient`, `entries` is `entry`: names of tables, of which a record is one. */
export function singular(word: string): string {
  if (/[^aeiou]ies$/.test(word)) return word.replace(/ies$/, 'y');
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}
