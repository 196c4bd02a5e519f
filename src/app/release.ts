import { formatInstant } from '../base/time.ts';
import { tool } from '../base/version.ts';
import { hkdfSha256, sha256 } from '../crypto/digest.ts';
import { publicKeyOf } from '../crypto/ed25519.ts';
import { createHmacBatch } from '../crypto/hmac.ts';
import { keyIdOf } from '../crypto/keys.ts';
import type { Generalization } from '../engine/generalization.ts';
import { keepsNotations } from '../engine/output.ts';
import { termsFrom } from '../license/compose.ts';
import { describedForm } from '../policy/notations.ts';
import type { Policy } from '../policy/policy.ts';
import { columnNameOf } from '../policy/selectors.ts';
import { buildBundle, type Release, type ReleaseFile, type StatementParts } from '../release/build.ts';
import { dataFolder } from '../release/layout.ts';
import type { PageLicense } from '../release/page/license.ts';
import type { LicensedTable } from '../release/tables.ts';
import { prosecutorRisk } from '../risk/reidentification.ts';
import { bundleReport } from '../risk/report.ts';
import type { NamedDataFile } from './data-names.ts';
import { statedFields } from './stated-fields.ts';
import type { TableResult } from './table-run.ts';

/** A table that was run, and the names of its data files. */
export interface ReleaseTable extends TableResult {
  readonly named: readonly NamedDataFile[];
}

export interface ReleaseRequest {
  readonly tables: readonly ReleaseTable[];
  /** Of the issuer's key. */
  readonly seed: Buffer;
  /** Milliseconds, whole seconds. */
  readonly issued: number;
  /** Makes report.html, where it is wanted, of what the license states and the value of report.json. */
  readonly page?: ((license: PageLicense, report: unknown) => string) | undefined;
}

/** Everything of a bundle but the data: the statement of what was done and measured, signed. */
export function releaseOf(request: ReleaseRequest): Release {
  const { tables, seed, page } = request;
  const files = tables.flatMap((table) => releaseFiles(table, tables));
  const report = bundleReport(tables);
  const statement = statementParts(request);
  const issuer = { ...statement.issuer, key: keyIdOf(publicKeyOf(seed)) };
  const reportPage = page?.({ ...statement, issuer, files }, JSON.parse(report));
  return buildBundle({ seed, report, statement, files, ...(reportPage === undefined ? {} : { reportPage }) });
}

function releaseFiles(table: ReleaseTable, tables: readonly ReleaseTable[]): ReleaseFile[] {
  const { policy, result, data, outputFormat, encodings, named } = table;
  const fields = outputFormat.paths ? [] : result.fields.filter(({ field }) => field.action !== 'drop');
  const { header, delimiter } = outputFormat === data.format ? data.options : {};
  const dialect = {
    ...(header === undefined ? {} : { header: false }),
    ...(delimiter === undefined ? {} : { delimiter }),
  };
  return named.map(({ name, facts, records, input }) => ({
    ...facts,
    name: `${dataFolder}${name}`,
    records,
    format: outputFormat.name,
    mediatype: policy.output.gzipLevel !== undefined ? 'application/gzip' : outputFormat.mediaType,
    encoding: encodings[input]!,
    ...(Object.keys(dialect).length === 0 ? {} : { dialect }),
    fields: fields.map(({ field }) => ({
      name: columnNameOf(field.name, data.format.paths),
      type: field.produces ?? 'string',
      form: keepsNotations(data.format, outputFormat) ? describedForm(field) : {},
    })),
    ...(policy.input.nullValues === undefined ? {} : { missingValues: policy.input.nullValues }),
    foreignKeys: foreignKeysOf(table, tables),
  }));
}

/**
 * Foreign keys of a table, as a description of the data can state them. Where orphans are released all the same there is none, and none
 * of a table that was split: values would have to stand in one of its files.
 */
