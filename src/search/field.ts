import { fail } from '../base/diagnostic.ts';
import type { Steps } from '../base/steps.ts';
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
 * A field as the search sees it: the levels of `hierarchy` over `values`, the values of the data; undefined for one of the ways of having
 * none, which every level leaves as it is. The share of a label is taken of all values that the hierarchy lists; where it is built by rule,
 * those of the data are all there are; each way of having none is one value more. Throws a Failure that says how many values the
 * hierarchy does not know.
 */
export function* searchField(
  hierarchy: Hierarchy,
  values: readonly (string | undefined)[],
  name: string,
  { lowest = 0, highest = hierarchy.height, weight = 1 }: FieldBounds = {},
): Steps<SearchField> {
  const present = values.filter((value) => value !== undefined);
  let unknown = 0;
  for (let i = 0; i < present.length; i++) {
    if (i % valuesOfStep === 0) yield;
    if (hierarchy.ancestor(present[i]!, 0) === null) unknown++;
  }
  if (unknown > 0) {
    const are = unknown === 1 ? '1 of its values is' : `${unknown} of its values are`;
    throw fail('DATA-VALUE', `${are} not known to the hierarchy (of ${present.length})`, {
      place: { field: name },
      hint: 'add them to the hierarchy, or replace them before they are generalized',
    });
  }
  const listed = hierarchy.domain ?? [...new Set(present)];
  const domain = listed.length + values.length - present.length;
  // Two ways of writing a value are two values at level 0, and one label above.
  const levels = [everyValue(values.length, domain)];
  for (let level = 1; level <= hierarchy.height; level++) {
    levels.push(yield* levelOf(hierarchy, level, values, listed, domain));
  }
  return { name, domain, levels, lowest, highest, weight };
}

/** Values whose label is looked up at once: some 20 ms. */
const valuesOfStep = 1 << 15;

function* levelOf(
  hierarchy: Hierarchy,
  level: number,
  values: readonly (string | undefined)[],
  listed: readonly string[],
  domain: number,
): Steps<Level> {
  const numbers = new Map<string | number, number>();
  const labelOf = new Int32Array(values.length);
  for (let code = 0; code < values.length; code++) {
    if (code % valuesOfStep === 0) yield;
    const label = values[code] === undefined ? code : hierarchy.ancestor(values[code]!, level)!;
    const number = numbers.get(label) ?? numbers.size;
    if (number === numbers.size) numbers.set(label, number);
    labelOf[code] = number;
  }
  const share = new Float64Array(numbers.size);
  for (let i = 0; i < listed.length; i++) {
    if (i % valuesOfStep === 0) yield;
    // A label that no value of the data bears is none of the search.
    const number = numbers.get(hierarchy.ancestor(listed[i]!, level)!);
    if (number !== undefined) share[number]!++;
  }
  values.forEach((value, code) => {
    if (value === undefined) share[numbers.get(code)!]!++;
  });
  for (let number = 0; number < share.length; number++) share[number]! /= domain;
  return { labelOf, count: numbers.size, share };
}

/** A field of so many values that stays as it is. It counts nothing. */
export function fixedField(name: string, values: number): SearchField {
  return { name, domain: values, levels: [everyValue(values, values)], lowest: 0, highest: 0, weight: 0 };
}

function everyValue(count: number, domain: number): Level {
  const labelOf = new Int32Array(count);
  for (let code = 0; code < count; code++) labelOf[code] = code;
  return {
    labelOf,
    count,
    share: new Float64Array(count).fill(domain === 0 ? 0 : 1 / domain),
  };
}
