import type { Hierarchy } from '../hierarchies/definition.ts';

/** A field as it was before it was generalized. */
export interface Domain {
  /** Distinct values of the source, asked for where the hierarchy lists none; undefined where there is no source, or they are too many. */
  readonly values: (() => readonly string[]) | undefined;
  /** How many ways of having no value there are: each is a value more. */
  readonly nullWays: number;
}

/** A field as it is released. */
export interface Labels {
  /** Labels, each with how often it occurs. */
  readonly counts: Iterable<readonly [label: string, count: number]>;
  /** Released records without a value. */
  readonly nulls: number;
  /** Records that are not released: they lose all. */
  readonly suppressed: number;
}

/**
 * Information loss of a generalized field, 0 to 1: each record loses the share of the domain that its label stands for, scaled so that 0
 * is nothing generalized and 1 all. Iyengar, Transforming data to satisfy privacy constraints, KDD 2002, §3 (LM). The domain is what
 * the hierarchy lists; where it is built by rule, the source's values. `level` is that of all labels; undefined: of each label the lowest
 * that has it. Null where the domain is not known, or a label is none of the hierarchy.
 */
export function labelLoss(
  hierarchy: Hierarchy,
  level: number | undefined,
  domain: Domain,
  labels: Labels,
): number | null {
  const listed = hierarchy.domain ?? domain.values?.().filter((value) => hierarchy.ancestor(value, 0) !== null);
  if (listed === undefined) return null;
  const size = listed.length + domain.nullWays;
  const shares = level === undefined ? lowestShares(hierarchy, listed) : sharesAt(hierarchy, level, listed);
  let records = labels.nulls + labels.suppressed;
  let sum = labels.nulls / size + labels.suppressed;
  for (const [label, count] of labels.counts) {
    const values = shares.get(label);
    if (values === undefined) return null;
    records += count;
    sum += (count * values) / size;
  }
  const least = records / size;
  return records === least ? 0 : Math.max(0, (sum - least) / (records - least));
}

/** How many values of the domain each label of a level stands for. */
function sharesAt(hierarchy: Hierarchy, level: number, values: readonly string[]): Map<string, number> {
  const shares = new Map<string, number>();
  for (const value of values) {
    // At level 0 a value stands for itself, however it is written.
    const label = level === 0 ? value : hierarchy.ancestor(value, level)!;
    shares.set(label, (shares.get(label) ?? 0) + 1);
  }
  return shares;
}

function lowestShares(hierarchy: Hierarchy, values: readonly string[]): Map<string, number> {
  const shares = sharesAt(hierarchy, hierarchy.height, values);
  for (let level = hierarchy.height - 1; level >= 0; level--) {
    for (const [label, count] of sharesAt(hierarchy, level, values)) shares.set(label, count);
  }
  return shares;
}