function foreignKeysOf({ policy, data }: ReleaseTable, tables: readonly ReleaseTable[]) {
  return policy.foreignKeys.flatMap(({ field, table, to, onOrphan }) => {
    const parent = tables.find((other) => other.policy.table === table)!;
    const [file, ...more] = parent.named;
    if (onOrphan === 'report' || more.length > 0) return [];
    return [
      {
        field: columnNameOf(field, data.format.paths),
        file: `${dataFolder}${file!.name}`,
        to: columnNameOf(to, parent.data.format.paths),
      },
    ];
  });
}

function statementParts({ tables, seed, issued }: ReleaseRequest): StatementParts {
  const [first] = tables;
  const { policy } = first!;
  const { licensor, title, ...license } = termsFrom(policy.license!, policy.templates);
  const { source, ...single } = tableParts(first!, seed);
  const lineage = {
    policy: { name: policy.name, version: policy.version, sha256: policy.digest },
    parents: [],
  };
  return {
    ...license,
    title: title ?? policy.name,
    issued: formatInstant(issued),
    issuer: { ...licensor, id: licensor.id ?? `urn:anon:key:${keyIdOf(publicKeyOf(seed))}` },
    ...(policy.table === undefined
      ? { ...single, lineage: { ...lineage, source } }
      : { tables: tables.map((table) => namedTable(table, seed)), lineage }),
    tool,
  };
}

function namedTable(table: ReleaseTable, seed: Buffer): NonNullable<StatementParts['tables']>[number] {
  return {
    name: table.policy.table!,
    files: table.named.map(({ name }) => `${dataFolder}${name}`),
    ...tableParts(table, seed),
    leftOut: table.result.records.leftOut ?? 0,
    references: table.orphans.map(({ key: { field, table: other, to, onOrphan }, records }) => ({
      field,
      table: other,
      to,
      onOrphan,
      orphans: records,
    })),
  };
}

function tableParts(table: ReleaseTable, seed: Buffer): Pick<LicensedTable, 'privacy' | 'transforms' | 'source'> {
  const { policy, result, inputs } = table;
  const { records, written } = result;
  const risk = written === undefined ? undefined : prosecutorRisk(written);
  return {
    privacy: {
      unit: policy.privacy?.unit ?? null,
      quasiIdentifiers: result.quasi.map(({ name }) => name),
      models: result.models.map(({ name, required, measured }) => ({ name, required, measured })),
      suppressed: { records: records.suppressed, of: records.sampled ?? records.source },
      ...(records.sampled === undefined ? {} : { sampled: sampledOf(policy, records.sampled, records.source) }),
      risk: risk === undefined ? null : { highest: risk.highest, average: risk.average },
      generalization:
        result.generalization?.fields.map(({ name, height: _, ...level }) => ({ field: name, ...level })) ?? null,
      ...(result.generalization === undefined ? {} : { search: searchOf(result.generalization) }),
    },
    transforms: statedFields(
      table,
      result.fields.map(({ field }) => field),
    ),
    source: { commitment: `hmac-sha256:${commitment(seed, sourceDigest(inputs))}`, records: records.source },
  };
}

function searchOf(found: Generalization): LicensedTable['privacy']['search'] {
  const { recoding, measure, score, bound, proven, budgetSpent = false } = found;
  return { ...(recoding === 'local' ? { recoding, budgetSpent } : {}), measure, score, bound, proven };
}

function sampledOf({ sample }: Policy, records: number, of: number): LicensedTable['privacy']['sampled'] {
  return { records, of, ...(sample?.share === undefined ? {} : { share: sample.share }) };
}

/** Of one file its SHA-256, of several the SHA-256 of theirs, one behind the other in their order. */
function sourceDigest(inputs: ReleaseTable['inputs']): Buffer {
  const digests = inputs.map((input) => input.digest());
  return digests.length === 1 ? digests[0]! : sha256(Buffer.concat(digests));
}

/** The licensor can show later that this was the source; nobody else can test a guess. */
function commitment(seed: Buffer, source: Buffer): string {
  const mac = Buffer.alloc(32);
  createHmacBatch(hkdfSha256(seed, 'anon/v1/commitment')).digest(source, 0, source.length, mac, 0);
  return mac.toString('hex');
}
