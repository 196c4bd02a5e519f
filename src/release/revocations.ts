import { z } from 'zod';
import { Failure, fail } from '../base/diagnostic.ts';
import { parseInstant } from '../base/time.ts';
import { instant, keyId, text } from '../license/values.ts';
import { keysThatSigned, parseDocument, type SignedDocument } from './signed-document.ts';
import { clockSkewMs } from './time.ts';
import { keysIn, type Trust, type TrustedKey } from './trust.ts';

/** What was taken back: one list, signed by a revoker, that only ever grows. */

export const revocationsPayloadType = 'application/vnd.anon.revocations+json';
export const revocationKinds = ['license', 'key', 'digest'] as const;
/** The one reason that anon gives a meaning: what the key signed before stays good. */
export const superseded = 'superseded';

const licenseForm = /^urn:anon:license:[0-9a-f]{32}$/;
const digestForm = /^[0-9a-f]{64}$/;

const entry = z
  .strictObject({
    kind: z.enum(revocationKinds),
    value: z.string(),
    at: instant,
    reason: text,
    reinstated: z.boolean().default(false),
  })
  .refine(({ kind, value }) => (kind === 'license' ? licenseForm : digestForm).test(value), {
    error: 'must be the id of a license, of a key or a SHA-256 in hex, as `kind` says',
    path: ['value'],
  });

export type Revocation = z.output<typeof entry>;

/** Closed. */
export const revocationsSchema = z
  .strictObject({
    version: z.int().min(1),
    issued: instant,
    expires: instant,
    /** SHA-256 of the payload of the version before; the first has none. */
    previous: keyId.nullable().optional(),
    entries: z.array(entry),
  })
  .refine(({ issued, expires }) => issued < expires, { error: 'must be later than `issued`', path: ['expires'] })
  .refine(({ entries }) => new Set(entries.map(identityOf)).size === entries.length, {
    error: 'must not hold an entry twice',
    path: ['entries'],
  });

export type RevocationsContent = z.output<typeof revocationsSchema>;
export type Revocations = SignedDocument<RevocationsContent>;

/** Throws REVOCATIONS-FORMAT. Says nothing of the signatures: that is for `checkRevoker`. */
export function parseRevocations(bytes: Uint8Array): Revocations {
  return parseDocument(bytes, {
    name: 'a list of revocations',
    payloadType: revocationsPayloadType,
    schema: revocationsSchema,
    code: 'REVOCATIONS-FORMAT',
  });
}

/**
 * Throws SIGNATURE unless a revoker has signed the list with a key that is valid at `now` and that neither the list nor `known` has revoked.
 */
export function checkRevoker(list: Revocations, trust: Trust, now: number, known?: Revocations): void {
  const signers = keysThatSigned(list.envelope, keysIn(trust, 'revoker', now));
  const issued = list.content.issued;
  const entries = [...list.content.entries, ...(known?.content.entries ?? [])];
  if (signers.some(({ keyId }) => findRevokedKey(entries, keyId, issued) === undefined)) return;
  throw fail('SIGNATURE', 'the list of revocations is not signed by a revoker that is trusted');
}

/** Is the list one of those whom this trust lets revoke, at whatever time? One that is not says nothing about later lists. */
export function isOfTrust(list: Revocations, trust: Trust): boolean {
  return keysThatSigned(list.envelope, keysIn(trust, 'revoker', null)).length > 0;
}

/** May `next` stand in the place of `known`? True: it does from now on; false: it is the same. Throws ROLLBACK. */
export function checkSuccession(known: Revocations, next: Revocations): boolean {
  const [from, to] = [known.content.version, next.content.version];
  if (to < from)
    throw fail('ROLLBACK', `the list of revocations is version ${to}, and version ${from} was seen before`);
  if (to === from) {
    if (next.sha256 === known.sha256) return false;
    throw fail('ROLLBACK', `the list of revocations is another version ${to} than the one seen before`);
  }
  if (to === from + 1 && next.content.previous !== known.sha256)
    throw fail('ROLLBACK', `version ${to} of the list of revocations does not follow the version ${from} seen before`);
  const held = new Map(next.content.entries.map((entry) => [identityOf(entry), entry.reinstated]));
  const dropped = known.content.entries.filter((entry) => {
    const reinstated = held.get(identityOf(entry));
    return reinstated === undefined || (entry.reinstated && !reinstated);
  });
  if (dropped.length > 0)
    throw fail('ROLLBACK', `the list of revocations lacks ${dropped.length} of the entries seen before`);
  return true;
}

