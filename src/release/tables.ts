import type { LicensePredicate } from './statement.ts';

/** What a statement says of a table; of the only one, without a name. */
export interface LicensedTable extends Omit<NonNullable<LicensePredicate['tables']>[number], 'name'> {
  readonly name: string | undefined;
}

/** Stands in the place of a field where a statement says that records are in another order than in the source. */
export const orderOfRecords = '(order of the records)';

/** The tables of a statement that was found to be well-formed, in its order. */
export function tablesOf({ tables, privacy, transforms, lineage, files }: StatedTables): readonly LicensedTable[] {
  if (tables !== undefined) return tables;
  if (privacy === undefined || transforms === undefined || lineage.source === undefined) {
    throw new Error('a statement of one table lacks what it says of it');
  }
  const names = files.map(({ name }) => name);
  const { source } = lineage;
  return [{ name: undefined, files: names, privacy, transforms, source, leftOut: 0, references: [] }];
}

type StatedTables = Pick<LicensePredicate, 'tables' | 'privacy' | 'transforms' | 'lineage'> & {
  readonly files: readonly { readonly name: string }[];
};

/** What `tableProblems` looks at. */
interface Stated {
  readonly privacy?: unknown;
  readonly transforms?: unknown;
  readonly lineage: { readonly source?: unknown };
  readonly files: readonly { readonly name: string; readonly records: number }[];
  readonly tables?:
    | readonly {
        readonly name: string;
        readonly files: readonly string[];
        readonly privacy: {
          readonly suppressed: { readonly records: number; readonly of: number };
          readonly sampled?: { readonly records: number; readonly of: number } | undefined;
        };
        readonly source: { readonly records: number };
        readonly leftOut: number;
        readonly references: readonly {
          readonly field: string;
          readonly table: string;
          readonly to: string;
          readonly orphans: number;
        }[];
      }[]
    | undefined;
}

interface Problem {
  readonly path: (string | number)[];
  readonly message: string;
}

/**
 * A statement is of one table or of several, never both. Of several, each data file belongs to one, the records add up, and a
 * table refers to such that are there.
 */
export function tableProblems(stated: Stated): Problem[] {
  const { tables, files } = stated;
  const ofOne: [path: string[], value: unknown][] = [
    [['privacy'], stated.privacy],
    [['transforms'], stated.transforms],
    [['lineage', 'source'], stated.lineage.source],
  ];
  const problems = ofOne.flatMap(([path, value]): Problem[] => {
    if (tables === undefined && value === undefined) return [{ path, message: 'must be there, or `tables`' }];
    if (tables !== undefined && value !== undefined) return [{ path, message: 'cannot stand beside `tables`' }];
    return [];
  });
  if (tables === undefined) return problems;

  const records = new Map(files.map((file) => [file.name, file.records]));
  const names = tables.map(({ name }) => name);
  const claimed = tables.flatMap((table) => table.files);
  if (new Set(names).size < names.length) problems.push({ path: ['tables'], message: 'names a table twice' });
  if (
    new Set(claimed).size < claimed.length ||
    claimed.length !== records.size ||
    !claimed.every((n) => records.has(n))
  )
    problems.push({ path: ['tables'], message: 'must give each data file to one table' });
  tables.forEach(({ name, files: own, privacy: { suppressed, sampled }, source, leftOut, references }, t) => {
    const written = own.reduce((sum, file) => sum + (records.get(file) ?? 0), 0);
    const chosen = sampled?.records ?? source.records;
    if (
      (sampled !== undefined && sampled.of !== source.records) ||
      suppressed.of !== chosen ||
      written + suppressed.records + leftOut !== chosen
    )
      problems.push({ path: ['tables', t], message: 'its records do not add up to those of its source' });
    references.forEach(({ field, table, to, orphans }, r) => {
      const path = ['tables', t, 'references', r];
      if (!names.includes(table)) problems.push({ path, message: 'must name a table' });
      if (table === name && to === field) problems.push({ path, message: 'must name another field' });
      if (orphans > chosen) problems.push({ path, message: 'cannot have more orphans than records' });
    });
  });
  return problems;
}
