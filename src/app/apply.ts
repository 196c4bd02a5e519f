import { type Diagnostic, Failure, fail } from '../base/diagnostic.ts';
import type { RunResult } from '../engine/run.ts';
import { maxDataFiles, type Split } from '../io/data-files.ts';
import { readSigningKey, readSigningReference } from '../io/secrets.ts';
import type { Terminal } from '../io/terminal.ts';
import type { Policy } from '../policy/policy.ts';
import { licensorFigures, type SourcePopulation } from '../risk/licensor.ts';
import { licensorReport, type ReportedTable } from '../risk/report.ts';
import { type DataNaming, namedDataFiles, requireDistinctNames } from './data-names.ts';
import { readBundle, requireSameFields } from './earlier-release.ts';
import { leakDiagnostics, orphanDiagnostics } from './findings.ts';
import { issuedAt } from './issued-at.ts';
import { openTable } from './open-table.ts';
import { writeOutputs } from './outputs.ts';
import { loadTables, prepareTransforms, readKeys } from './policy-file.ts';
import { releaseOf } from './release.ts';
import { fileSystem, type TableInput, tableInputs } from './table-inputs.ts';
import { type OpenTable, runTables, type TableResult, type Watch } from './table-run.ts';
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
  /** Where the licensor's report goes. */
  readonly report: string | undefined;
  /** What the source is a part of, for the report. */
  readonly population?: SourcePopulation | undefined;
  /** When the output is split into files; undefined: as the policy says. */
  readonly split?: Split | undefined;
  readonly allowExec: boolean;
  readonly allowUnlisted: boolean;
}

export interface ApplyOutcome {
  /** Of the only table; where there are several, of the first in `tables`. */
  readonly result: RunResult;
  /** The tables of a policy of several, parents first; none where it is about one only. */
  readonly tables: readonly (Pick<TableResult, 'result' | 'orphans'> & { readonly name: string })[];
  readonly warnings: readonly Diagnostic[];
  /** Id of the license; undefined for data alone. */
  readonly license: string | undefined;
  /** How long each phase took, in milliseconds. */
  readonly phases: readonly { readonly name: string; readonly ms: number }[];
}

/**
 * Anonymize the inputs of one table or of several by a policy. Everything is checked before anything gets its name: the outputs wait in
 * encrypted spools. Throws a Failure; then there is no output.
 */
export async function apply(request: ApplyRequest, terminal: Terminal): Promise<ApplyOutcome> {
  const { phases, phase } = stopwatch();
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
  const seed =
    target.kind === 'bundle' || target.kind === 'tar' ? await signingSeed(request, policy, terminal) : undefined;
  const folder = await checkPlaces({
    target,
    report: request.report,
    replace: request.replace,
    reads: [request.policy, ...paths, ...(request.key === undefined ? [] : [request.key])],
    outputs: inputs.flatMap((input) => (input.paths.length > 1 ? input.paths.map(stemOf) : (input.policy.table ?? []))),
  });
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
      folder,
      opened: (resource: { close(): Promise<void> }) => open.unshift(resource),
    };
    for (const input of inputs) tables.push(await openTable(input, opening));
    requireDistinctNames(tables.map((table, i) => namingOf(table, inputs[i]!)));
    if (earlier !== undefined) requireSameFields(earlier, tables);
    phase('prepare');
    const results = await runTables(tables, watchOf(phase));
    const findings = results.flatMap(({ result, orphans, files }) => [
      ...orphanDiagnostics(orphans, files),
      ...leakDiagnostics(result.leak?.findings ?? [], policy.checks.leak, files),
    ]);
    const refusals = findings.filter(({ severity }) => severity === 'error');
    if (refusals.length > 0) throw new Failure(refusals);

    const done = results.map((table, i) => {
      return { ...table, named: namedDataFiles(table.written, namingOf(table, inputs[i]!)) };
    });
    const release = seed === undefined ? undefined : releaseOf({ tables: done, seed, issued });
    const report =
      request.report === undefined
        ? undefined
        : { path: request.report, text: licensorReport(done.map(withFigures(request)), policy) };
    const members = release?.members ?? [];
    await writeOutputs({ target, replace: request.replace, data: done, members, report }, terminal);
    phase('write');
    return {
      result: results[0]!.result,
      tables: results.flatMap(({ policy: { table: name }, result, orphans }) =>
        name === undefined ? [] : [{ name, result, orphans }],
      ),
      warnings: [...policy.warnings, ...results.flatMap(({ result }) => result.warnings), ...findings],
      license: release?.statement.predicate.id,
      phases,
    };
  } finally {
    for (const resource of open) await resource.close();
  }
}

const withFigures =
  ({ population = {} }: ApplyRequest) =>
  (table: TableResult): ReportedTable => ({
    ...table,
    ...(table.compared && { figures: licensorFigures(table, table.result, table.compared, population) }),
  });

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

/** Fields that the policy does not name are kept only where the command line says so, too. */
function requireListed(policies: readonly Policy[]): void {
  const hint = 'fields that nobody has looked at would be released: say --allow-unlisted if that is meant';
  const [shared] = policies;
  const problems = [
    ...(shared!.unlisted === 'keep' ? [{ policy: shared!, path: ['defaults', 'unlisted'] }] : []),
    ...policies.flatMap((policy) => (policy.input.around === 'keep' ? [{ policy, path: ['input', 'around'] }] : [])),
  ];
  if (problems.length === 0) return;
  throw new Failure(
    problems.map(({ policy, path }) =>
      policy.problem('POLICY-MEANING', path, `\`${path.at(-1)}: keep\` needs --allow-unlisted`, hint),
    ),
  );
}

function stopwatch() {
  let began = performance.now();
  const phases: { name: string; ms: number }[] = [];
  return {
    phases,
    phase(name: string): void {
      const now = performance.now();
      phases.push({ name, ms: now - began });
      began = now;
    },
  };
}

/** Of one table each reading is a phase; of several, what is read of each, and what is written. */
function watchOf(phase: (name: string) => void): Watch {
  let current = 'plan';
  return (table, event) => {
    if (table !== undefined && event === 'begun') phase(`read ${table}`);
    else if (table !== undefined && event === 'done') phase(`write ${table}`);
    else if (table === undefined && event !== 'begun') {
      phase(current);
      current = event;
    }
  };
}

/** The issuer's seed: `--key`, or `output.sign` of the policy, or the file that ANON_SIGNING_KEY names. */
async function signingSeed(request: ApplyRequest, policy: Policy, terminal: Terminal): Promise<Buffer> {
  if (policy.license === undefined) {
    throw new Failure([
      policy.problem(
        'POLICY-MEANING',
        [],
        'a bundle carries a license, and the policy has no `license` section',
        'add one, or write the data alone with --data-only DIR',
      ),
    ]);
  }
  const path = request.key ?? (policy.output.sign === undefined ? terminal.env.ANON_SIGNING_KEY : undefined);
  if (path !== undefined && path !== '') return readSigningKey(path, terminal, request.passphraseFile);
  if (policy.output.sign !== undefined) {
    return readSigningReference(policy.output.sign, policy.directory, terminal, request.passphraseFile);
  }
  throw fail('KEY-MISSING', 'a bundle is signed, and no signing key was given', {
    hint: 'make one with `anon keys generate issuer.key` and say --key issuer.key; --data-only DIR writes data without a license',
  });
}
