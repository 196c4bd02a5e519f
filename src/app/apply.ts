import { randomBytes } from 'node:crypto';
import { type Diagnostic, fail } from '../base/diagnostic.ts';
import type { RunResult } from '../engine/run.ts';
import { maxDataFiles, type Split } from '../io/data-files.ts';
import type { Terminal } from '../io/terminal.ts';
import { issuedEvent } from '../release/audit/occasions.ts';
import type { SourcePopulation } from '../risk/licensor.ts';
import { type DataNaming, namedDataFiles, requireDistinctNames } from './data-names.ts';
import { type DryRun, plannedTable } from './dry-run.ts';
import { readBundle, requireSameFields } from './earlier-release.ts';
import { requireNoFindings } from './findings.ts';
import { issuedAt } from './issued-at.ts';
import { openTable } from './open-table.ts';
import { type Outputs, outputFiles, writeOutputs } from './outputs.ts';
import { type Phases, stopwatch, watchOf } from './phases.ts';
import { loadTables, prepareTransforms, readKeys } from './policy-file.ts';
import { releaseOf } from './release.ts';
import { isPage, reportText } from './report-text.ts';
import { requireListed } from './require-listed.ts';
import { missingSigningKey, requireLicense, signingSeed } from './signing-seed.ts';
import { openLogIfAny } from './state-log.ts';
import { fileSystem, type TableInput, tableInputs } from './table-inputs.ts';
import { type OpenTable, runTables, type TableResult } from './table-run.ts';
import { checkPlaces, stemOf, type Target } from './targets.ts';

export interface ApplyRequest {
  readonly policy: string;
  /** Paths and patterns, or `-`; for a policy of several tables `NAME=PATH`, or paths whose files have the tables' names. */
  readonly input: string | readonly string[];
  readonly format: string | undefined;
  readonly target: Target;
  readonly replace: boolean;
  readonly key: string | undefined;
  readonly passphraseFile: string | undefined;
  /** An earlier release, whose fields the new one must have. */
  readonly against?: string | undefined;
  /** Where the licensor's report goes: a page where the name ends in `.html`, JSON otherwise. */
  readonly report: string | undefined;
  /** Put report.html into the bundle. */
  readonly html?: boolean | undefined;
  /** What the source is a part of, for the report. */
  readonly population?: SourcePopulation | undefined;
  /** When the output is split into files; undefined: as the policy says. */
  readonly split?: Split | undefined;
  readonly allowExec: boolean;
  readonly allowUnlisted: boolean;
  /** Folder of the state, whose audit log is told of the license; undefined: that of the user. */
  readonly state?: string | undefined;
  /** Do everything but write: no key to sign with is read. */
  readonly dryRun?: boolean;
  /** Whether the target of a dry run is any place, and so none that is looked at. */
  readonly anywhere?: boolean;
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
 * Anonymize the inputs of one table or of several by a policy. Everything is checked before anything gets its name: the outputs wait in
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
  const inputs = await tableInputs(policies, [request.input].flat(), fileSystem);
  const paths = inputs.flatMap((input) => input.paths);
  requireFewFiles(paths);
  const split = request.split ?? policy.output.split;
  if (target.kind === 'stdout') requireOneFile(inputs.length, paths.length, split);
  const issued = issuedAt(terminal);
  const signed = target.kind === 'bundle' || target.kind === 'tar';
  if (signed) requireLicense(policy);
  const unsigned = signed && request.dryRun ? await missingSigningKey(request, policy, terminal) : [];
  // A dry run makes its release with a key that nobody keeps.
  const seed = !signed ? undefined : request.dryRun ? randomBytes(32) : await signingSeed(request, policy, terminal);
  const logged = signed && !request.dryRun ? await openLogIfAny(request.state, terminal) : undefined;
  const places = {
    target,
    report: request.report,
    replace: request.replace,
    reads: [request.policy, ...paths, ...(request.key === undefined ? [] : [request.key])],
    outputs: inputs.flatMap((input) => (input.paths.length > 1 ? input.paths.map(stemOf) : (input.policy.table ?? []))),
  };
  const folder = request.anywhere ? undefined : await checkPlaces(places);
  if (request.against === '-' && paths.includes('-')) {
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
      compares: request.report !== undefined,
      folder: request.dryRun ? undefined : folder,
      progress: terminal.progress,
      opened: (resource: { close(): Promise<void> }) => open.unshift(resource),
    };
    for (const input of inputs) tables.push(await openTable(input, opening));
    requireDistinctNames(tables.map((table, i) => namingOf(table, inputs[i]!)));
    if (earlier !== undefined) requireSameFields(earlier, tables);
    phase('prepare');
    const results = await runTables(tables, watchOf(tables, watch, terminal), terminal.progress);
    const findings = requireNoFindings(results);

    const done = results.map((table, i) => {
      return { ...table, named: namedDataFiles(table.written, namingOf(table, inputs[i]!)) };
    });
    const page = request.html ? (await import('../release/page/bundle-page.ts')).bundlePage : undefined;
    const release = seed === undefined ? undefined : releaseOf({ tables: done, seed, issued, page });
    // A dry run keeps no output for a page to compare with.
    const reported = request.dryRun && isPage(request.report ?? '') ? undefined : request.report;
    const about = { tables: done, policy, statement: release?.statement, population: request.population };
    const report = reported === undefined ? undefined : { path: reported, text: await reportText(reported, about) };
    const members = release?.members ?? [];
    const record = release && logged?.log && (() => logged.log!.append(() => issuedEvent(release.statement.predicate)));
    const outputs: Outputs = { target, replace: request.replace, data: done, members, report, record };
    if (!request.dryRun) await writeOutputs(outputs, terminal);
    phase('write');
    return {
      result: results[0]!.result,
      tables: results.flatMap(({ policy: { table: name }, result, orphans }) =>
        name === undefined ? [] : [{ name, result, orphans }],
      ),
      warnings: [
        ...unsigned,
        ...(logged?.warnings ?? []),
        ...policy.warnings,
        ...results.flatMap(({ result }) => result.warnings),
        ...findings,
      ],
      ...(request.dryRun
        ? {
            license: undefined,
            dryRun: { files: outputFiles(outputs, request.report), tables: done.map(plannedTable) },
          }
        : { license: release?.statement.predicate.id }),
      phases,
    };
  } finally {
    for (const resource of open) await resource.close();
  }
}

function namingOf({ policy, data, outputFormat, split }: OpenTable, { paths }: TableInput): DataNaming {
  return {
    inputs: paths,
    table: policy.table,
    from: data.format,
    to: outputFormat,
    compressed: policy.output.gzipLevel !== undefined,
    split: split !== undefined,
  };
}

function requireFewFiles(paths: readonly string[]): void {
  if (paths.length <= maxDataFiles) return;
  throw fail('USAGE', `${paths.length} inputs are more than the ${maxDataFiles} files that a bundle can hold`, {
    hint: 'put some of them into one',
  });
}

function requireOneFile(tables: number, files: number, split: Split | undefined): void {
  if (split !== undefined) {
    throw fail('USAGE', 'an output that is split does not go to standard output', {
      hint: 'write the files with --data-only DIR, or leave the splitting out',
    });
  }
  if (tables > 1) {
    throw fail('USAGE', 'standard output takes one table, and the policy has several', { hint: 'say --data-only DIR' });
  }
  if (files > 1) {
    const hint = 'each input is written as a file of its own: say --data-only DIR';
    throw fail('USAGE', `standard output takes one file, and there are ${files} inputs`, { hint });
  }
}
