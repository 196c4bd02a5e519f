import type { Node } from './grammar.ts';

/**
 * The same choices, with every text in letters from a to z as addresses need them: names without their accents, and for a name in
 * another script, or of more than 14 letters, the English one at its place. What stands between the parts of a name is left out.
 *
 * @param english names, of which some are in these letters
 */
export function latin(node: Node, english: readonly string[]): Node {
  const spare = english.flatMap((name) => nameOf(name) ?? []);
  const named = (name: string, place: number) => nameOf(name) ?? spare[place % spare.length]!;
  const inLatin = (part: Node): Node => {
    if (typeof part === 'string') return fold(part).replace(/[^a-z]/g, '');
    if ('seq' in part) return { ...part, seq: part.seq.map(inLatin) };
    if (!('of' in part)) return part;
    return { ...part, of: part.of.map((one, place) => (typeof one === 'string' ? named(one, place) : inLatin(one))) };
  };
  return typeof node === 'string' ? named(node, 0) : inLatin(node);
}

/** So that a first name, a last name of two, digits and a token fit the 64 bytes in front of an @ (RFC 5321 §4.5.3.1.1). */
function nameOf(text: string): string | undefined {
  const folded = fold(text);
  return /^[a-z]{2,14}$/.test(folded) ? folded : undefined;
}

/** Letters that Unicode does not decompose. */
const spelled: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ə: 'e',
};

function fold(name: string): string {
  return name
    .toLowerCase()
    .replace(/[ßæœøłđðþıə]/g, (letter) => spelled[letter]!)
    .normalize('NFD')
    .replace(/[\p{M}'’ʻ\s.-]/gu, '');
}
