import { basename, extname } from 'node:path';
import { formatInstant } from '../base/time.ts';
import { tool } from '../base/version.ts';
import { hkdfSha256 } from '../crypto/digest.ts';
import { publicKeyOf } from '../crypto/ed25519.ts';
import { createHmacBatch } from '../crypto/hmac.ts';
import { keyIdOf } from '../crypto/keys.ts';
import type { Generalization } from '../engine/level-search.ts';
import type { RunResult } from '../engine/run.ts';
import type { Format } from '../formats/batch.ts';
import type { DataFile } from '../io/data-files.ts';
import { termsFrom } from '../license/options.ts';
import type { PlannedField } from '../policy/plan.ts';
import type { Policy, Step } from '../policy/policy.ts';
import { columnNameOf } from '../policy/selectors.ts';
import { buildBundle, type Release, type StatementParts } from '../release/build.ts';
import { chunksSuffix, dataFolder } from '../release/layout.ts';
import { checkName } from '../release/names.ts';
import { prosecutorRisk } from '../risk/reidentification.ts';
import { bundleReport } from '../risk/report.ts';
import type { OpenData } from './open-data.ts';

/** A data file and its name: `patients.csv`. */
export interface NamedDataFile extends DataFile {
  readonly name: string;
}

export interface ReleaseRequest {
  readonly policy: Policy;
  readonly result: RunResult;
  readonly data: OpenData;
  /** What the data files are written in. */
  readonly outputFormat: Format;
  readonly files: readonly NamedDataFile[];
  /** IANA name of the encoding of the output. */
  readonly encoding: string;
  /** Of the issuer's key. */
  readonly seed: Buffer;
  /** SHA-256 of the source. */
  readonly source: Buffer;
  /** Milliseconds, whole seconds. */
  readonly issued: number;
}

/** Everything of a bundle but the data: the statement of what was done and measured, signed. */
export function releaseOf(request: ReleaseRequest): Release {
  const { policy, result, data, outputFormat, files, encoding, seed } = request;
  const fields = outputFormat.paths ? [] : result.fields.filter(({ field }) => field.action !== 'drop');
  const { header, delimiter } = outputFormat === data.format ? data.options : {};
  const dialect = {
    ...(header === undefined ? {} : { header: false }),
    ...(delimiter === undefined ? {} : { delimiter }),
  };
  return buildBundle({
    seed,
    report: bundleReport(result, policy.checks.leak),
    statement: statementParts(request),
    files: files.map(({ name, facts, records }) => ({
      ...facts,
      name: `${dataFolder}${name}`,
      records,
      format: outputFormat.name,
      mediatype: policy.output.gzipLevel !== undefined ? 'application/gzip' : outputFormat.mediaType,
      encoding,
      ...(Object.keys(dialect).length === 0 ? {} : { dialect }),
      fields: fields.map(({ field }) => ({
        name: columnNameOf(field.name, data.format.paths),
        type: field.produces ?? 'string',
      })),
    })),
  });
}

/**
 * Give the data files their names. One has that of the input, with the extension of another format that it is written in (`data` for
 * standard input and for names that a bundle does not allow); the files that an output was split into have it with their number:
 * `patients-0001.csv`.
 */
export function namedDataFiles(
  files: readonly DataFile[],
  { input, from, to, compressed, split }: DataNaming,
): readonly NamedDataFile[] {
  const plain = basename(input).replace(/\.gz$/i, '').normalize('NFC');
  const [extension] = to.extensions;
  const own = extname(plain);
  const stem = from.extensions.includes(own.slice(1).toLowerCase()) ? plain.slice(0, -own.length) : plain;
  const suffix = compressed ? '.gz' : '';
  const written = from === to ? plain : `${stem}.${extension}`;
  const nameOf = (name: string, i: number): string => `${split ? numbered(name, i) : name}${suffix}`;
  const allowed = (name: string): boolean =>
    checkName(`${dataFolder}${nameOf(name, files.length - 1)}${chunksSuffix}`) === null;
  const name = input !== '-' && allowed(written) ? written : `data.${extension}`;
  return files.map((file, i) => ({ ...file, name: nameOf(name, i) }));
}

export interface DataNaming {
  /** Path of the input, or `-`. */
  readonly input: string;
  /** Format of the input, and of the output. */
  readonly from: Format;
  readonly to: Format;
  readonly compressed: boolean;
  /** The output was split, be it into one file. */
  readonly split: boolean;
}

