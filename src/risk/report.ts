import { shortestElsewhere, shortestInOwnRecord } from '../engine/leak/matcher.ts';
import type { RunResult } from '../engine/run.ts';
import type { PlannedField } from '../policy/plan.ts';
import type { Policy } from '../policy/policy.ts';
import { classSizes, prosecutorRisk } from './reidentification.ts';

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

/** report.json: what the output alone yields, and how much was suppressed. Equal runs give equal text. */
export function bundleReport(result: RunResult, leakMode: 'fail' | 'report'): string {
  const { records, written, leak } = result;
  return stringify({
    report: 'anon/v1',
    records: {
      written: records.written,
      suppressed: records.suppressed,
      ...(records.sampled === undefined ? {} : { sampled: records.sampled }),
    },
    quasiIdentifiers: result.quasi,
    classes: written === undefined ? null : classSizes(written),
    risk: written === undefined ? null : { prosecutor: prosecutorRisk(written) },
    models: result.models.map(({ name, required, measured }) => ({ name, required, measured })),
    fields: result.fields
      .filter(({ field }) => field.action !== 'drop' && field.name !== '')
      .map(({ field, values }) => ({
        name: field.name,
        role: field.rule.role,
        technique: field.rule.steps.map(({ definition }) => definition.name),
        ...figuresOf(field, values),
      })),
    leakCheck: leak === undefined ? null : { mode: leakMode, findings: leak.findings.length, coverage: leakCoverage },
  });
}

/** The licensor's report: comparisons with the source. Not for the recipient. */
export function licensorReport(
  result: RunResult,
  { name, version, digest }: Pick<Policy, 'name' | 'version' | 'digest'>,
): string {
  const { source, written, leak } = result;
  return stringify({
    report: 'anon/licensor/v1',
    policy: { name, version, sha256: digest },
    records: result.records,
    classes: {
      beforeSuppression: source === undefined ? null : classSizes(source),
      written: written === undefined ? null : classSizes(written),
    },
    risk: {
      beforeSuppression: source === undefined ? null : { prosecutor: prosecutorRisk(source) },
      written: written === undefined ? null : { prosecutor: prosecutorRisk(written) },
    },
    models: result.models.map(({ name, required, measured }) => ({ name, required, measured })),
    fields: result.fields.map(({ field, values, nulls, redacted }) => ({
      name: field.name === '' ? '(not named in the policy)' : field.name,
      role: field.rule.role,
      technique: field.rule.steps.map(({ definition }) => definition.name),
      // Fields that are kept as they stand are not read.
      ...(field.action === 'change' ? { values, nulls, unreadable: redacted } : {}),
    })),
    leakCheck:
      leak === undefined
        ? null
        : {
            findings: leak.findings.map(({ identifier, field, records, firstRow }) => ({
              identifier: identifier ?? null,
              field: field ?? null,
              records,
              firstRow,
            })),
            matchesByChance: leak.byChance,
            valuesSearched: leak.values,
            recordsSearched: leak.records,
            coverage: leakCoverage,
          },
  });
}

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
