import { columnsOf } from './printable.ts';

/**
 * Text in lines of at most `width` columns of a terminal, broken at spaces; each begins with `indent`. A word that is longer stands in a line of its
 * own. `first` is what the first line begins with instead, and must be no longer than `indent`.
 */
export function wrap(text: string, width: number, indent = '', first = indent): string[] {
  const lines: string[] = [];
  let line = first.padEnd(indent.length);
  let used = columnsOf(line);
  let words = 0;
  for (const word of text.split(' ')) {
    const columns = columnsOf(word);
    if (words > 0 && used + 1 + columns > width) {
      lines.push(line);
      line = indent;
      used = indent.length;
      words = 0;
    }
    line += words === 0 ? word : ` ${word}`;
    used += words === 0 ? columns : columns + 1;
    words++;
  }
  return [...lines, line];
}
