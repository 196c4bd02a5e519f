import { randomBytes } from 'node:crypto';
import { type Diagnostic, fail } from '../base/diagnostic.ts';
import type { RunResult } from '../engine/run.ts';
import type { Split } from '../io/data-files.ts';
import type { Terminal } from '../io/terminal.ts';
import { licensorReport } from '../risk/report.ts';
import { namedDataFiles } from './data-names.ts';
import { type DryRun, plannedTable } from './dry-run.ts';
import { readBundle, requireSameFields } from './earlier-release.ts';
import { requireNoFindings } from './findings.ts';
import { issuedAt } from './issued-at.ts';
import { openTable } from './open-table.ts';
import { type Outputs, outputFiles, writeOutputs } from './outputs.ts';
import { type Phases, stopwatch, watchOf } from './phases.ts';
import { loadTables, prepareTransforms, readKeys } from './policy-file.ts';
import { releaseOf } from './release.ts';
import { requireListed } from './require-listed.ts';
import { missingSigningKey, requireLicense, signingSeed } from './signing-seed.ts';
import { tableInputs } from './table-inputs.ts';
import { type OpenTable, runTables, type TableResult } from './table-run.ts';
import { checkPlaces, type Target } from './targets.ts';

export interface ApplyRequest {
  readonly policy: string;
  /** A path, or `-`; for a policy of several tables a list of `NAME=PATH`, or of paths whose files have the tables' names. */
  readonly input: string | readonly string[];
  readonly format: string | undefined;
  readonly target: Target;
  readonly replace: boolean;
  readonly key: string | undefined;
  readonly passphraseFile: string | undefined;
  /** An earlier release, whose fields the new one must have. */
  readonly against?: string | undefined;
  /** Where the licensor's report goes. */
  readonly report: string | undefined;
  /** When the output is split into files; undefined: as the policy says. */
  readonly split?: Split | undefined;
  readonly allowExec: boolean;
  readonly allowUnlisted: boolean;
  /** Do everything but write: no key to sign with is read. */
  readonly dryRun?: boolean;
}

export interface ApplyOutcome {
  /** Of the only table; where there are several, of the first in `tables`. */
  readonly result: RunResult;
  /** The tables of a policy of several, parents first; none where it is about one only. */
  readonly tables: readonly (Pick<TableResult, 'result' | 'orphans'> & { readonly name: string })[];
  readonly warnings: readonly Diagnostic[];
  /** Id of the license; undefined for data alone. */
  readonly license: string | undefined;
  /** What a dry run would have done; undefined: it was none. */
  readonly dryRun?: DryRun;
  readonly phases: Phases;
}

/**
 * Anonymize one input, or one for each table, by a policy. Everything is checked before anything gets its name: the outputs wait in
 * encrypted spools. Throws a Failure; then there is no output.
 */
export async function apply(request: ApplyRequest, terminal: Terminal): Promise<ApplyOutcome> {
  const watch = stopwatch();
  const { phases, phase } = watch;
  const policies = await loadTables(request.policy);
  const [policy] = policies;
  if (!request.allowUnlisted) requireListed(policies);
  await prepareTransforms(policies);
  const { target } = request;
  const inputs = tableInputs(policies, [request.input].flat());
  const split = request.split ?? policy.output.split;
  if (target.kind === 'stdout') requireOneFile(inputs.length, split);
  const issued = issuedAt(terminal);
  const signed = target.kind === 'bundle' || target.kind === 'tar';
  if (signed) requireLicense(policy);
  const unsigned = signed && request.dryRun ? await missingSigningKey(request, policy, terminal) : [];
  // A dry run makes its release with a key that nobody keeps.
  const seed = !signed ? undefined : request.dryRun ? randomBytes(32) : await signingSeed(request, policy, terminal);
  const folder = await checkPlaces({
    target,
    report: request.report,
    replace: request.replace,
    reads: [request.policy, ...inputs.map(({ path }) => path), ...(request.key === undefined ? [] : [request.key])],
    tables: policies.flatMap(({ table }) => table ?? []),
  });
  if (request.against === '-' && inputs.some(({ path }) => path === '-')) {
    throw fail('USAGE', 'both the data and the earlier release would be read from standard input');
  }
  const earlier = request.against === undefined ? undefined : await readBundle(request.against);
  const keys = await readKeys(policies, terminal, request.allowExec);
  const open: { close(): Promise<void> }[] = [];
  try {
    const tables: OpenTable[] = [];
    const opening = {
      format: request.format,
      split,
      keys,
      folder: request.dryRun ? undefined : folder,
      progress: terminal.progress,
      opened: (resource: { close(): Promise<void> }) => open.unshift(resource),
    };
    for (const input of inputs) tables.push(await openTable(input, opening));
    if (earlier !== undefined) requireSameFields(earlier, tables);
    phase('prepare');
    const results = await runTables(tables, watchOf(tables, watch, terminal), terminal.progress);
    const findings = requireNoFindings(results);

    const done = results.map((table, i) => ({ ...table, files: filesOf(table, inputs[i]!.path) }));
    const release = seed === undefined ? undefined : releaseOf({ tables: done, seed, issued });
    const report =
      request.report === undefined ? undefined : { path: request.report, text: licensorReport(done, policy) };
    const members = release?.members ?? [];
    const outputs: Outputs = { target, replace: request.replace, data: done, members, report };
    if (!request.dryRun) await writeOutputs(outputs, terminal);
    phase('write');
    return {
      result: results[0]!.result,
      tables: results.flatMap(({ policy: { table: name }, result, orphans }) =>
        name === undefined ? [] : [{ name, result, orphans }],
      ),
      warnings: [...unsigned, ...policy.warnings, ...results.flatMap(({ result }) => result.warnings), ...findings],
      ...(request.dryRun
        ? {
            license: undefined,
            dryRun: { files: outputFiles(outputs), tables: done.map(plannedTable) },
          }
        : { license: release?.statement.predicate.id }),
      phases,
    };
  } finally {
    for (const resource of open) await resource.close();
  }
}

function filesOf({ policy, data, outputFormat, split, written }: TableResult, input: string) {
  return namedDataFiles(written, {
    input,
    table: policy.table,
    from: data.format,
    to: outputFormat,
    compressed: policy.output.gzipLevel !== undefined,
    split: split !== undefined,
  });
}

function requireOneFile(tables: number, split: Split | undefined): void {
  if (split !== undefined) {
    throw fail('USAGE', 'an output that is split does not go to standard output', {
      hint: 'write the files with --data-only DIR, or leave the splitting out',
    });
  }
  if (tables > 1) {
    throw fail('USAGE', 'standard output takes one table, and the policy has several', { hint: 'say --data-only DIR' });
  }
}
