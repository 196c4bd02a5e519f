import { randomBytes } from 'node:crypto';
import { at, type Diagnostic, Failure, fail } from '../base/diagnostic.ts';
import { hkdfSha256 } from '../crypto/digest.ts';
import { createHmacBatch } from '../crypto/hmac.ts';
import type { LeakFinding } from '../engine/leak/leak-check.ts';
import { type RunResult, runPlan } from '../engine/run.ts';
import { formats } from '../formats/index.ts';
import { type DataFile, type DataSink, dataFiles, type Split } from '../io/data-files.ts';
import { type Input, openInput } from '../io/input.ts';
import { readSigningKey, readSigningReference } from '../io/secrets.ts';
import { createSpool, type Spool } from '../io/spool.ts';
import type { Terminal } from '../io/terminal.ts';
import type { ModelResources } from '../models/definition.ts';
import { planPolicy, type ResourcesOf } from '../policy/plan.ts';
import type { Policy } from '../policy/policy.ts';
import type { StatedRelease } from '../release/integrity.ts';
import { licensorReport } from '../risk/report.ts';
import { readBundle, requireSameFields } from './earlier-release.ts';
import { checkSplit, type OpenData, openData, requireHeader } from './open-data.ts';
import { writeOutputs } from './outputs.ts';
import {
  hierarchiesOf,
  loadPolicy,
  prepareTransforms,
  readKeys,
  readPolicyFiles,
  resourcesOf,
  sampleKeyOf,
} from './policy-file.ts';
import { namedDataFiles, releaseOf } from './release.ts';
import { checkPlaces, type Target } from './targets.ts';
import { textInput } from './text-input.ts';

export interface ApplyRequest {
  readonly policy: string;
  /** A path, or `-`. */
  readonly input: string;
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
}

export interface ApplyOutcome {
  readonly result: RunResult;
  readonly warnings: readonly Diagnostic[];
  /** Id of the license; undefined for data alone. */
  readonly license: string | undefined;
  /** How long each phase took, in milliseconds. */
  readonly phases: readonly { readonly name: string; readonly ms: number }[];
}

/**
 * Anonymize one input by a policy. Everything is checked before anything gets its name: the output waits in an encrypted spool.
 * Throws a Failure; then there is no output.
 */
export async function apply(request: ApplyRequest, terminal: Terminal): Promise<ApplyOutcome> {
  let began = performance.now();
  const phases: { name: string; ms: number }[] = [];
  const phase = (name: string): void => {
    const now = performance.now();
    phases.push({ name, ms: now - began });
    began = now;
  };
  const policy = await loadPolicy(request.policy);
  if (!request.allowUnlisted) requireListed(policy);
  await prepareTransforms(policy);
  const { target } = request;
  const split = request.split ?? policy.output.split;
  if (split !== undefined && target.kind === 'stdout') {
    throw fail('USAGE', 'an output that is split does not go to standard output', {
      hint: 'write the files with --data-only DIR, or leave the splitting out',
    });
  }
  const issued = issuedAt(terminal);
  const seed =
    target.kind === 'bundle' || target.kind === 'tar' ? await signingSeed(request, policy, terminal) : undefined;
  const reads = [request.policy, request.input, ...(request.key === undefined ? [] : [request.key])];
  const folder = await checkPlaces({ target, report: request.report, replace: request.replace, reads });
  if (request.against === '-' && request.input === '-') {
    throw fail('USAGE', 'both the data and the earlier release would be read from standard input');
  }
  const earlier = request.against === undefined ? undefined : await readBundle(request.against);
  const keys = await readKeys(policy, terminal, request.allowExec);
  const files = await readPolicyFiles(policy);
  const raw = await openInput(request.input);
  let spool: Spool | undefined;
  try {
    const input = await textInput(raw, policy.input);
    const data = await openData(input, request.format ?? policy.input.format, policy.input);
    const outputFormat = formats.get(policy.output.format) ?? data.format;
    if (split !== undefined) checkSplit(outputFormat, request.input);
    const secret = await streamSecret(policy, keys, raw);
    spool = await createSpool(folder);
    phase('prepare');
    const codec = policy.output.encoding === 'same' ? input.codec : undefined;
    const sink = dataFiles(spool, { codec, gzipLevel: policy.output.gzipLevel, split });
    const provided = {
      resources: resourcesOf(policy, keys, files, secret),
      hierarchy: hierarchiesOf(policy, files),
      sampleKey: sampleKeyOf(secret),
    };
    const { result, written } = await run(policy, input, data, provided, earlier, sink, phase).catch((error) => {
      throw error instanceof Failure ? at(error, { file: input.name }) : error;
    });
    const findings = leakDiagnostics(result.leak?.findings ?? [], policy.checks.leak, input.name);
    if (policy.checks.leak === 'fail' && findings.length > 0) throw new Failure(findings);

    const named = namedDataFiles(written, {
      input: request.input,
      from: data.format,
      to: outputFormat,
      compressed: policy.output.gzipLevel !== undefined,
      split: split !== undefined,
    });
    const encoding = codec?.name ?? 'utf-8';
    const release =
      seed === undefined
        ? undefined
        : releaseOf({ policy, result, data, outputFormat, files: named, encoding, seed, source: raw.digest(), issued });
    const report =
      request.report === undefined ? undefined : { path: request.report, text: licensorReport(result, policy) };
    const members = release?.members ?? [];
    await writeOutputs({ target, replace: request.replace, files: named, data: spool, members, report }, terminal);
    phase('write');
    return {
      result,
      warnings: [...policy.warnings, ...result.warnings, ...findings],
      license: release?.statement.predicate.id,
      phases,
    };
  } finally {
    await spool?.close();
    await raw.close();
  }
}