/** `patients-0001.csv` */
function numbered(name: string, index: number): string {
  const ending = extname(name);
  return `${name.slice(0, name.length - ending.length)}-${String(index + 1).padStart(4, '0')}${ending}`;
}

function statementParts(request: ReleaseRequest): StatementParts {
  const { policy, result, seed, source, issued } = request;
  const { licensor, title, ...license } = termsFrom(policy.license!);
  const { records, written } = result;
  const risk = written === undefined ? undefined : prosecutorRisk(written);
  return {
    ...license,
    title: title ?? policy.name,
    issued: formatInstant(issued),
    issuer: { ...licensor, id: licensor.id ?? `urn:anon:key:${keyIdOf(publicKeyOf(seed))}` },
    privacy: {
      unit: policy.privacy?.unit ?? null,
      quasiIdentifiers: result.quasi.map(({ name }) => name),
      models: result.models.map(({ name, required, measured }) => ({ name, required, measured })),
      suppressed: { records: records.suppressed, of: records.sampled ?? records.source },
      ...(records.sampled === undefined ? {} : { sampled: sampledOf(policy, records.sampled, records.source) }),
      risk: risk === undefined ? null : { highest: risk.highest, average: risk.average },
      generalization: result.generalization?.fields.map(({ name, level }) => ({ field: name, level })) ?? null,
      ...(result.generalization === undefined ? {} : { search: searchOf(result.generalization) }),
    },
    transforms: [...result.fields.map(({ field }) => transformEntry(field, policy)), ...aroundEntries(request)],
    lineage: {
      policy: { name: policy.name, version: policy.version, sha256: policy.digest },
      source: { commitment: `hmac-sha256:${commitment(seed, source)}`, records: records.source },
      parents: [],
    },
    tool,
  };
}

function searchOf({ measure, score, bound, proven }: Generalization): StatementParts['privacy']['search'] {
  return { measure, score, bound, proven };
}

function sampledOf({ sample }: Policy, records: number, of: number): StatementParts['privacy']['sampled'] {
  return { records, of, ...(sample?.share === undefined ? {} : { share: sample.share }) };
}

/**
 * What was done to a field. Options stand under the name of their technique. Where a condition decides, `technique` names all that may
 * have been done, and the parameters state the condition and, as in the policy, what was done to the values of other records.
 */
function transformEntry(field: PlannedField, policy: Policy): StatementParts['transforms'][number] {
  const { role, steps, choice } = field.rule;
  const parameters: Record<string, unknown> = parametersOf(choice?.steps ?? steps, policy.locale);
  if (choice !== undefined) {
    parameters.when = choice.when;
    parameters.else = choice.otherwise.map((step) => ({ [step.definition.name]: saidOf(step, policy.locale) }));
  }
  return {
    field: statedName(field),
    role,
    technique: steps.map(({ definition }) => definition.name),
    reversible: false,
    ...(field.random ? { reproducible: policy.reproducible !== undefined } : {}),
    parameters: JSON.parse(JSON.stringify(parameters)),
  };
}

/** The name of a field in the statement. */
export function statedName({ name }: PlannedField): string {
  return name === '' ? '(fields that the policy does not name)' : name;
}

function parametersOf(steps: readonly Step[], locale: string): Record<string, unknown> {
  const parameters: Record<string, unknown> = {};
  for (const step of steps) {
    const said = saidOf(step, locale);
    const { name } = step.definition;
    if (Object.keys(said).length > 0) parameters[name in parameters ? `${name} (again)` : name] = said;
  }
  return parameters;
}

function saidOf({ definition, options }: Step, locale: string): Record<string, unknown> {
  return {
    ...(definition.parameters?.(options) ?? (options as Record<string, unknown>)),
    ...definition.provenance?.(options, locale),
  };
}

/** What becomes of members around the records of a document, where anything of them is written. */
function aroundEntries({ policy, data, outputFormat }: ReleaseRequest): StatementParts['transforms'] {
  const { around } = policy.input;
  if ((around !== 'keep' && around !== 'redact') || outputFormat !== data.format) return [];
  const field = '(what stands around the records)';
  return [{ field, role: 'insensitive', technique: [around], reversible: false, parameters: {} }];
}

/** The licensor can show later that this was the source; nobody else can test a guess. */
function commitment(seed: Buffer, source: Buffer): string {
  const mac = Buffer.alloc(32);
  createHmacBatch(hkdfSha256(seed, 'anon/v1/commitment')).digest(source, 0, source.length, mac, 0);
  return mac.toString('hex');
}
