import { z } from 'zod';
import { fail } from '../base/diagnostic.ts';
import { type JsonValue, parseStrictJson } from '../base/strict-json.ts';
import { sha256Hex } from '../crypto/digest.ts';
import { type BundleSource, maxBundleFiles, readWhole } from './bundle-source.ts';
import {
  checkLicenseText,
  checkPayloadType,
  checkSubjects,
  listFiles,
  readEnvelope,
  readJson,
  readStatement,
} from './checks.ts';
import { checkDigests } from './digests.ts';
import { dataPackageName } from './layout.ts';
import { descriptionLimits } from './read-back.ts';
import type { LicenseStatement } from './statement.ts';

/** What a bundle says of itself. */
export interface StatedRelease {
  readonly statement: LicenseStatement;
  /** Columns of its data files, by the file's name; none for files whose records are not flat. */
  readonly schema: ReadonlyMap<string, readonly { readonly name: string; readonly type: string }[]>;
  /** How its data files are written, by the file's name. */
  readonly resources: ReadonlyMap<string, StatedResource>;
}

export type StatedResource = z.output<typeof resource>;

/**
 * Read a bundle that is whole: all of its files are there, no others, and each is the one that its statement lists. Says nothing of
 * who made it, whether the license is in force, or what it allows: that is for `verifyBundle`. Throws what `verifyBundle` would deny by.
 */
export async function readRelease(source: BundleSource): Promise<StatedRelease> {
  const { value: files } = await listFiles(source, maxBundleFiles);
  const { envelope } = (await readEnvelope(source, files)).value;
  checkPayloadType(envelope);
  const { value: statement } = readStatement(readJson(envelope).value);
  checkSubjects(statement, files);
  await checkDigests(statement, source);
  checkLicenseText(statement);
  return { statement, ...(await readResources(source, statement)) };
}

/**
 * The JSON of report.json or datapackage.json. Reads the file once more, so its digest is taken once more. Throws DIGEST, JSON or LIMIT.
 */
export async function readMember(
  source: BundleSource,
  { subject }: LicenseStatement,
  name: string,
): Promise<JsonValue> {
  const bytes = await readWhole(source, name, descriptionLimits.bytes);
  const signed = subject.find((listed) => listed.name === name)?.digest.sha256;
  if (sha256Hex(bytes) !== signed) throw fail('DIGEST', `${name} is not the file that was signed`);
  return parseStrictJson(bytes, descriptionLimits);
}

/** Of datapackage.json, what is read here. */
const resource = z.object({
  path: z.string(),
  format: z.string(),
  encoding: z.string(),
  dialect: z.object({ header: z.boolean().optional(), delimiter: z.string().optional() }).optional(),
  schema: z
    .object({
      fields: z.array(z.object({ name: z.string(), type: z.string() })),
      missingValues: z.array(z.string()).optional(),
    })
    .optional(),
});
const dataPackage = z.object({ resources: z.array(resource) });

async function readResources(
  source: BundleSource,
  statement: LicenseStatement,
): Promise<Pick<StatedRelease, 'schema' | 'resources'>> {
  const parsed = dataPackage.safeParse(await readMember(source, statement, dataPackageName));
  if (!parsed.success) throw fail('SCHEMA', `${dataPackageName} does not describe data files`);
  const { resources } = parsed.data;
  return {
    schema: new Map(resources.flatMap(({ path, schema }) => (schema ? [[path, schema.fields]] : []))),
    resources: new Map(resources.map((one) => [one.path, one])),
  };
}
