import { type Dictionary, folded } from './dictionary.ts';

/** Is it written as names of persons are: letters, and `most` words at most? */
export function isNameLike(text: string, most: number): boolean {
  return text.length <= 60 && /^\p{L}/u.test(text) && !/[\d@_/\\#&:;!?=<>|]/.test(text) && wordsIn(text) <= most;
}

/** One word with a capital, or of a script that has none; one sign alone is too little. */
export function isWord(text: string): boolean {
  return /^(?:\p{Lu}[\p{L}\p{M}'’-]+|\p{Lo}[\p{Lo}\p{M}]+)$/u.test(text);
}

/** Words of a name in their order, titles and particles left out; what stands before a comma goes last. */
export function partsOf(text: string): string[] {
  const [before, after] = text.split(',', 2);
  const ordered = after === undefined || after.trim() === '' ? text : `${after} ${before}`;
  return folded(ordered)
    .split(/[\s,]+/)
    .filter((part) => part !== '' && !particles.has(part) && !titles.test(part))
    .map((part) => part.replace(/\.$/, ''));
}

/** A first name and a surname, both in the lists, in either order. */
export function isFullName(text: string, dictionary: Dictionary): boolean {
  if (!isNameLike(text, 7)) return false;
  if (eastAsian.test(text)) return isEastAsianName(text, dictionary);
  const { first, last } = dictionary;
  const parts = partsOf(text).filter((part, _, all) => all.length < 3 || !patronymic.test(part));
  if (parts.length < 2 || parts.length > 5) return false;
  const [given] = parts as [string];
  const family = parts.at(-1)!;
  // In Arabic, the names of father and grandfather stand where others have a surname.
  if (arabic.test(text)) return isIn(first, given) && (isIn(last, family) || isIn(first, family));
  // In Hungary and elsewhere the surname comes first.
  return (isIn(first, given) && isIn(last, family)) || (isIn(last, given) && isIn(first, family));
}

/** A name of which one part at least is in the lists, in its place. */
export function mayBeName(text: string, dictionary: Dictionary): boolean {
  if (!isNameLike(text, 7)) return false;
  if (eastAsian.test(text)) return isEastAsianName(text, dictionary) || dictionary.first.has(folded(text));
  const parts = partsOf(text);
  const { first, last } = dictionary;
  const [given, family] = [parts[0] ?? '', parts.at(-1) ?? ''];
  return parts.length <= 5 && (isIn(first, given) || isIn(last, family) || isIn(first, family) || isIn(last, given));
}

function isIn(list: ReadonlySet<string>, part: string): boolean {
  return list.has(part) || part.split('-').some((half) => list.has(half));
}

/**
 * A surname of the lists, and as many signs behind it as given names have: in Chinese and Korean one or two, in Japanese up to three.
 * Given names are too many for lists.
 */
function isEastAsianName(text: string, { last }: Dictionary): boolean {
  const signs = text.normalize('NFC').replace(/[\s\u3000・·]+/g, '');
  return [1, 2, 3].some((size) => {
    const given = signs.length - size;
    return given >= 1 && given <= (size === 1 ? 2 : 3) && last.has(folded(signs.slice(0, size)));
  });
}

function wordsIn(text: string): number {
  return text.trim().split(/\s+/).length;
}

const eastAsian = /^[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\s]+$/u;
const arabic = /\p{scx=Arab}/u;
const patronymic = /(?:ович|евич|ич|овна|евна|ична|івна|йович)$/u;

const particles = new Set(
  'de del della der den di da do dos das la le van von zu bin ibn al el y e du te ter ten af av'.split(' '),
);
const titles =
  /^(?:dr|prof|mr|mrs|ms|miss|herr|frau|mme|mlle|m|sr|sra|sta|d|sig|dott|don|dona|ing|mgr|bc|dipl|med|phd|md|mba|jr|i|ii|iii|iv|v|dds|dvm|smt|shri|mevr|dhr|mw|pan|pani|д-р|г-н|г-жа|د|السيد|السيدة)\.?$/u;
