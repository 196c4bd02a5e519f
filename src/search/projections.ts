import type { Grouper, Grouping } from './grouping.ts';
import type { Measure } from './measures/definition.ts';
import type { Levels, SearchTable } from './space.ts';

/**
 * Some of the fields of a table, looked at alone. Classes over them are unions of classes over all fields, so one of fewer than `least`
 * records makes all its records suppressed, at any levels of the other fields.
 */
export interface Projection {
  /** Numbers of the fields. */
  readonly fields: readonly number[];
  /** Have the figures for these levels been counted? */
  isCounted(levels: Levels): boolean;
  /** Where the figures for these levels of the fields stand; they are counted when first asked for. */
  at(levels: Levels): number;
  /** records[at]: records that are suppressed at least. */
  readonly records: Int32Array;
  /** extra[at × fields + i]: by how much suppressing them raises what the i-th field loses. */
  readonly extra: Float64Array;
}

export function createProjection(
  table: SearchTable,
  grouper: Grouper,
  fields: readonly number[],
  least: number,
  raise: Measure['raise'],
): Projection {
  const width = fields.length;
  const heights = fields.map((d) => table.fields[d]!.levels.length);
  const lowest = table.fields.map((field) => field.lowest);
  const combinations = heights.reduce((product, levels) => product * levels, 1);
  const records = new Int32Array(combinations).fill(notCounted);
  const extra = new Float64Array(combinations * width);
  let base: Grouping | undefined;

  /** Where the fields alone make nearly as many classes as all, these would take memory and spare nothing. */
  function makeBase(): Grouping {
    const made = grouper.group(lowest, grouper.base, fields);
    return made.count <= Math.max(smallTable, grouper.base.count / 8) ? made : grouper.base;
  }

  function count(levels: Levels, at: number): void {
    base ??= makeBase();
    const grouping = grouper.group(levels, base, fields);
    const { size } = grouping;
    const small: number[] = [];
    let sum = 0;
    for (let c = 0; c < size.length; c++) {
      if (size[c]! >= least) continue;
      sum += size[c]!;
      small.push(c);
    }
    if (raise !== undefined) {
      for (const [i, d] of fields.entries()) {
        extra[at * width + i] = raise(d, grouping, small, grouper.labels(d, levels[d]!));
      }
    }
    records[at] = sum;
  }

  function placeOf(levels: Levels): number {
    let at = 0;
    for (let i = 0; i < width; i++) at = at * heights[i]! + levels[fields[i]!]!;
    return at;
  }

  return {
    fields,
    records,
    extra,
    isCounted: (levels) => records[placeOf(levels)] !== notCounted,
    at(levels) {
      const at = placeOf(levels);
      if (records[at] === notCounted) count(levels, at);
      return at;
    },
  };
}

const notCounted = -1;
/** So many classes are kept whatever they spare: 512 KiB. */
const smallTable = 1 << 16;

/** All subsets of `size` of `count` fields. */
export function subsets(count: number, size: number): number[][] {
  if (size === 0) return [[]];
  return Array.from({ length: count }, (_, last) => last).flatMap((last) =>
    subsets(last, size - 1).map((rest) => [...rest, last]),
  );
}
