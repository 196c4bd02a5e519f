import { type Fits, signersOf } from './envelope.ts';
import type { License } from './issuer.ts';
import { type Json, refuse } from './json.ts';
import { isIn, readDocument, skew, type Trust, time } from './trust.ts';

/** What was taken back: of README.md alone, nothing of `src`. */

export interface Revocations {
  readonly issued: string;
  readonly entries: readonly Json[];
}

export function readRevocations(
  bytes: Buffer | undefined,
  { keys }: Trust,
  now: number,
  fits: Fits,
): Revocations | undefined {
  if (bytes === undefined) return undefined;
  const { envelope, content } = readDocument('revocations', bytes, fits);
  const signers = signersOf(
    envelope,
    keys.filter((key) => isIn(key, 'revoker', now)),
  );
  if (signers.every(({ id }) => isRevoked(content, id, content.issued))) refuse('SIGNATURE');
  if (now + skew < time(content.issued)) refuse('CLOCK');
  if (now >= time(content.expires)) refuse('STALE');
  return content;
}

export function isRevoked(list: Revocations | undefined, key: string, issued: string): boolean {
  return (list?.entries ?? []).some(
    ({ kind, value, at, reason, reinstated }) =>
      kind === 'key' && value === key && !reinstated && (reason !== 'superseded' || issued > at),
  );
}

/** Nothing of the license is in the list. */
export function checkRevoked({ statement, sha256 }: License, list: Revocations | undefined): void {
  const { id, issued, issuer, lineage } = statement.predicate;
  const named = [id, sha256, ...statement.subject.map(({ digest }: Json) => digest.sha256)];
  const above = lineage.parents.flatMap((parent: Json) => [parent.id, parent.sha256]);
  const back = list?.entries.filter(({ kind, reinstated }) => kind !== 'key' && !reinstated) ?? [];
  if (back.some(({ value }) => [...named, ...above].includes(value))) refuse('REVOKED');
  if (isRevoked(list, issuer.key, issued)) refuse('REVOKED');
}

export function checkStatus(license: License, list: Revocations | undefined, now: number): void {
  checkRevoked(license, list);
  const { status } = license.statement.predicate;
  if (status?.required !== true) return;
  if (list === undefined || now - time(list.issued) > lengthOf(status.maxAge)) refuse('STALE');
}

/** Milliseconds of an ISO 8601 duration. A month counts as 30 days, as no license here depends on it. */
export function lengthOf(duration: string): number {
  const units = /^P(?:(\d+)W)?(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(
    duration,
  )!;
  const seconds = [604_800, 31_536_000, 2_592_000, 86_400, 3600, 60, 1];
  return seconds.reduce((sum, unit, i) => sum + 1000 * unit * Number(units[i + 1] ?? 0), 0);
}
