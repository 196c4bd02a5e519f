import type { Hierarchy } from '../definition.ts';
import type { CountedValue } from './definition.ts';

/**
 * The labels of a hierarchy that knows all the values, without root. Levels that do not gather more than the one below, or all in one, are
 * left out.
 */
export function columnsOf(hierarchy: Hierarchy, values: readonly CountedValue[]): string[][] {
  const columns: string[][] = [];
  let below = values.length;
  for (let level = 1; level < hierarchy.height; level++) {
    const column = values.map(({ text }) => hierarchy.ancestor(text, level)!);
    const labels = new Set(column).size;
    if (labels === 1 || labels >= below) continue;
    columns.push(column);
    below = labels;
  }
  return columns;
}
