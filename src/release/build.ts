import { sha256Hex } from '../crypto/digest.ts';
import { signEnvelope } from '../crypto/dsse.ts';
import { publicKeyOf } from '../crypto/ed25519.ts';
import { keyIdOf } from '../crypto/keys.ts';
import { checkSubjectNames } from './checks.ts';
import { chunkBytes, type FileFacts } from './chunks.ts';
import { type DataResource, resourceNames, slug, writeDatapackage } from './datapackage.ts';
import {
  chunksNameOf,
  dataPackageName,
  envelopeName,
  licenseTextName,
  orderMembers,
  reportName,
  reportPageName,
} from './layout.ts';
import { currentRenderer, renderers } from './license-md.ts';
import { checkDescription, checkFileCount, readBack, smallerRelease } from './read-back.ts';
import {
  type LicensePredicate,
  type LicenseStatement,
  licenseIdOf,
  licensePayloadType,
  licenseType,
  parseStatement,
  statementType,
  writeStatement,
} from './statement.ts';

/** A data file that has been written: its digests, and how it is described. */
export interface ReleaseFile
  extends FileFacts,
    Pick<DataResource, 'format' | 'mediatype' | 'encoding' | 'dialect' | 'fields' | 'missingValues'> {
  /** In the bundle: `data/patients.csv`. */
  readonly name: string;
  readonly records: number;
  /** `field` refers to field `to` of the data file `file`. */
  readonly foreignKeys?: readonly { readonly field: string; readonly file: string; readonly to: string }[];
}

/** What the statement says, without what follows from the files and the key. */
export type StatementParts = Omit<LicensePredicate, 'id' | 'files' | 'issuer' | 'renderer' | 'crit'> & {
  readonly issuer: Omit<LicensePredicate['issuer'], 'key'>;
};

export interface ReleaseParts {
  readonly files: readonly ReleaseFile[];
  readonly statement: StatementParts;
  /** The text of report.json. */
  readonly report: string;
  /** The text of report.html, when it is wanted. */
  readonly reportPage?: string;
  /** Of the issuer's key, 32 bytes. */
  readonly seed: Uint8Array;
}

export interface Member {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface Release {
  /** Every file of the bundle but the data files, in the bundle's order; the envelope comes first. */
  readonly members: readonly Member[];
  readonly envelope: string;
  readonly statement: LicenseStatement;
}

/**
 * Make and sign everything in a bundle that is not data. Equal parts make equal bytes. Throws PATH for a name that may not stand in a
 * bundle, SCHEMA or SUBJECT when the parts do not make a statement, LIMIT when it is too large to be read again.
 *
 * The statement lists LICENSE.md by its digest, and LICENSE.md shows the statement. The circle is cut at the list of files: the id and
 * LICENSE.md are made from the list without LICENSE.md, which joins it last.
 */
export function buildBundle(parts: ReleaseParts): Release {
  const contents = new Map<string, Buffer>([
    [dataPackageName, Buffer.from(describe(parts))],
    [reportName, Buffer.from(parts.report)],
    ...parts.files.map(({ name, chunks }) => [chunksNameOf(name), Buffer.from(chunks)] as const),
  ]);
  for (const [name, text] of contents)
    if (name === dataPackageName || name === reportName) checkDescription(name, text);
  if (parts.reportPage !== undefined) contents.set(reportPageName, Buffer.from(parts.reportPage));

  return sealBundle({
    contents,
    data: new Map(parts.files.map(({ name, sha256 }) => [name, sha256])),
    files: parts.files.map(({ name, bytes, records }) => ({
      name,
      bytes,
      records,
      chunk: chunkBytes,
      chunks: chunksNameOf(name),
    })),
    statement: parts.statement,
    seed: parts.seed,
  });
}

/** What a license is made for and of. */
export interface SealParts extends Pick<LicensePredicate, 'files'> {
  /** Every file of the bundle but the data, LICENSE.md and the envelope. */
  readonly contents: ReadonlyMap<string, Buffer>;
  /** SHA-256 of the data files. */
  readonly data: ReadonlyMap<string, string>;
  readonly statement: StatementParts;
  /** Of the issuer's key, 32 bytes. */
  readonly seed: Uint8Array;
}

/** Make and sign the license of files that stand. Throws as `buildBundle`. */
export function sealBundle(parts: SealParts): Release {
  const contents = new Map(parts.contents);
  const digests = new Map(parts.data);
  for (const [name, bytes] of contents) digests.set(name, sha256Hex(bytes));
  const draft = draftStatement(parts, digests);
  const licenseText = Buffer.from(renderers.get(currentRenderer)!.render(draft));
  contents.set(licenseTextName, licenseText);
  digests.set(licenseTextName, sha256Hex(licenseText));

  const payload = writeStatement({ ...draft, subject: subjectsOf(digests) });
  const envelope = signEnvelope(licensePayloadType, payload, [parts.seed]);
  const statement = parseStatement(readBack(Buffer.from(envelope), 'the license', smallerRelease));
  checkSubjectNames(statement);
  checkFileCount(contents.size + parts.data.size + 1);
  contents.set(envelopeName, Buffer.from(envelope));
  const members = orderMembers([...contents.keys()]).map((name) => ({ name, bytes: contents.get(name)! }));
  return { members, envelope, statement };
}

function draftStatement({ files, statement, seed }: SealParts, digests: ReadonlyMap<string, string>): LicenseStatement {
  const subject = subjectsOf(digests);
  return {
    _type: statementType,
    subject,
    predicateType: licenseType,
    predicate: {
      ...statement,
      id: licenseIdOf({
        subjects: subject,
        policySha256: statement.lineage.policy.sha256,
        licensee: statement.terms.licensee.id,
        issued: statement.issued,
      }),
      issuer: { ...statement.issuer, key: keyIdOf(publicKeyOf(seed)) },
      renderer: currentRenderer,
      files,
      crit: [],
    },
  };
}

function subjectsOf(digests: ReadonlyMap<string, string>): LicenseStatement['subject'] {
  return orderMembers([...digests.keys()]).map((name) => ({ name, digest: { sha256: digests.get(name)! } }));
}

function describe({ files, statement }: ReleaseParts): string {
  const names = resourceNames(files.map(({ name }) => name));
  // Where records are not flat there are no columns to refer to.
  const resourceOf = new Map(files.flatMap(({ name, fields }, i) => (fields.length === 0 ? [] : [[name, names[i]!]])));
  return writeDatapackage({
    name: slug(statement.lineage.policy.name),
    title: statement.title,
    resources: files.map(({ foreignKeys = [], ...file }, i) => ({
      ...file,
      name: names[i]!,
      path: file.name,
      foreignKeys: foreignKeys.flatMap(({ field, file: other, to }) => {
        const resource = resourceOf.get(other);
        return resource === undefined ? [] : [{ field, resource, to }];
      }),
    })),
  });
}
