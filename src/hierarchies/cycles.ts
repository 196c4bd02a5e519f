import type { TableProblem, TableRow } from '../formats/small-table.ts';

/** A text and what stands right of it in a row: the label that it is below of. */
interface Step {
  readonly below: string;
  readonly above: string;
  readonly line: number;
  readonly column: number;
}

/** The first place at which a label stands below one that it is above of, by way of other rows and levels; none where there is no such place. */
export function cycleOf(rows: readonly TableRow[]): TableProblem[] {
  const steps = stepsOf(rows);
  if (!hasCycle(steps)) return [];
  // The fewest steps from the top of the file that go round: the last of them closes the circle.
  let [free, round] = [0, steps.length];
  while (round - free > 1) {
    const middle = (free + round) >> 1;
    if (hasCycle(steps.slice(0, middle))) round = middle;
    else free = middle;
  }
  const { line, column } = steps[round - 1]!;
  return [
    {
      line,
      message: `the label in column ${column + 1} stands below what stands to its left: a cycle`,
      hint: 'of two labels one is the more general, in all rows and levels: give one of them another name',
    },
  ];
}

/** Each once, in the order of the file. A label that stays the same from level to level is no step. */
function stepsOf(rows: readonly TableRow[]): readonly Step[] {
  const steps: Step[] = [];
  const known = new Map<string, Set<string>>();
  for (const { line, cells } of rows) {
    for (let column = 1; column < cells.length; column++) {
      const [below, above] = [cells[column - 1]!, cells[column]!];
      const aboves = known.get(below) ?? new Set();
      if (below === above || aboves.has(above)) continue;
      known.set(below, aboves.add(above));
      steps.push({ below, above, line, column });
    }
  }
  return steps;
}

/** Takes away what nothing is above of, again and again: what is left goes round (Kahn, Topological sorting of large networks, CACM 5(11), 1962). */
function hasCycle(steps: readonly Step[]): boolean {
  const aboves = new Map<string, number>();
  const belows = new Map<string, string[]>();
  for (const { below, above } of steps) {
    aboves.set(below, (aboves.get(below) ?? 0) + 1);
    aboves.set(above, aboves.get(above) ?? 0);
    const list = belows.get(above);
    if (list === undefined) belows.set(above, [below]);
    else list.push(below);
  }
  const tops = [...aboves].flatMap(([text, count]) => (count === 0 ? [text] : []));
  let left = aboves.size;
  for (let top = tops.pop(); top !== undefined; top = tops.pop()) {
    left--;
    for (const below of belows.get(top) ?? []) {
      const count = aboves.get(below)! - 1;
      aboves.set(below, count);
      if (count === 0) tops.push(below);
    }
  }
  return left > 0;
}
