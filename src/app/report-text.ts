import { paced } from '../base/steps.ts';
import { createBreathe } from '../io/breathe.ts';
import type { Policy } from '../policy/policy.ts';
import type { TableComparison } from '../release/page/licensor-page.ts';
import type { LicenseStatement } from '../release/statement.ts';
import { licensorFigures, type SourcePopulation } from '../risk/licensor.ts';
import { licensorReport } from '../risk/report.ts';
import type { TableResult } from './table-run.ts';

export interface ReportSubject {
  readonly tables: readonly TableResult[];
  readonly policy: Policy;
  /** Undefined for data alone. */
  readonly statement: LicenseStatement | undefined;
  /** What the source is a part of. */
  readonly population: SourcePopulation | undefined;
}

/** Is the licensor's report of this name a page? It compares source and output, and so reads both again. */
export function isPage(path: string): boolean {
  return /\.html?$/i.test(path);
}

/** The licensor's report as JSON, or, by its name, as a page, which compares values as well. */
export async function reportText(
  path: string,
  { tables, policy, statement, population = {} }: ReportSubject,
): Promise<string> {
  const reported: (TableResult & { readonly figures?: object })[] = [];
  const breathe = createBreathe();
  for (const table of tables) {
    const figures =
      table.compared && (await paced(licensorFigures(table, table.result, table.compared, population), breathe));
    reported.push(figures === undefined ? table : { ...table, figures });
  }
  const text = licensorReport(reported, policy);
  if (!isPage(path)) return text;
  const { comparedTable } = await import('./compared-table.ts');
  const { licensorPage } = await import('../release/page/licensor-page.ts');
  const comparisons: TableComparison[] = [];
  for (const table of tables) comparisons.push(await comparedTable(table, breathe));
  return licensorPage(JSON.parse(text), comparisons, statement?.predicate);
}
