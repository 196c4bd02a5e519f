import { fail } from '../base/diagnostic.ts';
import type { Hierarchy } from '../hierarchies/definition.ts';
import type { Level, SearchField } from './space.ts';

/** What the search may do with a field. */
export interface FieldBounds {
  /** The lowest level it may choose; 0 when left out. */
  readonly lowest?: number;
  /** The highest; the hierarchy's height when left out. */
  readonly highest?: number;
  /** What the field counts in a measure; 1 when left out. */
  readonly weight?: number;
}

/**
 * A field as the search sees it: the levels of `hierarchy` over `values`, the distinct values of the data. The share of a label is taken of all
 * values that the hierarchy lists; where it is built by rule, those of the data are all there are. Throws a Failure that says how many values
 * the hierarchy does not know.
 */
export function searchField(
  hierarchy: Hierarchy,
  values: readonly string[],
  name: string,
  { lowest = 0, highest = hierarchy.height, weight = 1 }: FieldBounds = {},
): SearchField {
  const unknown = values.reduce((count, value) => count + (hierarchy.ancestor(value, 0) === null ? 1 : 0), 0);
  if (unknown > 0) {
    const are = unknown === 1 ? '1 of its values is' : `${unknown} of its values are`;
    throw fail('DATA-VALUE', `${are} not known to the hierarchy (of ${values.length})`, {
      place: { field: name },
      hint: 'add them to the hierarchy, or replace them before they are generalized',
    });
  }
  const domain = hierarchy.domain ?? values;
  const levels = Array.from({ length: hierarchy.height + 1 }, (_, level) => levelOf(hierarchy, level, values, domain));
  return { name, domain: domain.length, levels, lowest, highest, weight };
}

function levelOf(hierarchy: Hierarchy, level: number, values: readonly string[], domain: readonly string[]): Level {
  const codes = new Map<string, number>();
  const labelOf = Int32Array.from(values, (value) => {
    const label = hierarchy.ancestor(value, level)!;
    const code = codes.get(label) ?? codes.size;
    codes.set(label, code);
    return code;
  });
  const share = new Float64Array(codes.size);
  for (const value of domain) {
    // A label that no value of the data bears is none of the search.
    const code = codes.get(hierarchy.ancestor(value, level)!);
    if (code !== undefined) share[code]!++;
  }
  for (let code = 0; code < share.length; code++) share[code]! /= domain.length;
  return { labelOf, count: codes.size, share };
}
