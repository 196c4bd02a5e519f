import { basename } from 'node:path';
import { formatInstant } from '../base/time.ts';
import { tool } from '../base/version.ts';
import { hkdfSha256 } from '../crypto/digest.ts';
import { publicKeyOf } from '../crypto/ed25519.ts';
import { createHmacBatch } from '../crypto/hmac.ts';
import { keyIdOf } from '../crypto/keys.ts';
import { termsFrom } from '../license/options.ts';
import type { PlannedField } from '../policy/plan.ts';
import type { Policy } from '../policy/policy.ts';
import { buildBundle, type Release, type StatementParts } from '../release/build.ts';
import { dataFolder } from '../release/layout.ts';
import { checkName } from '../release/names.ts';
import { prosecutorRisk } from '../risk/reidentification.ts';
import { bundleReport } from '../risk/report.ts';
import type { TableResult } from './table-run.ts';

/** A table that was run, and the name of its data file. */
export interface ReleaseTable extends TableResult {
  readonly file: string;
}

export interface ReleaseRequest {
  readonly tables: readonly ReleaseTable[];
  /** Of the issuer's key. */
  readonly seed: Buffer;
  /** Milliseconds, whole seconds. */
  readonly issued: number;
}

/** Everything of a bundle but the data: the statement of what was done and measured, signed. */
export function releaseOf(request: ReleaseRequest): Release {
  const { tables, seed } = request;
  const files = new Map(tables.map(({ policy, file }) => [policy.table, `${dataFolder}${file}`]));
  return buildBundle({
    seed,
    report: bundleReport(tables),
    statement: statementParts(request),
    files: tables.map(({ policy, result, data, facts }) => {
      const fields =
        data.opened.fields === undefined ? [] : result.fields.filter(({ field }) => field.action !== 'drop');
      return {
        ...facts,
        name: files.get(policy.table)!,
        records: result.records.written,
        format: data.format.name,
        mediatype: policy.output.compress === 'gzip' ? 'application/gzip' : data.format.mediaType,
        encoding: 'utf-8',
        fields: fields.map(({ field }) => ({ name: field.name, type: field.produces ?? 'string' })),
        // Where orphans are released all the same, it is no foreign key.
        foreignKeys: policy.foreignKeys
          .filter(({ onOrphan }) => onOrphan !== 'report')
          .map(({ field, table, to }) => ({ field, file: files.get(table)!, to })),
      };
    }),
  });
}

/**
 * Name of the data file: that of the input, or of the table; `data` for standard input and for names that a bundle does not allow,
 * and for such a table `data-` before its name.
 */
export function dataFileName(input: string, table: string | undefined, extension: string, compressed: boolean): string {
  const plain = basename(input).replace(/\.gz$/i, '').normalize('NFC');
  const suffix = compressed ? '.gz' : '';
  const name = `${plain}${suffix}`;
  const other = table === undefined ? 'data' : `data-${table}`;
  return input === '-' || checkName(`${dataFolder}${name}.chunks`) !== null ? `${other}.${extension}${suffix}` : name;
}

function statementParts({ tables, seed, issued }: ReleaseRequest): StatementParts {
  const [first] = tables;
  const { policy } = first!;
  const { licensor, title, ...license } = termsFrom(policy.license!);
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
    files: [`${dataFolder}${table.file}`],
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

function tableParts({ policy, result, input }: ReleaseTable, seed: Buffer) {
  const { records, written } = result;
  const risk = written === undefined ? undefined : prosecutorRisk(written);
  return {
    privacy: {
      unit: policy.privacy?.unit ?? null,
      quasiIdentifiers: result.quasi.map(({ name }) => name),
      models: result.models.map(({ name, required, measured }) => ({ name, required, measured })),
      suppressed: { records: records.suppressed, of: records.source },
      risk: risk === undefined ? null : { highest: risk.highest, average: risk.average },
      generalization: null,
    },
    transforms: result.fields.map(({ field }) => transformEntry(field, policy)),
    source: { commitment: `hmac-sha256:${commitment(seed, input.digest())}`, records: records.source },
  };
}

/** What was done to a field. Options stand under the name of their technique. */
function transformEntry(field: PlannedField, policy: Policy): NonNullable<StatementParts['transforms']>[number] {
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

/** The licensor can show later that this was the source; nobody else can test a guess. */
function commitment(seed: Buffer, source: Buffer): string {
  const mac = Buffer.alloc(32);
  createHmacBatch(hkdfSha256(seed, 'anon/v1/commitment')).digest(source, 0, source.length, mac, 0);
  return mac.toString('hex');
}
