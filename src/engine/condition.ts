import type { Comparison, Condition } from '../policy/conditions.ts';
import type { PlannedChoice } from '../policy/plan.ts';
import { type Column, Kind } from '../table/column.ts';
import { predicatesOf } from './comparisons.ts';

/** truth[i] becomes 1 where the condition is true for value i of the column, and 0 where it is not. */
export type Test = (column: Column, truth: Uint8Array) => void;

/** The fields that a condition looks at. Without a peer: the column itself. */
export type Looks = PlannedChoice['looks'];

/** Decide a condition over columns. Its peers must have been shown the batch of the column. */
export function bindCondition(condition: Condition, looks: Looks): Test {
  const { field, all, any, not } = condition;
  if (field !== undefined) return bindComparison({ ...condition, field }, looks);
  if (not !== undefined) return negated(bindCondition(not, looks));
  const parts = (all ?? any ?? []).map((part) => bindCondition(part, looks));
  return combined(parts, all === undefined);
}

/** Null and absent: `is-null` alone is true. */
function bindComparison(comparison: Comparison, looks: Looks): Test {
  const { type, peer } = looks.get(comparison.field)!;
  const predicates = predicatesOf(comparison, type);
  const isNull = comparison['is-null'];
  const ofNull = isNull === true && predicates.length === 0 ? 1 : 0;
  const holds = (bytes: Buffer, from: number, to: number): boolean => {
    if (isNull === true) return false;
    for (const predicate of predicates) if (!predicate(bytes, from, to)) return false;
    return true;
  };
  if (peer === undefined) {
    return ({ bytes, start, end, kind, count }, truth) => {
      for (let i = 0; i < count; i++) {
        if (kind[i] === Kind.null) truth[i] = ofNull;
        else truth[i] = holds(bytes, start[i]!, end[i]!) ? 1 : 0;
      }
    };
  }
  return ({ base, index, count }, truth) => {
    const { bytes, start, end } = peer.column;
    for (let i = 0; i < count; i++) {
      const cell = peer.at(base + index[i]!);
      if (cell < 0) truth[i] = ofNull;
      else truth[i] = holds(bytes, start[cell]!, end[cell]!) ? 1 : 0;
    }
  };
}

function negated(test: Test): Test {
  return (column, truth) => {
    test(column, truth);
    for (let i = 0; i < column.count; i++) truth[i] = 1 - truth[i]!;
  };
}

/** True where all, or where any, of the tests are. */
function combined([first, ...rest]: readonly Test[], any: boolean): Test {
  let other = new Uint8Array(0);
  return (column, truth) => {
    first!(column, truth);
    if (other.length < column.count) other = new Uint8Array(column.count * 2);
    for (const test of rest) {
      test(column, other);
      if (any) for (let i = 0; i < column.count; i++) truth[i]! |= other[i]!;
      else for (let i = 0; i < column.count; i++) truth[i]! &= other[i]!;
    }
  };
}
