import { type Diagnostic, Failure } from '../base/diagnostic.ts';
import { thousands } from '../base/thousands.ts';
import type { RunResult } from '../engine/run.ts';
import type { Terminal } from '../io/terminal.ts';
import { requireNoFindings } from './findings.ts';
import { openTable } from './open-table.ts';
import { stopwatch, watchOf } from './phases.ts';
import { loadTables, prepareTransforms, readKeys } from './policy-file.ts';
import { createPreviewRows, type PreviewRow, type PreviewRows } from './preview-rows.ts';
import { requireListed } from './require-listed.ts';
import { type StatedField, statedFields } from './stated-fields.ts';
import { fileSystem, tableInputs } from './table-inputs.ts';
import { type OpenTable, runTables, type TableResult } from './table-run.ts';

export interface PreviewRequest {
  readonly policy: string;
  /** As of `apply`. */
  readonly input: readonly string[];
  readonly format: string | undefined;
  /** Records of the output to show, of each table. */
  readonly shown: number;
  /** Read no more records than these, of each table; undefined: all. */
  readonly maxRecords: number | undefined;
  /** Keep the source of the records that are shown. */
  readonly source: boolean;
  readonly allowExec: boolean;
  readonly allowUnlisted: boolean;
}

export interface PreviewOutcome {
  /** Parents first. */
  readonly tables: readonly PreviewedTable[];
  readonly warnings: readonly Diagnostic[];
  /** Nothing but a part of the input was read: what was measured holds for that. */
  readonly partial: boolean;
}

export interface PreviewedTable {
  /** Undefined where the policy is about one table only. */
  readonly name: string | undefined;
  readonly result: RunResult;
  /** The fields in their order. Numbers of rows refer to them. */
  readonly fields: readonly PreviewField[];
  readonly rows: readonly PreviewRow[];
  /** They come in the order of the input, and would be written in a random one. */
  readonly shuffled: boolean;
}

export interface PreviewField extends StatedField {
  readonly dropped: boolean;
  /** A record may have several values of it. */
  readonly repeats: boolean;
  /** Values of the records that are written, and how many of them are not what they were. */
  readonly values: number;
  readonly changed: number;
}

/** Run a policy over an input as `apply` does, and keep nothing but some rows of the output. Throws a Failure where `apply` would. */
export async function preview(request: PreviewRequest, terminal: Terminal): Promise<PreviewOutcome> {
  const { maxRecords, shown, source } = request;
  const policies = await loadTables(request.policy);
  if (!request.allowUnlisted) requireListed(policies);
  await prepareTransforms(policies);
  const inputs = await tableInputs(policies, request.input, fileSystem);
  const keys = await readKeys(policies, terminal, request.allowExec);
  const open: { close(): Promise<void> }[] = [];
  const opening = {
    format: request.format,
    split: undefined,
    keys,
    compares: false,
    folder: undefined,
    progress: terminal.progress,
    opened: (resource: { close(): Promise<void> }) => open.unshift(resource),
  };
  try {
    const tables: (OpenTable & { readonly rows: PreviewRows })[] = [];
    for (const input of inputs) {
      const table = await openTable(input, opening);
      const { data } = table;
      const options = maxRecords === undefined ? data.options : { ...data.options, maxRecords };
      const rows = createPreviewRows(table.plan, { shown, source, textOnly: !table.outputFormat.paths });
      tables.push({ ...table, data: { ...data, options }, look: rows.look, rows });
    }
    const results = await runTables(tables, watchOf(tables, stopwatch(), terminal), terminal.progress);
    const findings = requireNoFindings(results);
    return {
      tables: results.map((result, i) => previewedTable(result, tables[i]!.rows)),
      warnings: [...policies[0].warnings, ...results.flatMap(({ result }) => result.warnings), ...findings],
      partial: results.some(({ result }) => result.records.source === maxRecords),
    };
  } catch (error) {
    throw maxRecords !== undefined && error instanceof Failure ? ofPart(error, maxRecords) : error;
  } finally {
    for (const resource of open) await resource.close();
  }
}

function previewedTable(table: TableResult, { rows, counts }: PreviewRows): PreviewedTable {
  const { policy, result } = table;
  const fields = result.fields.map(({ field }) => field);
  return {
    name: policy.table,
    result,
    fields: statedFields({ ...table, outputFormat: table.data.format }, fields)
      .slice(0, fields.length)
      .map((stated, slot) => ({
        ...stated,
        dropped: fields[slot]!.action === 'drop',
        repeats: fields[slot]!.repeats || fields[slot]!.name === '',
        ...counts[slot]!,
      })),
    rows,
    shuffled: policy.output.order === 'shuffled',
  };
}

/** Few records may violate a model that all of them satisfy. */
function ofPart({ diagnostics }: Failure, records: number): Failure {
  const part = `this is about the first ${thousands(records)} records alone: leave --rows out to measure all`;
  return new Failure(
    diagnostics.map((diagnostic) => {
      const { code, hint } = diagnostic;
      return code === 'MODEL' ? { ...diagnostic, hint: hint === undefined ? part : `${part}; ${hint}` } : diagnostic;
    }),
  );
}
