import type { Steps } from '../base/steps.ts';
import { isWithin } from './candidates.ts';
import type { Grouper } from './grouping.ts';
import type { Least, Measure } from './measures/definition.ts';
import { createProjection, type Projection, subsets } from './projections.ts';
import type { Levels, SearchTable } from './space.ts';

/** What is known of generalizations before their classes are counted. */
export interface Bounds {
  /** Is it known, without counting, that more than `allowed` is suppressed at these levels? */
  excludes(levels: Levels): boolean;
  /** What is suppressed at least at these levels; undefined when that is more than `allowed`. Valid until the next call. */
  least(levels: Levels): Steps<Least | undefined>;
  /** What is suppressed at `levels` is suppressed wherever no field is more general. */
  learn(levels: Levels, least: Least): void;
  /** Look at larger subsets of the fields from now on. */
  refine(): void;
  /** What it took so far beside grouping, in labels of tuples that are read. */
  work(): number;
}

interface Known extends Least {
  readonly levels: Levels;
}

/** Of a measure without a bound only how much is suppressed is looked at. Once it is `spent`, only what is known already is. */
export function createBounds(
  table: SearchTable,
  grouper: Grouper,
  least: number,
  allowed: number,
  { bound, raise }: Pick<Measure, 'bound' | 'raise'>,
  spent: () => boolean = () => false,
): Bounds {
  const width = table.fields.length;
  const known: Known[] = [];
  const tooMuch: Levels[] = [];
  const projections: Projection[] = [];
  const extra = new Float64Array(width);
  let size = 0;
  let work = 0;

  const tuples = table.counts.length;
  /** Classes that the fields may make at most. */
  function roomOf(fields: readonly number[]): number {
    return fields.reduce((room, d) => room * table.fields[d]!.levels[table.fields[d]!.lowest]!.count, 1);
  }

  function refine(): void {
    if (size === largestSubset || size >= width - 1) return;
    size++;
    const known = subsets(width, size).filter((fields) => size < largestSubset || roomOf(fields) <= mostRoom * tuples);
    projections.push(...known.map((fields) => createProjection(table, grouper, fields, least, raise)));
  }

  function excludes(levels: Levels): boolean {
    work += tooMuch.length;
    return tooMuch.some((above) => isWithin(levels, above));
  }

  return {
    refine,
    work: () => work,
    learn(levels, { records, extra }) {
      if (records > allowed) tooMuch.push(levels);
      else if (bound !== undefined && records > 0) known.push({ levels, records, extra: Float64Array.from(extra) });
    },
    excludes,
    *least(levels) {
      if (excludes(levels)) return undefined;
      work += known.length + projections.length;
      extra.fill(0);
      let records = 0;
      for (const above of known) {
        if (!isWithin(levels, above.levels)) continue;
        if (above.records > records) records = above.records;
        for (let d = 0; d < width; d++) if (above.extra[d]! > extra[d]!) extra[d] = above.extra[d]!;
      }
      // The smaller subsets first: they cost less and often say enough.
      for (const [p, projection] of projections.entries()) {
        if (!projection.isCounted(levels)) {
          if (spent()) continue;
          yield;
        }
        const at = projection.at(levels);
        const hidden = projection.records[at]!;
        if (hidden > allowed) {
          // What rules this out, rules out many of those that are like it.
          projections.splice(p, 1);
          projections.unshift(projection);
          return undefined;
        }
        if (hidden > records) records = hidden;
        const { fields } = projection;
        for (let i = 0; i < fields.length; i++) {
          const more = projection.extra[at * fields.length + i]!;
          if (more > extra[fields[i]!]!) extra[fields[i]!] = more;
        }
      }
      return { records, extra };
    },
  };
}

/** Three fields that may make many more classes than there are tuples take as long to count as all fields, and say less. */
const mostRoom = 4;
/** Beyond three fields counting costs more than it saves. */
const largestSubset = 3;
