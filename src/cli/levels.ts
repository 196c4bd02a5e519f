import type { CheckedHierarchy } from '../app/hierarchy-check.ts';
import { printable } from '../release/names.ts';

/** `age.csv: 100 values, then 20, 10, 5, 1 labels`, for people. */
export function renderLevels({ file, labels }: CheckedHierarchy): string {
  return `${printable(file, 1000)}: ${levelsText(labels)}\n`;
}

/** How many labels each level has, the values first. */
export function levelsText([values = 0, ...labels]: readonly number[]): string {
  const counts = labels.map((count, i) => `level ${i + 1}: ${count}`).join(', ');
  return `${values} ${values === 1 ? 'value' : 'values'}; labels of ${counts === '' ? 'no level' : counts}`;
}
