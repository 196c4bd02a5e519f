import { type Diagnostic, Failure } from '../base/diagnostic.ts';
import type { InputFiles } from '../engine/input-files.ts';
import type { LeakFinding } from '../engine/leak/leak-check.ts';
import type { Orphans } from '../engine/orphans.ts';
import type { TableResult } from './table-run.ts';

/** What was found in the outputs of a run, where it is to be reported. Throws a Failure where something must not be released. */
export function requireNoFindings(results: readonly TableResult[]): readonly Diagnostic[] {
  const findings = results.flatMap(({ result, orphans, files, policy }) => [
    ...orphanDiagnostics(orphans, files),
    ...leakDiagnostics(result.leak?.findings ?? [], policy.checks.leak, files),
  ]);
  const refusals = findings.filter(({ severity }) => severity === 'error');
  if (refusals.length > 0) throw new Failure(refusals);
  return findings;
}

/** What the leak check found in the output of `files`. */
export function leakDiagnostics(
  findings: readonly LeakFinding[],
  mode: 'fail' | 'report',
  files: InputFiles,
): Diagnostic[] {
  return findings.map(({ table, identifier, field, records, firstRow }) => {
    const what =
      table !== undefined
        ? `values of identifiers of table \`${table}\``
        : identifier === undefined
          ? 'identifiers of other records'
          : `values of identifier \`${identifier}\``;
    const severity = mode === 'fail' ? 'error' : 'warning';
    if (firstRow === 0) {
      return {
        code: 'LEAK',
        severity,
        message: `${table === undefined ? 'identifiers of records' : what} were found in what stands around the records`,
        place: { file: files.first.source.name },
        hint: 'drop or redact it (`input: { around: drop }`); `checks: { leak: report }` releases all the same',
      };
    }
    const where = field === undefined ? 'the output' : `field \`${field}\` of the output`;
    return {
      code: 'LEAK',
      severity,
      message: `${what} were found in ${where}, in ${counted(records)}`,
      place: { ...files.placeOf(firstRow), ...(field === undefined ? {} : { field }) },
      hint: 'drop, redact or generalize that field; `checks: { leak: report }` releases all the same',
    };
  });
}

/**
 * Records of `files` whose parent is not written. Those that are left out with a parent are not told: that is what `on-orphan: drop`
 * is for.
 */
export function orphanDiagnostics(orphans: readonly Orphans[], files: InputFiles): Diagnostic[] {
  return orphans.flatMap(({ key, records, ofLeftOut, firstRow }): Diagnostic[] => {
    if (records === 0 || (key.onOrphan === 'drop' && records === ofLeftOut)) return [];
    const of = [
      ...(ofLeftOut === 0 ? [] : [`${ofLeftOut} to records that are left out`]),
      ...(records === ofLeftOut ? [] : [`${records - ofLeftOut} to none of its source`]),
    ];
    return [
      {
        code: 'REFERENCE',
        severity: key.onOrphan === 'fail' ? 'error' : 'warning',
        message: `${counted(records)} ${records === 1 ? 'refers' : 'refer'} to no written record of \`${key.table}\` (${of.join(', ')})`,
        place: { ...files.placeOf(firstRow), field: key.field },
        hint: hints[key.onOrphan],
      },
    ];
  });
}

const hints = {
  drop: 'they were left out; are both files of the same day?',
  fail: 'correct the data, or leave them out with `on-orphan: drop`',
  report: 'they were written all the same; `on-orphan: drop` leaves them out',
};

function counted(records: number): string {
  return `${records} ${records === 1 ? 'record' : 'records'}`;
}
