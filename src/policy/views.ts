import type { PathInPolicy } from './policy.ts';
import { type Parts, type ReadPolicy, tableSections } from './sections.ts';
import type { Source } from './source.ts';

/** The policy as one table sees it: what is shared, and what the table has of its own. */
export interface View extends Parts {
  /** Undefined where the policy is about one table only. */
  readonly table: string | undefined;
  /** Sections that stand in the file, readable or not. */
  readonly written: readonly string[];
  /** Where a path of a policy for one table stands in the file. */
  within(path: PathInPolicy): PathInPolicy;
}

/** A view for each table, in the order of the file. */
export function viewsOf({ parts, tables }: ReadPolicy, source: Source): View[] {
  const shared = source.keysAt([]);
  if (!shared.includes('tables')) return [{ ...parts, table: undefined, written: shared, within: (path) => path }];
  return [...tables].map(([table, { sections, entries }]) => ({
    table,
    sections: { ...parts.sections, ...sections },
    entries: { ...parts.entries, fields: entries.fields },
    written: [...shared, ...source.keysAt(['tables', table])],
    within: (path) => (tableSections.includes(String(path[0])) ? ['tables', table, ...path] : path),
  }));
}
