import { isWithin } from './candidates.ts';
import type { Grouper, Grouping } from './grouping.ts';
import type { Levels, SearchField } from './space.ts';

export interface RollUp {
  /** The classes at `levels`. */
  group(levels: Levels): Grouping;
  /** Items that were grouped so far. */
  work(): number;
}

/** Groups from the smallest of the latest groupings that are nowhere more general, and of a few that are made in advance. */
export function createRollUp(grouper: Grouper, fields: readonly SearchField[]): RollUp {
  let work = 0;
  const latest: Grouping[] = [];
  let next = 0;
  const made: Grouping[] = [];
  for (const part of [0, 1 / 4, 1 / 2, 3 / 4]) {
    const levels = fields.map(({ lowest, highest }) => lowest + Math.floor((highest - lowest) * part));
    const from = made.at(-1) ?? grouper.base;
    work += from.count;
    made.push(grouper.group(levels, from));
  }
  return {
    work: () => work,
    group(levels) {
      let from = made[0]!;
      for (const candidate of made) if (isWithin(candidate.levels, levels)) from = candidate;
      for (const candidate of latest) {
        if (candidate.count < from.count && isWithin(candidate.levels, levels)) from = candidate;
      }
      work += from.count;
      const grouping = grouper.group(levels, from);
      if (grouping.count < from.count * worthKeeping) {
        latest[next] = grouping;
        next = (next + 1) % kept;
      }
      return grouping;
    },
  };
}

const kept = 256;
/** A grouping that is hardly smaller than what it was made from saves nothing. */
const worthKeeping = 0.8;
