/** The fenced blocks of a Markdown text in one language. */
export function blocksOf(text: string, language: string): string[] {
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, name]) => name === language)
    .map(([, , block]) => block!);
}

export interface ShownCommand {
  readonly command: string;
  /** What it prints; see `matches`. */
  readonly expected: string;
}

/** The commands of a console block (`$ …`) with the lines below each. */
export function commandsOf(block: string): ShownCommand[] {
  return block
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return { command: part.slice(0, end), expected: part.slice(end + 1) };
    });
}

/** Is `text` what is expected? `…` stands for any text within a line; a line that is only `…` for any number of lines. */
export function matches(expected: string, text: string): boolean {
  const pattern = expected
    .split('\n')
    .map((line) => (line === '…' ? '(?:.*\\n)*' : `${line.split('…').map(literal).join('.*')}\\n`))
    .join('')
    .replace(/\\n$/, '');
  return new RegExp(`^${pattern}$`).test(text);
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
