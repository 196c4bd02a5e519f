import { isWithin } from './candidates.ts';
import type { Grouper, Grouping } from './grouping.ts';
import type { Levels, SearchField } from './space.ts';

export interface RollUp {
  /** The classes at `levels`. */
  group(levels: Levels): Grouping;
  /** Generalizations are asked for next of which none is below `levels`. */
  prepare(levels: Levels): void;
}

/**
 * Groups from the smallest of the latest groupings that are nowhere more general, and of a few that are made in advance. Memory: 8 bytes
 * for each class of these, 128 MiB at most beside those in advance.
 */
export function createRollUp(grouper: Grouper, fields: readonly SearchField[]): RollUp {
  const latest: Grouping[] = [];
  let items = 0;
  const made: Grouping[] = [];
  let prepared = grouper.base;
  for (const part of [0, 1 / 4, 1 / 2, 3 / 4]) {
    const levels = fields.map(({ lowest, highest }) => lowest + Math.floor((highest - lowest) * part));
    const from = made.at(-1) ?? grouper.base;
    made.push(levels.every((level) => level === 0) ? grouper.base : grouper.group(levels, from));
  }

  function smallest(levels: Levels): Grouping {
    let from = made[0]!;
    for (const candidate of made) if (isWithin(candidate.levels, levels)) from = candidate;
    if (prepared.count < from.count && isWithin(prepared.levels, levels)) from = prepared;
    for (const candidate of latest) {
      if (candidate.count < from.count && isWithin(candidate.levels, levels)) from = candidate;
    }
    return from;
  }

  function keep(grouping: Grouping): void {
    latest.push(grouping);
    items += grouping.count;
    while (latest.length > kept || items > mostItems) items -= latest.shift()!.count;
  }

  return {
    prepare(levels) {
      prepared = grouper.group(levels, smallest(levels));
    },
    group(levels) {
      const from = smallest(levels);
      const grouping = grouper.group(levels, from);
      if (grouping.count < from.count * worthKeeping) keep(grouping);
      return grouping;
    },
  };
}

const kept = 256;
/** Classes of all that are kept. */
const mostItems = 1 << 24;
/** A grouping that is hardly smaller than what it was made from saves nothing. */
const worthKeeping = 0.8;
