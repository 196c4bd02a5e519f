import type { Levels, SearchField } from './space.ts';

/**
 * All generalizations whose floor is at most `worth`, those with more levels in sum first. Since a floor does not fall when a level rises,
 * whatever is above one that is too high is too high. Undefined when there are more than `most`.
 */
export function promising(
  fields: readonly SearchField[],
  floor: (levels: Levels) => number,
  worth: number,
  most: number,
): Levels[] | undefined {
  const bySum: Levels[][] = [];
  const levels = fields.map(({ lowest }) => lowest);
  let count = 0;

  /** Levels below `d` are chosen, the others lowest. */
  function choose(d: number, sum: number): boolean {
    if (d === fields.length) {
      bySum[sum] ??= [];
      bySum[sum].push(levels.slice());
      count++;
      return count <= most;
    }
    const { lowest, highest } = fields[d]!;
    let complete = true;
    for (let level = lowest; complete && level <= highest; level++) {
      levels[d] = level;
      if (floor(levels) > worth) break;
      complete = choose(d + 1, sum + level);
    }
    levels[d] = lowest;
    return complete;
  }

  return choose(0, 0) ? bySum.reverse().flat() : undefined;
}

/** Of two generalizations that score the same: negative when `a` is preferred, for fewer levels in sum, then lexicographically. */
export function preferred(a: Levels, b: Levels): number {
  const sums = a.reduce((sum, level, d) => sum + level - b[d]!, 0);
  if (sums !== 0) return sums;
  const d = a.findIndex((level, i) => level !== b[i]);
  return d < 0 ? 0 : a[d]! - b[d]!;
}

/** Is `a` nowhere more general than `b`? */
export function isWithin(a: Levels, b: Levels): boolean {
  for (let d = 0; d < a.length; d++) if (a[d]! > b[d]!) return false;
  return true;
}
