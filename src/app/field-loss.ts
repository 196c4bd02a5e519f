import type { TakenCensus } from '../engine/census.ts';
import type { Coder } from '../engine/coder.ts';
import { labelLoss } from '../risk/label-loss.ts';
import { type Counts, textsOf } from '../risk/marginals.ts';
import type { FieldTarget } from './measure-policy.ts';

/** What is known beside the policy. */
export interface Known {
  /** The level that the license states. */
  readonly level: number | undefined;
  /** The field in the source. */
  readonly source: Counts | null | undefined;
}

/**
 * Loss of quasi-identifier `d` of a file whose classes were counted. `left` records were suppressed before; those that are `*` in every
 * quasi-identifier are suppressed, too.
 */
export function fieldLoss(
  { hierarchy, level }: FieldTarget,
  d: number,
  { tuples, suppressed }: TakenCensus,
  coder: Coder,
  left: number,
  known: Known,
): number | null {
  const texts = coder.texts(d);
  const records = new Float64Array(texts.length + 1);
  const codes = tuples.columns()[d]!;
  const counts = tuples.counts();
  for (let t = 0; t < counts.length; t++) records[codes[t]!]! += counts[t]!;
  const labels = new Map<string, number>();
  let nulls = records[0]!;
  let nullWays = records[0]! > 0 ? 1 : 0;
  texts.forEach((text, i) => {
    const count = records[i + 1]!;
    if (text === undefined) {
      nulls += count;
      nullWays++;
    } else if (count > 0) labels.set(text, (labels.get(text) ?? 0) + count);
  });
  const { source } = known;
  return labelLoss(
    hierarchy,
    known.level ?? level,
    { values: source ? () => textsOf(source) : undefined, nullWays: source?.nullWays ?? nullWays },
    { counts: labels, nulls, suppressed: suppressed + left },
  );
}
