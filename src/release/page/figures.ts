import { z } from 'zod';
import { fail } from '../../base/diagnostic.ts';

/** Of report.json, and of the licensor's report, what a page shows. Both may hold more. Null: a count of few people of the source, hidden. */

const count = z.number().min(0);
const share = z.number().min(0).max(1);

const classSizes = z.object({
  classes: count,
  smallest: count,
  mean: count,
  largest: count,
  histogram: z.array(z.object({ from: count, to: count, classes: count.nullable(), individuals: count.nullable() })),
});

const risk = z.object({
  prosecutor: z.object({ highest: share, average: share, shareAbove: z.record(z.string(), share.nullable()) }),
});

const records = z.object({
  source: count.optional(),
  sampled: count.optional(),
  leftOut: count.optional(),
  written: count,
  suppressed: count,
});

const model = z.object({
  name: z.string(),
  required: z.record(z.string(), z.union([z.number(), z.string()])),
  measured: z.record(z.string(), z.union([z.number(), z.string()])),
});

const generalization = z.object({
  /** Where it is local, classes have levels of their own: of each field, the lowest and the highest. */
  recoding: z.enum(['global', 'local']).optional(),
  fields: z.array(
    z.union([
      z.object({ name: z.string(), level: count, height: count }),
      z.object({ name: z.string(), levels: z.tuple([count, count]), height: count }),
    ]),
  ),
  measure: z.string(),
  score: z.number(),
  bound: z.number(),
  proven: z.boolean(),
  budgetSpent: z.boolean().optional(),
});

const shared = {
  name: z.string().optional(),
  records,
  models: z.array(model),
  generalization: generalization.optional(),
};

const bundleTable = z.object({
  ...shared,
  quasiIdentifiers: z.array(z.object({ name: z.string(), distinct: count })),
  classes: classSizes.nullable(),
  risk: risk.nullable(),
  /** Beside what is named here, figures of its techniques. */
  fields: z.array(z.looseObject({ name: z.string(), role: z.string(), technique: z.array(z.string()) })),
  leakCheck: z.object({ mode: z.string(), findings: count }).nullable(),
});

const bundleHead = z.object({ report: z.literal('anon/v1') });

/** report.json as a whole: of one table, or of several. */
export const bundleReportSchema = z.union([
  bundleHead.extend(bundleTable.shape),
  bundleHead.extend({ tables: z.array(bundleTable).min(1) }),
]);

const leak = z.object({
  table: z.string().optional(),
  identifier: z.string().nullable(),
  field: z.string().nullable(),
  records: count,
  firstRow: count,
});

const licensorTable = z.object({
  ...shared,
  classes: z.object({ beforeSuppression: classSizes.nullable(), written: classSizes.nullable() }),
  risk: z.object({ beforeSuppression: risk.nullable(), written: risk.nullable() }),
  fields: z.array(
    z.object({
      name: z.string(),
      role: z.string(),
      technique: z.array(z.string()),
      /** Those of them that are for values for which a condition is not true. */
      else: z.array(z.string()).optional(),
      values: count.optional(),
      nulls: count.optional(),
      unreadable: count.optional(),
    }),
  ),
  leakCheck: z.object({ findings: z.array(leak), valuesSearched: count, recordsSearched: count }).nullable(),
});

const policy = z.object({ name: z.string(), version: z.string(), sha256: z.string() });

export type ClassSizeFigures = z.output<typeof classSizes>;
export type RiskFigures = z.output<typeof risk>;
export type RecordFigures = z.output<typeof records>;
export type GeneralizationFigures = z.output<typeof generalization>;
export type BundleFigures = z.output<typeof bundleTable>;
export type LicensorFigures = z.output<typeof licensorTable>;

/** The figures of each table in report.json. Throws SCHEMA. */
export function bundleFigures(report: unknown): readonly BundleFigures[] {
  return tablesIn(report, bundleTable, bundleHead);
}

/** The figures of each table in the licensor's report, and the policy that it is about. Throws SCHEMA. */
export function licensorFigures(report: unknown): {
  readonly policy: z.output<typeof policy>;
  readonly tables: readonly LicensorFigures[];
} {
  const head = z.object({ report: z.literal('anon/licensor/v1'), policy });
  return { tables: tablesIn(report, licensorTable, head), policy: head.parse(report).policy };
}

function tablesIn<T>(report: unknown, table: z.ZodType<T>, head: z.ZodType): T[] {
  const several = z.object({ tables: z.array(table).min(1) });
  const isOfSeveral = typeof report === 'object' && report !== null && 'tables' in report;
  const parsed = isOfSeveral ? several.safeParse(report) : table.safeParse(report);
  if (!parsed.success || !head.safeParse(report).success) {
    throw fail('SCHEMA', 'report.json does not hold the figures of a report');
  }
  return isOfSeveral ? (parsed.data as z.output<typeof several>).tables : [parsed.data as T];
}
