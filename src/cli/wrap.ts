/**
 * Text in lines of at most `width` characters, broken at spaces; each begins with `indent`. A word that is longer stands in a line of its
 * own. `first` is what the first line begins with instead, and must be no longer than `indent`.
 */
export function wrap(text: string, width: number, indent = '', first = indent): string[] {
  const lines: string[] = [];
  let line = first.padEnd(indent.length);
  let words = 0;
  for (const word of text.split(' ')) {
    if (words > 0 && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent;
      words = 0;
    }
    line += words === 0 ? word : ` ${word}`;
    words++;
  }
  return [...lines, line];
}
