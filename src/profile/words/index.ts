import { foldedNames } from '../field-name.ts';
import { ar } from './ar.ts';
import { cs } from './cs.ts';
import { da } from './da.ts';
import type { NamedKind } from './definition.ts';
import { it } from './it.ts';
import { ja } from './ja.ts';
import { ko } from './ko.ts';
import { nl } from './nl.ts';
import { pl } from './pl.ts';
import { pt } from './pt.ts';
import { ru } from './ru.ts';
import { sv } from './sv.ts';
import { tr } from './tr.ts';
import { zh } from './zh.ts';

const languages = [ar, cs, da, it, ja, ko, nl, pl, pt, ru, sv, tr, zh];

/** Names of fields of a kind in the further languages, as `foldedWords` gives them. */
export function namesIn(kind: NamedKind): string[] {
  return languages.flatMap(({ words }) => (words[kind] === undefined ? [] : foldedNames(words[kind])));
}
