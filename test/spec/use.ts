import { type Fits, signersOf } from './envelope.ts';
import { type Json, refuse } from './json.ts';
import { isRevoked, type Revocations } from './revocations.ts';
import { isIn, readDocument, skew, type Trust, time } from './trust.ts';

/** A stated use, and what the terms say of it: of README.md alone, nothing of `src`. */

interface Stated {
  readonly context: Json;
  readonly terms: Json;
  readonly trust: Trust;
  readonly entries: Revocations | undefined;
  readonly now: number;
  readonly fits: Fits;
}

export function readUse({ context, terms, trust, entries, now, fits }: Stated): { use: Json; signed: boolean } {
  if (context.payloadType === undefined) return { use: context, signed: false };
  const { envelope, content: use } = readDocument('context', Buffer.from(JSON.stringify(context)), fits);
  const { key } = terms.licensee;
  const named = trust.keys.filter((one) => (key === undefined ? one.of === use.organization : one.id === key));
  const signers = signersOf(
    envelope,
    named.filter((one) => isIn(one, 'recipient', now)),
  );
  if (signers.length === 0) {
    if (key === undefined && !named.some(({ roles }) => roles.includes('recipient'))) return { use, signed: false };
    refuse('SIGNATURE');
  }
  if (signers.every(({ id }) => isRevoked(entries, id, use.issued))) refuse('REVOKED');
  return use.audience === undefined || use.expires === undefined ? refuse('TERMS') : { use, signed: true };
}

interface Decision {
  readonly terms: Json;
  readonly id: string;
  readonly use: Json;
  readonly signed: boolean;
  readonly now: number;
  readonly broader: Broader;
}

export function checkTerms({ terms, id, use, signed, now, broader }: Decision): void {
  const { licensee, permissions, prohibitions = [], purposes, regions, projects, safeguards = [], limits } = terms;
  const { action = 'use', audience = '*', issued, expires } = use;
  if (![id, '*'].includes(audience)) refuse('TERMS');
  if (issued !== undefined && time(issued) > now + skew) refuse('NOTYET');
  if (expires !== undefined && now >= time(expires)) refuse('EXPIRED');
  const holds = [
    use.organization === licensee.id,
    licensee.users?.includes(use.user) ?? true,
    licensee.key === undefined || signed,
    permissions.includes(action) && !prohibitions.includes(action),
    purposes === undefined || (use.purpose !== undefined && isWithin(use.purpose, purposes, broader)),
    regions === undefined || countriesOf(regions).includes(use.region),
    projects?.includes(use.project) ?? true,
    safeguards.every((safeguard: string) => use.safeguards?.includes(safeguard)),
  ];
  if (!holds.every(Boolean)) refuse('TERMS');
  if (limits !== undefined) refuse('QUOTA');
  if ((terms.duties ?? []).some(({ deleteBy }: Json) => deleteBy !== undefined && now >= time(deleteBy)))
    refuse('EXPIRED');
}

/** Of each purpose, the broader ones. */
export type Broader = Readonly<Record<string, readonly string[]>>;

/** Is the purpose one of these, or narrower? */
export function isWithin(purpose: string, licensed: readonly string[], broader: Broader): boolean {
  return licensed.includes(purpose) || (broader[purpose] ?? []).some((one) => isWithin(one, licensed, broader));
}

export function countriesOf(regions: readonly string[]): string[] {
  return regions.flatMap((region) => groups[region] ?? [region]);
}

const eu = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');
const groups: Readonly<Record<string, readonly string[]>> = { EU: eu, EEA: [...eu, 'IS', 'LI', 'NO'] };
