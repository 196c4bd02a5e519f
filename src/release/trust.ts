import { z } from 'zod';
import { Failure, fail } from '../base/diagnostic.ts';
import { parseInstant } from '../base/time.ts';
import type { VerificationKey } from '../crypto/dsse.ts';
import { keyIdOf, parsePublicPem, writePublicPem } from '../crypto/keys.ts';
import { instant, setOf, text } from '../license/values.ts';
import type { Finding } from './answer.ts';
import { parseDocument, type SignedDocument } from './signed-document.ts';
import { clockSkewMs } from './time.ts';

/** Whom a recipient believes: principals, their keys, and what each may sign. */

export const trustPayloadType = 'application/vnd.anon.trust+json';
export const trustRoles = ['root', 'issuer', 'approver', 'revoker', 'auditor', 'recipient'] as const;
export type TrustRole = (typeof trustRoles)[number];

const maxKeys = 64;
const count = z.int().min(1).max(maxKeys);

const pem = z.string().superRefine((value, context) => {
  try {
    parsePublicPem(value);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // No refinement of the whole looks at what is no key.
    context.addIssue({ code: 'custom', message: error.message, continue: false });
  }
});

const key = z
  .strictObject({ pem, from: instant.optional(), until: instant.optional() })
  .refine(({ from, until }) => from === undefined || until === undefined || from < until, {
    error: 'must be later than `from`',
    path: ['until'],
  });

const principal = z.strictObject({
  name: text,
  keys: z.array(key).min(1, 'must not be empty'),
  roles: setOf(z.enum(trustRoles)),
  /** Globs, anchored, over the names of data files without `data/`; without it an issuer may license any. */
  datasets: setOf(text).optional(),
});

/** Closed. Keys that stand there twice, and a threshold that its roots can never reach, are refused. */
export const trustSchema = z
  .strictObject({
    version: z.int().min(1),
    issued: instant,
    expires: instant,
    principals: z.record(text, principal),
    thresholds: z.strictObject({ root: count, approver: z.int().min(0).max(maxKeys).optional() }),
  })
  .superRefine((value, context) => {
    for (const message of problemsOf(value)) context.addIssue({ code: 'custom', message });
  });

/** The payload of a trust file. */
export type TrustContent = z.output<typeof trustSchema>;

export interface TrustedKey extends VerificationKey {
  /** The key is valid in from ≤ now < until; milliseconds, null: no bound. */
  readonly from: number | null;
  readonly until: number | null;
}

export interface Principal {
  readonly id: string;
  readonly name: string;
  readonly roles: ReadonlySet<TrustRole>;
  /** Globs; undefined: any data file. */
  readonly datasets: readonly string[] | undefined;
  readonly keys: readonly TrustedKey[];
}

export interface Trust {
  /** 0: made from a single key. */
  readonly version: number;
  /** Milliseconds; undefined for a single key, which says nothing of time. */
  readonly issued: number | undefined;
  readonly expires: number | undefined;
  readonly principals: ReadonlyMap<string, Principal>;
  /** Of distinct principals. */
  readonly thresholds: { readonly root: number; readonly approver: number };
  /** Of all principals. */
  readonly keys: readonly TrustedKey[];
}

export interface TrustFile extends SignedDocument<TrustContent> {
  readonly trust: Trust;
}

/** Throws TRUST-FORMAT. Says nothing of the signatures: that is for `checkRoots` and `checkUpdate`. */
export function parseTrust(bytes: Uint8Array): TrustFile {
  const document = parseDocument(bytes, {
    name: 'a trust file',
    payloadType: trustPayloadType,
    schema: trustSchema,
    code: 'TRUST-FORMAT',
  });
  return { ...document, trust: trustOf(document.content) };
}

/** Whom a key speaks for of which nothing else is known. */
export function principalOfKey(keyId: string): string {
  return `urn:anon:key:${keyId}`;
}

/** Trust in one issuer, and in nobody for anything else. */
export function trustOfKey(publicKey: Buffer): Trust {
  const keyId = keyIdOf(publicKey);
  const id = principalOfKey(keyId);
  const keys = [{ principal: id, keyId, publicKey, from: null, until: null }];
  const issuer: Principal = { id, name: id, roles: new Set(['issuer']), datasets: undefined, keys };
  return {
    version: 0,
    issued: undefined,
    expires: undefined,
    principals: new Map([[id, issuer]]),
    thresholds: { root: 1, approver: 0 },
    keys,
  };
}

export function trustOf({ version, issued, expires, principals, thresholds }: TrustContent): Trust {
  const all = Object.entries(principals).map(([id, { name, roles, datasets, keys }]): Principal => {
    const trusted = keys.map(({ pem, from, until }): TrustedKey => {
      const publicKey = parsePublicPem(pem);
      return { principal: id, keyId: keyIdOf(publicKey), publicKey, from: timeOf(from), until: timeOf(until) };
    });
    return { id, name, roles: new Set(roles), datasets, keys: trusted };
  });
  return {
    version,
    issued: parseInstant(issued)!,
    expires: parseInstant(expires)!,
    principals: new Map(all.map((one) => [one.id, one])),
    thresholds: { root: thresholds.root, approver: thresholds.approver ?? 0 },
    keys: all.flatMap(({ keys }) => keys),
  };
}

/** Throws TRUST past the file's end, and CLOCK before its beginning: it was signed by those who are trusted, so the clock is wrong. */
export function checkTrustTime({ version, issued, expires }: Trust, now: number): Finding<void> {
  if (issued !== undefined && now + clockSkewMs < issued)
    throw fail('CLOCK', 'the trust file is dated ahead of the clock', { hint: 'set the clock' });
  if (expires !== undefined && now >= expires)
    throw fail('TRUST', 'the trust file has expired', { hint: 'take over its next version: `anon trust update FILE`' });
  return { value: undefined, detail: version === 0 ? 'one key, as issuer' : `version ${version}` };
}

/** Keys of principals in a role; those valid at `now`, or with null all. */
export function keysIn({ keys, principals }: Trust, role: TrustRole, now: number | null): TrustedKey[] {
  return keys.filter((key) => principals.get(key.principal)!.roles.has(role) && (now === null || isValidAt(key, now)));
}

export function isValidAt({ from, until }: TrustedKey, now: number): boolean {
  return (from === null || from <= now + clockSkewMs) && (until === null || now < until);
}

function timeOf(instant: string | undefined): number | null {
  return instant === undefined ? null : parseInstant(instant)!;
}

function problemsOf({ issued, expires, principals, thresholds }: TrustContent): string[] {
  const problems: string[] = [];
  const all = Object.values(principals);
  const pems = all.flatMap(({ keys }) => keys.map(({ pem }) => writePublicPem(parsePublicPem(pem))));
  const roots = all.filter(({ roles }) => roles.includes('root')).length;
  if (issued >= expires) problems.push('`expires` must be later than `issued`');
  if (pems.length > maxKeys) problems.push(`there are more than ${maxKeys} keys`);
  if (new Set(pems).size < pems.length) problems.push('a key stands there twice: it belongs to one principal, once');
  if (thresholds.root > roots) problems.push('`thresholds.root` is more than there are principals in the role root');
  return problems;
}
