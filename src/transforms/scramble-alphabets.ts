/** What `scramble` draws from in the place of a character. */
export interface Alphabet {
  /** Code points. */
  readonly letters: Uint32Array;
}

/** `undefined`: the character stays; `null`: it is left out. */
export type Substitutes = Alphabet | undefined | null;

/**
 * The alphabet of a code point: of its script, case and kind. Marks and invisible characters are left out, for they would tell of the
 * letter that they belong to; what is neither letter, digit nor picture stays. A script without an alphabet here, such as Tibetan,
 * gets Latin letters.
 */
export function substitutesOf(codePoint: number): Substitutes {
  let found = known.get(codePoint);
  if (found === undefined) {
    const character = String.fromCodePoint(codePoint);
    found = rules.findIndex(({ members }) => members.test(character));
    known.set(codePoint, found);
  }
  const rule = rules[found];
  if (rule === undefined) return undefined;
  if (rule.ranges === '') return null;
  rule.alphabet ??= { letters: expanded(rule.ranges) };
  return rule.alphabet;
}

/** Position of the rule for a code point, -1 for none. Holds only code points that were seen. */
const known = new Map<number, number>();

interface Rule {
  readonly members: RegExp;
  /** First and last character of each run of the alphabet; empty: left out. */
  readonly ranges: string;
  alphabet?: Alphabet;
}

/** The first that fits counts. All runs are assigned letters or digits throughout. */
const rules: readonly Rule[] = (
  [
    [/[0-9]/, '09'],
    [/[\u0660-\u0669]/, '\u0660\u0669'],
    [/[\u06f0-\u06f9]/, '\u06f0\u06f9'],
    [/[\u0966-\u096f]/, '\u0966\u096f'],
    [/[\u09e6-\u09ef]/, '\u09e6\u09ef'],
    [/[\u0e50-\u0e59]/, '\u0e50\u0e59'],
    [/[\uff10-\uff19]/, '\uff10\uff19'],
    // Numbers of other kinds, `²`, `½`, `Ⅷ`, as digits.
    [/\p{N}/u, '09'],
    [/[\p{M}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Emoji_Modifier}]/u, ''],
    [/(?=\p{Script=Latin})\p{Uppercase}/u, 'AZ'],
    [/\p{Script=Latin}/u, 'az'],
    [/(?=\p{Script=Greek})\p{Uppercase}/u, 'ΑΡΣΩ'],
    [/(?=\p{Script=Greek})\p{L}/u, 'αω'],
    [/(?=\p{Script=Cyrillic})\p{Uppercase}/u, 'АЯ'],
    [/(?=\p{Script=Cyrillic})\p{L}/u, 'ая'],
    [/(?=\p{Script=Armenian})\p{Uppercase}/u, 'ԱՖ'],
    [/(?=\p{Script=Armenian})\p{L}/u, 'աֆ'],
    [/(?=\p{Script=Georgian})\p{L}/u, 'აჰ'],
    [/(?=\p{Script=Hebrew})\p{L}/u, '\u05d0\u05ea'],
    [/(?=\p{Script=Arabic})\p{L}/u, '\u0621\u063a\u0641\u064a'],
    [/(?=\p{Script=Devanagari})\p{L}/u, '\u0915\u0939'],
    [/(?=\p{Script=Bengali})\p{L}/u, '\u0995\u09a8\u09aa\u09b0'],
    [/(?=\p{Script=Tamil})\p{L}/u, '\u0bae\u0bb9'],
    [/(?=\p{Script=Thai})\p{L}/u, '\u0e01\u0e2e'],
    [/(?=\p{Script=Hiragana})\p{L}/u, '\u3041\u3096'],
    [/(?=\p{Script=Katakana})\p{L}|\u30fc/u, '\u30a1\u30fa'],
    [/(?=\p{Script=Han})\p{L}/u, '\u4e00\u9fff'],
    [/(?=\p{Script=Hangul})\p{L}/u, '\uac00\ud7a3'],
    [/[\u{1f1e6}-\u{1f1ff}]/u, '\u{1f1e6}\u{1f1ff}'],
    // Pictures; `©`, `™` and the like are below them.
    [/(?=[\u2190-\u{10ffff}])\p{Extended_Pictographic}/u, '\u{1f600}\u{1f64f}'],
    [/\p{Script=Braille}/u, '\u2801\u28ff'],
    [/\p{Uppercase}/u, 'AZ'],
    [/[\p{L}\p{Alphabetic}]/u, 'az'],
  ] as const
).map(([members, ranges]) => ({ members, ranges }));

function expanded(ranges: string): Uint32Array {
  const ends = Array.from(ranges, (character) => character.codePointAt(0)!);
  const letters: number[] = [];
  for (let i = 0; i < ends.length; i += 2) for (let code = ends[i]!; code <= ends[i + 1]!; code++) letters.push(code);
  return Uint32Array.from(letters);
}