/** What a run may ask for. */
interface Provided extends ModelResources {
  readonly resources: ResourcesOf;
  readonly sampleKey: Buffer;
}

async function run(
  policy: Policy,
  input: Input,
  data: OpenData,
  { resources, hierarchy, sampleKey }: Provided,
  earlier: StatedRelease | undefined,
  sink: DataSink,
  phase: (name: string) => void,
): Promise<{ result: RunResult; written: readonly DataFile[] }> {
  const { fields } = data.opened;
  if (fields !== undefined && policy.input.header === undefined) requireHeader(policy, fields, input.name, data);
  const plan = planPolicy(policy, fields, resources);
  if (earlier !== undefined) requireSameFields(earlier, plan, fields !== undefined);
  let current = 'plan';
  const result = await runPlan({
    policy,
    plan,
    ...data,
    source: input,
    sink,
    refused: sink.refused,
    target: formats.get(policy.output.format),
    nullValues: policy.input.nullValues ?? data.format.nullValues,
    leakCheck: true,
    sampleKey,
    hierarchy,
    onPass: (next) => {
      phase(current);
      current = next;
    },
  });
  const written = await sink.end();
  phase(current);
  return { result, written };
}

/** Fields that the policy does not name are kept only where the command line says so, too. */
function requireListed(policy: Policy): void {
  const hint = 'fields that nobody has looked at would be released: say --allow-unlisted if that is meant';
  const places: [boolean, string, string][] = [
    [policy.unlisted === 'keep', 'defaults', 'unlisted'],
    [policy.input.around === 'keep', 'input', 'around'],
  ];
  const problems = places.flatMap(([keeps, section, option]) =>
    keeps
      ? [policy.problem('POLICY-MEANING', [section, option], `\`${option}: keep\` needs --allow-unlisted`, hint)]
      : [],
  );
  if (problems.length > 0) throw new Failure(problems);
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

/** Fresh randomness, or, where the policy says `reproducible`, what key, policy and input determine. */
async function streamSecret(policy: Policy, keys: ReadonlyMap<string, Buffer>, input: Input): Promise<Buffer> {
  if (policy.reproducible === undefined) return randomBytes(32);
  const key = keys.get(policy.reproducible.key)!;
  const stream = await input.open({ digest: true });
  const block = Buffer.allocUnsafe(1 << 20);
  while ((await stream.read(block, 0, block.length)) > 0);
  await stream.close();
  const keyed = Buffer.alloc(32);
  createHmacBatch(hkdfSha256(key, 'anon/v1/reproducible')).digest(input.digest(), 0, 32, keyed, 0);
  return hkdfSha256(key, `anon/v1/stream/${policy.digest}/${keyed.toString('hex')}`);
}

function leakDiagnostics(findings: readonly LeakFinding[], mode: 'fail' | 'report', file: string): Diagnostic[] {
  return findings.map(({ identifier, field, records, firstRow }) => {
    const what = identifier === undefined ? 'identifiers of other records' : `values of identifier \`${identifier}\``;
    if (firstRow === 0) {
      return {
        code: 'LEAK',
        severity: mode === 'fail' ? 'error' : 'warning',
        message: 'identifiers of records were found in what stands around the records',
        place: { file },
        hint: 'drop or redact it (`input: { around: drop }`); `checks: { leak: report }` releases all the same',
      };
    }
    const where = field === undefined ? 'the output' : `field \`${field}\` of the output`;
    return {
      code: 'LEAK',
      severity: mode === 'fail' ? 'error' : 'warning',
      message: `${what} were found in ${where}, in ${records} ${records === 1 ? 'record' : 'records'}`,
      place: { file, row: firstRow, ...(field === undefined ? {} : { field }) },
      hint: 'drop, redact or generalize that field; `checks: { leak: report }` releases all the same',
    };
  });
}

/** SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/), or now; whole seconds. */
function issuedAt(terminal: Terminal): number {
  const epoch = terminal.env.SOURCE_DATE_EPOCH;
  if (epoch === undefined || epoch === '') return Math.floor(terminal.now() / 1000) * 1000;
  const ms = Number(epoch) * 1000;
  if (/^\d{1,12}$/.test(epoch) && ms < 253_402_300_800_000) return ms;
  throw fail('USAGE', 'SOURCE_DATE_EPOCH is not a number of seconds since 1970', { hint: 'for example 1767225600' });
}
