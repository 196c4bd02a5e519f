import { basename, extname } from 'node:path';
import { formatInstant } from '../base/time.ts';
import { tool } from '../base/version.ts';
import { hkdfSha256 } from '../crypto/digest.ts';
import { publicKeyOf } from '../crypto/ed25519.ts';
import { createHmacBatch } from '../crypto/hmac.ts';
import { keyIdOf } from '../crypto/keys.ts';
import type { RunResult } from '../engine/run.ts';
import type { Format } from '../formats/batch.ts';
import { termsFrom } from '../license/options.ts';
import type { PlannedField } from '../policy/plan.ts';
import type { Policy } from '../policy/policy.ts';
import { columnNameOf } from '../policy/selectors.ts';
import { buildBundle, type Release, type StatementParts } from '../release/build.ts';
import type { FileFacts } from '../release/chunks.ts';
import { dataFolder } from '../release/layout.ts';
import { checkName } from '../release/names.ts';
import { prosecutorRisk } from '../risk/reidentification.ts';
import { bundleReport } from '../risk/report.ts';

export interface ReleaseRequest {
  readonly policy: Policy;
  readonly result: RunResult;
  /** Of the source, and of the data file. */
  readonly inputFormat: Format;
  readonly outputFormat: Format;
  readonly facts: FileFacts;
  /** Name of the data file. */
  readonly file: string;
  /** Of the issuer's key. */
  readonly seed: Buffer;
  /** SHA-256 of the source. */
  readonly source: Buffer;
  /** Milliseconds, whole seconds. */
  readonly issued: number;
}

/** Everything of a bundle but the data: the statement of what was done and measured, signed. */
export function releaseOf(request: ReleaseRequest): Release {
  const { policy, result, inputFormat, outputFormat, facts, file, seed } = request;
  const fields = outputFormat.paths ? [] : result.fields.filter(({ field }) => field.action !== 'drop');
  return buildBundle({
    seed,
    report: bundleReport(result, policy.checks.leak),
    statement: statementParts(request),
    files: [
      {
        ...facts,
        name: `${dataFolder}${file}`,
        records: result.records.written,
        format: outputFormat.name,
        mediatype: policy.output.compress === 'gzip' ? 'application/gzip' : outputFormat.mediaType,
        encoding: 'utf-8',
        fields: fields.map(({ field }) => ({
          name: columnNameOf(field.name, inputFormat.paths),
          type: field.produces ?? 'string',
        })),
      },
    ],
  });
}

/**
 * Name of the data file: that of the input, with the extension of another format that it is written in; `data` for standard input
 * and for names that a bundle does not allow.
 */
export function dataFileName(input: string, from: Format, to: Format, compressed: boolean): string {
  const plain = basename(input).replace(/\.gz$/i, '').normalize('NFC');
  const [extension] = to.extensions;
  const own = extname(plain);
  const stem = from.extensions.includes(own.slice(1).toLowerCase()) ? plain.slice(0, -own.length) : plain;
  const suffix = compressed ? '.gz' : '';
  const name = `${from === to ? plain : `${stem}.${extension}`}${suffix}`;
  return input === '-' || checkName(`${dataFolder}${name}.chunks`) !== null ? `data.${extension}${suffix}` : name;
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
      suppressed: { records: records.suppressed, of: records.source },
      risk: risk === undefined ? null : { highest: risk.highest, average: risk.average },
      generalization: null,
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

/** What was done to a field. Options stand under the name of their technique. */
function transformEntry(field: PlannedField, policy: Policy): StatementParts['transforms'][number] {
  const parameters: Record<string, Record<string, unknown>> = {};
  for (const { definition, options } of field.rule.steps) {
    const said = definition.parameters?.(options) ?? (options as Record<string, unknown>);
    const name = definition.name in parameters ? `${definition.name} (again)` : definition.name;
    if (Object.keys(said).length > 0) parameters[name] = said;
  }
  return {
    field: field.name === '' ? '(fields that the policy does not name)' : field.name,
    role: field.rule.role,
    technique: field.rule.steps.map(({ definition }) => definition.name),
    reversible: false,
    ...(field.random ? { reproducible: policy.reproducible !== undefined } : {}),
    parameters: JSON.parse(JSON.stringify(parameters)),
  };
}

/** What becomes of members around the records of a document, where anything of them is written. */
function aroundEntries({ policy, inputFormat, outputFormat }: ReleaseRequest): StatementParts['transforms'] {
  const { around } = policy.input;
  if ((around !== 'keep' && around !== 'redact') || outputFormat !== inputFormat) return [];
  const field = '(what stands around the records)';
  return [{ field, role: 'insensitive', technique: [around], reversible: false, parameters: {} }];
}

/** The licensor can show later that this was the source; nobody else can test a guess. */
function commitment(seed: Buffer, source: Buffer): string {
  const mac = Buffer.alloc(32);
  createHmacBatch(hkdfSha256(seed, 'anon/v1/commitment')).digest(source, 0, source.length, mac, 0);
  return mac.toString('hex');
}
