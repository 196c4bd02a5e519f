import { charactersOf } from '../base/characters.ts';
import { columnsOf, padded } from './printable.ts';
/**
 * Rows in columns, the first to the left, the others to the right, no wider than `width`: the first column is cut in its middle, where
 * the ends of names tell more apart, and never below eight characters.
 */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  width = Number.POSITIVE_INFINITY,
): string[] {
  const all = [header, ...rows];
  const widths = header.map((_, i) => Math.max(...all.map((row) => columnsOf(row[i]!))));
  const rest = widths.slice(1).reduce((sum, column) => sum + column + 2, 0);
  const first = Math.max(8, Math.min(widths[0]!, width - rest));
  return all.map((row) =>
    row
      .map((cell, i) => (i === 0 ? padded(cut(cell, first), first) : ' '.repeat(widths[i]! - columnsOf(cell)) + cell))
      .join('  ')
      .trimEnd(),
  );
}

/** What stands in the middle is left out: names are told apart by how they begin and end. */
function cut(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  const characters = charactersOf(text);
  const left = Math.ceil((width - 1) / 2);
  const begin = withinColumns(characters, left);
  const end = withinColumns(characters.toReversed(), width - 1 - left).toReversed();
  return `${begin.join('')}…${end.join('')}`;
}

/** As many of them as fit. */
function withinColumns(characters: readonly string[], columns: number): string[] {
  let used = 0;
  const end = characters.findIndex((character) => {
    used += columnsOf(character);
    return used > columns;
  });
  return characters.slice(0, end);
}
