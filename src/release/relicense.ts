import { sha256Hex } from '../crypto/digest.ts';
import { type Release, type StatementParts, sealBundle } from './build.ts';
import { attestationsFolder, envelopeName, licenseTextName } from './layout.ts';
import type { LicenseStatement } from './statement.ts';

/** What a new license says in place of the old one's. What was done and measured, and whence the data come, stays. */
export type NewLicense = Pick<
  StatementParts,
  'title' | 'issued' | 'notBefore' | 'notAfter' | 'issuer' | 'terms' | 'approvals' | 'status'
>;

export interface RelicenseParts {
  readonly statement: LicenseStatement;
  /** Every file of the bundle but the data, LICENSE.md and the envelope. */
  readonly contents: ReadonlyMap<string, Buffer>;
  readonly license: NewLicense;
  /** Bytes of the old license's envelope and its payload, when the new one stands on it. */
  readonly parent?: { readonly envelope: Buffer; readonly payload: Buffer } | undefined;
  readonly tool: StatementParts['tool'];
  /** Of the issuer's key, 32 bytes. */
  readonly seed: Uint8Array;
}

/** A new license for the data of a bundle: its members as `buildBundle` gives them. Throws as `buildBundle`. */
export function relicenseBundle({ statement, contents, license, parent, tool, seed }: RelicenseParts): Release {
  const { subject, predicate } = statement;
  const { files, privacy, transforms, tables, lineage, id } = predicate;
  const names = new Set(files.map(({ name }) => name));
  const kept = new Map([...contents].filter(([name]) => name !== envelopeName && name !== licenseTextName));
  if (parent !== undefined) kept.set(attestationNameOf(id), parent.envelope);
  return sealBundle({
    contents: kept,
    data: new Map(subject.flatMap(({ name, digest }) => (names.has(name) ? [[name, digest.sha256]] : []))),
    files,
    statement: {
      ...license,
      ...(privacy === undefined ? {} : { privacy }),
      ...(transforms === undefined ? {} : { transforms }),
      ...(tables === undefined ? {} : { tables }),
      lineage: {
        ...lineage,
        parents: parent === undefined ? lineage.parents : [{ id, sha256: sha256Hex(parent.payload) }],
      },
      tool,
    },
    seed,
  });
}

/** Where a license stands as the parent of another. */
function attestationNameOf(id: string): string {
  return `${attestationsFolder}license-${id.slice(-32)}.intoto.json`;
}
