import { shortestElsewhere, shortestInOwnRecord } from '../engine/leak/matcher.ts';
import type { Orphans } from '../engine/orphans.ts';
import type { RunResult } from '../engine/run.ts';
import type { PlannedField } from '../policy/plan.ts';
import type { Policy } from '../policy/policy.ts';
import { classSizes, prosecutorRisk } from './reidentification.ts';
import { hiddenRisk, hiddenSizes } from './small-cells.ts';

/** What was looked for, and how far the answer reaches. */
export const leakCoverage = {
  sameRecord: `values of ${shortestInOwnRecord} letters or digits or more, as whole words; of ${shortestElsewhere} or more that are no numbers, anywhere`,
  otherRecords: `values of ${shortestElsewhere} letters or digits or more that belong to one individual alone, as whole words`,
  numbers:
    'values made of digits alone count beyond what chance explains: with E matches expected, any for E below 0.001, more than 1 below 0.05, else more than 4 E + 3',
  madeUp:
    'in fields whose values are made up, those of the same record count when they are found in more than one record in twenty',
  shortValues: `values of fewer than ${shortestInOwnRecord} letters or digits, where their transform writes them as they were`,
  notFound: 'values that were shortened, encoded or misspelled are not found',
} as const;

/** A table that was run. */
export interface ReportedTable {
  readonly policy: Pick<Policy, 'table' | 'checks'>;
  readonly result: RunResult;
  readonly orphans: readonly Orphans[];
  /** What source and output measure, for the licensor. */
  readonly figures?: object;
}

/** report.json: what the output alone yields, and how much was suppressed. Equal runs give equal text. */
export function bundleReport(tables: readonly ReportedTable[]): string {
  return stringify({ report: 'anon/v1', ...oneOrEach(tables, bundlePart) });
}

/** The licensor's report: comparisons with the source. Not for the recipient. */
export function licensorReport(
  tables: readonly ReportedTable[],
  { name, version, digest }: Pick<Policy, 'name' | 'version' | 'digest'>,
): string {
  const policy = { name, version, sha256: digest };
  return stringify({ report: 'anon/licensor/v1', policy, ...oneOrEach(tables, licensorPart) });
}

/** The figures of the only table as they are, or those of each by its name. */
function oneOrEach(tables: readonly ReportedTable[], partOf: (table: ReportedTable) => object): object {
  const [first] = tables;
  if (first!.policy.table === undefined) return partOf(first!);
  return { tables: tables.map((table) => ({ name: table.policy.table, ...partOf(table) })) };
}

function bundlePart({ result, policy, orphans }: ReportedTable): object {
  const { records, written, leak } = result;
  return {
    records: {
      written: records.written,
      suppressed: records.suppressed,
      ...(records.sampled === undefined ? {} : { sampled: records.sampled }),
      leftOut: records.leftOut,
    },
    ...referencesOf(orphans, ({ key, records: found }) => ({ ...key, orphans: found })),
    quasiIdentifiers: result.quasi,
    classes: written === undefined ? null : classSizes(written),
    risk: written === undefined ? null : { prosecutor: prosecutorRisk(written) },
    ...(result.generalization === undefined ? {} : { generalization: result.generalization }),
    models: result.models.map(({ name, required, measured }) => ({ name, required, measured })),
    fields: result.fields
      .filter(({ field }) => field.action !== 'drop' && field.name !== '')
      .map(({ field, values }) => ({
        name: field.name,
        role: field.rule.role,
        technique: field.rule.steps.map(({ definition }) => definition.name),
        ...figuresOf(field, values),
      })),
    leakCheck:
      leak === undefined
        ? null
        : { mode: policy.checks.leak, findings: leak.findings.length, coverage: coverageOf(policy) },
  };
}

function licensorPart({ result, policy, orphans, figures = {} }: ReportedTable): object {
  const { source, written, leak } = result;
  return {
    records: result.records,
    ...referencesOf(orphans, ({ key, ...found }) => ({ ...key, ...found })),
    classes: {
      beforeSuppression: source === undefined ? null : hiddenSizes(classSizes(source)),
      written: written === undefined ? null : classSizes(written),
    },
    risk: {
      beforeSuppression:
        source === undefined ? null : { prosecutor: hiddenRisk(prosecutorRisk(source), source.individuals) },
      written: written === undefined ? null : { prosecutor: prosecutorRisk(written) },
    },
    ...(result.generalization === undefined ? {} : { generalization: result.generalization }),
    models: result.models.map(({ name, required, measured }) => ({ name, required, measured })),
    fields: result.fields.map(({ field, values, nulls, redacted }) => ({
      name: field.name === '' ? '(not named in the policy)' : field.name,
      role: field.rule.role,
      technique: field.rule.steps.map(({ definition }) => definition.name),
      ...(field.rule.choice && { else: field.rule.choice.otherwise.map(({ definition }) => definition.name) }),
      // Fields that are kept as they stand are not read.
      ...(field.action === 'change' ? { values, nulls, unreadable: redacted } : {}),
    })),
    leakCheck:
      leak === undefined
        ? null
        : {
            findings: leak.findings.map(({ table, identifier, field, records, firstRow }) => ({
              table,
              identifier: identifier ?? null,
              field: field ?? null,
              records,
              firstRow,
            })),
            matchesByChance: leak.byChance,
            valuesSearched: leak.values,
            recordsSearched: leak.records,
            coverage: coverageOf(policy),
          },
    ...figures,
  };
}

function referencesOf(orphans: readonly Orphans[], figures: (found: Orphans) => object): object {
  return orphans.length === 0 ? {} : { references: orphans.map(figures) };
}

function coverageOf({ table }: Pick<Policy, 'table'>): object {
  return table === undefined ? leakCoverage : { ...leakCoverage, otherTables };
}

const otherTables = `values of ${shortestElsewhere} letters or digits or more of the identifiers of other tables that belong to one individual there alone, as whole words`;

/** Figures that the techniques of a field give themselves. */
function figuresOf({ rule, steps }: PlannedField, values: number): Record<string, number> {
  return Object.assign(
    {},
    ...rule.steps.map(({ definition, options }) => definition.figures?.(options, values) ?? {}),
    ...steps.map((step) => (step.form === 'table' ? (step.run.figures?.() ?? {}) : {})),
  );
}

function stringify(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
