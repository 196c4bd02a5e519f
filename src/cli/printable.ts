import { thousands } from '../base/thousands.ts';
/** Control, format (bidirectional overrides among them), separator and surrogate characters as `\u{…}`; a tab as `\t`. */
export function escaped(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) =>
    character === '\t' ? '\\t' : character === '\n' ? '\\n' : `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}

/** How many columns of a terminal text takes: two for East Asian wide characters and emoji, none for combining marks. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (/\p{M}/u.test(character)) continue;
    columns +=
      /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return columns;
}

/** The text, cut to so many columns of a terminal: a cut is shown by `…`. What is shown is escaped already. */
export function fitted(text: string, columns: number): string {
  // Most text is short and takes a column for each character.
  if (text.length <= columns && /^[ -~]*$/.test(text)) return text;
  if (columnsOf(text) <= columns) return text;
  let shown = '';
  let used = 0;
  for (const { segment } of graphemes().segment(text)) {
    used += columnsOf(segment);
    if (used > columns - 1) break;
    shown += segment;
  }
  return `${shown}…`;
}

let segmenter: Intl.Segmenter | undefined;

/** Made when first needed: it takes longer than most of what is printed. */
function graphemes(): Intl.Segmenter {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter;
}

/** The text, filled up with spaces to so many columns. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}

/** `1 record`, `2,950 records` */
export function counted(n: number, one: string): string {
  return `${thousands(n)} ${n === 1 ? one : `${one}s`}`;
}