/** Throws STALE past the list's end and when it is older than `maxAgeMs`, and CLOCK when it is dated ahead. */
export function checkFresh({ content: { issued, expires } }: Revocations, now: number, maxAgeMs: number): void {
  const hint = 'take over a newer list: `anon revocations merge FILE`';
  const age = now - parseInstant(issued)!;
  if (age < -clockSkewMs)
    throw fail('CLOCK', 'the list of revocations is dated ahead of the clock', { hint: 'set the clock' });
  if (now >= parseInstant(expires)!) throw fail('STALE', `the list of revocations ended at ${expires}`, { hint });
  if (age > maxAgeMs) throw fail('STALE', `the list of revocations is of ${issued}, which is too old`, { hint });
}

/** What of a license can be revoked. */
export interface Revocable {
  readonly id: string;
  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly issued: string;
  /** Ids of the keys that it stands on. */
  readonly keys: readonly string[];
  /** SHA-256 in hex: of its payload, and of its files. */
  readonly digests: readonly string[];
  /** Licenses of the data that this was made from; they take it with them. */
  readonly parents: readonly { readonly id: string; readonly sha256: string }[];
}

/** Throws REVOKED, with all that applies. */
export function checkNotRevoked(list: Revocations, license: Revocable): void {
  const { id, keys, digests, parents } = license;
  const valid = list.content.entries.filter(({ reinstated }) => !reinstated);
  const has = (kind: Revocation['kind'], values: readonly string[]): Revocation | undefined =>
    valid.find((entry) => entry.kind === kind && values.includes(entry.value));
  const parentIds = parents.map((parent) => parent.id);
  const parentDigests = parents.map(({ sha256 }) => sha256);
  const found = [
    ['the license was revoked', has('license', [id])],
    ['a license that it stands on was revoked', has('license', parentIds) ?? has('digest', parentDigests)],
    ['its data were revoked', hasDigest(valid, digests)],
    ...keys.map((key) => ['the key that signed it was revoked', findRevokedKey(valid, key, license.issued)] as const),
  ] as const;
  const problems = found.flatMap(([what, entry]) =>
    entry === undefined ? [] : [{ code: 'REVOKED' as const, message: `${what} at ${entry.at}: ${entry.reason}` }],
  );
  if (problems.length > 0) throw new Failure(problems);
}

/** The entry that voids what the key signed at `issued`. */
export function findRevokedKey(entries: readonly Revocation[], keyId: string, issued: string): Revocation | undefined {
  return entries.find(
    ({ kind, value, reinstated, reason, at }) =>
      kind === 'key' && value === keyId && !reinstated && (reason !== superseded || issued > at),
  );
}

/** The keys without those that are revoked for what is signed at `issued`. */
export function withoutRevoked(
  keys: readonly TrustedKey[],
  list: Revocations | undefined,
  issued: string,
): readonly TrustedKey[] {
  if (list === undefined) return keys;
  return keys.filter(({ keyId }) => findRevokedKey(list.content.entries, keyId, issued) === undefined);
}

function hasDigest(entries: readonly Revocation[], digests: readonly string[]): Revocation | undefined {
  const own = new Set(digests);
  return entries.find(({ kind, value }) => kind === 'digest' && own.has(value));
}

/** Taken back twice is two entries: the first is reinstated, the second has a time of its own. */
function identityOf({ kind, value, at, reason }: Pick<Revocation, 'kind' | 'value' | 'at' | 'reason'>): string {
  return JSON.stringify([kind, value, at, reason]);
}
