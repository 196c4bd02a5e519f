import type { Steps } from '../../base/steps.ts';
import type { LocalMeasure } from '../measures/definition.ts';
import type { SearchTable } from '../space.ts';
import { FieldLabels } from './labels.ts';

/** A table that is recoded by itself: tuples of different strata are never in one class. */
export interface Stratum {
  readonly table: SearchTable;
  /** By field of the table. */
  readonly labels: readonly FieldLabels[];
  /** No class of fewer individuals satisfies the models. */
  readonly least: number;
}

/** The labels of the fields of a table, each by its weight; weights are 1 on average. */
export function* fieldLabels({ fields }: SearchTable, { costs }: LocalMeasure): Steps<FieldLabels[]> {
  const weights = fields.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const labels: FieldLabels[] = [];
  for (const [d, field] of fields.entries()) {
    yield;
    labels.push(new FieldLabels(field, costs[d]!, (field.weight * fields.length) / weights));
  }
  return labels;
}
