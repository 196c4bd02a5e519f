import { type Envelope, type Fits, sha256, signersOf } from './envelope.ts';
import { type Json, refuse, strictJson } from './json.ts';
import { isRevoked, type Revocations } from './revocations.ts';
import { checkStatement } from './statement.ts';
import { isIn, type Trust } from './trust.ts';

/** Who has signed a license: of README.md alone, nothing of `src`. */

/** A license, signed by whomever. */
export interface License {
  readonly envelope: Envelope;
  /** SHA-256 of the payload. */
  readonly sha256: string;
  readonly statement: Json;
}

export function readLicense(envelope: Envelope, fits: Fits): License {
  const statement = strictJson(envelope.payload, 'JSON');
  checkStatement(statement, fits);
  return { envelope, sha256: sha256(envelope.payload), statement };
}

/** The id of the principal. */
export function checkIssuer({ envelope, statement }: License, trust: Trust, now: number): string {
  const { issuer, files } = statement.predicate;
  const signer = signersOf(envelope, trust.keys).find(({ id }) => id === issuer.key) ?? refuse('KEY');
  const foreign = issuer.id !== undefined && issuer.id !== signer.of && trust.principals[issuer.id] !== undefined;
  const { datasets } = trust.principals[signer.of]!;
  const own = files.every(({ name }: Json) => datasets?.some((glob) => matches(name.slice(5), glob)) ?? true);
  return isIn(signer, 'issuer', now) && !foreign && own ? signer.of : refuse('KEY');
}

export function checkApprovals(
  { envelope, statement }: License,
  { trust, list, now }: { readonly trust: Trust; readonly list: Revocations | undefined; readonly now: number },
): void {
  const { approvals, issued, issuer } = statement.predicate;
  const approvers = signersOf(envelope, trust.keys).filter(
    (key) => isIn(key, 'approver', now) && !isRevoked(list, key.id, issued),
  );
  const approved = new Set(approvers.map(({ of }) => of));
  if (approvals.distinctFromIssuer) approved.delete(trust.keys.find(({ id }) => id === issuer.key)?.of ?? '');
  if (approved.size < Math.max(approvals.threshold, trust.approvers)) refuse('THRESHOLD');
}

function matches(name: string, glob: string): boolean {
  const marks: Record<string, string> = { '*': '[^/]*', '?': '[^/]' };
  const form = glob.replace(/[^\p{L}\p{N}_]/gu, (mark) => marks[mark] ?? `\\u{${mark.codePointAt(0)!.toString(16)}}`);
  return new RegExp(`^${form}$`, 'su').test(name);
}
