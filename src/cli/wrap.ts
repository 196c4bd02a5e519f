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

/** Text that begins `indent` columns in, and whose further lines do by two more. */
export function paragraph(text: string, width: number, indent = 0): string[] {
  return wrap(text, width, ' '.repeat(indent + 2)).map((line, i) => (i === 0 ? line.slice(2) : line));
}

/** A heading and text beside it: what does not fit goes on under its beginning, or a little further in where that leaves it few columns. */
export function hanging(head: string, text: string, width: number): string[] {
  const indent = columnsOf(head);
  const longest = Math.max(...text.split(' ').map(columnsOf));
  // A digest of 64 digits fits into a line of 80 columns only where nothing stands before it.
  const fits = width - indent >= fewestColumns && (indent + longest <= width || belowAt + longest > width);
  if (text === '' || fits) return wrap(text, width, ' '.repeat(indent), head);
  return [head.trimEnd(), ...wrap(text, width, ' '.repeat(belowAt))];
}

/** Where text goes that has no room beside its heading. */
const belowAt = 6;
/** In which text is read with ease. */
const fewestColumns = 30;
