import { stringify } from 'csv-stringify/sync';
import { registry } from '../../base/registry.ts';
import { root } from '../definition.ts';
import { dateDraft } from './date.ts';
import type { CountedValue, DraftDefinition } from './definition.ts';
import { groupsDraft } from './groups.ts';
import { intervalDraft } from './interval.ts';
import { prefixDraft } from './prefix.ts';

export type * from './definition.ts';

/** Ways of drafting a hierarchy; unless one is named, the first that suggests itself for all values is taken. */
export const drafts = registry<DraftDefinition>('draft', [dateDraft, intervalDraft, prefixDraft, groupsDraft]);

export interface Draft {
  /** In the form that `file` reads. */
  readonly text: string;
  /** How many labels each level has, from the values to the root. */
  readonly labels: readonly number[];
}

export function suggestedDraft(values: readonly CountedValue[]): DraftDefinition {
  return drafts.all.find((draft) => values.every(({ text }) => draft.suggests(text))) ?? groupsDraft;
}

/** A hierarchy of distinct values that all fit, at least one. */
export function draftHierarchy(definition: DraftDefinition, values: readonly CountedValue[], levels: number): Draft {
  const sorted = [...values].sort((a, b) => compare(a.text, b.text));
  const texts = sorted.map(({ text }) => text);
  const columns = [texts, ...definition.columns(sorted, levels), texts.map(() => root)];
  const rows = texts.map((_, i) => columns.map((column) => column[i]!));
  return {
    text: stringify(rows, { delimiter: ';', quoted_empty: true, quoted_match: /[\ufeff\r\n]|^\s|\s$/ }),
    labels: columns.map((column) => new Set(column).size),
  };
}

/** Numbers by size, everything else by its characters. */
function compare(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  return a < b ? -1 : a > b ? 1 : 0;
}
