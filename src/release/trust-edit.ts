import { fail } from '../base/diagnostic.ts';
import { formatInstant } from '../base/time.ts';
import { encodeBase64 } from '../crypto/base64.ts';
import { type Envelope, pae } from '../crypto/dsse.ts';
import { publicKeyOf, signEd25519 } from '../crypto/ed25519.ts';
import { keyIdOf, parsePublicPem } from '../crypto/keys.ts';
import { readContent } from './signed-document.ts';
import { sortedJson } from './statement.ts';
import { type TrustContent, type TrustRole, trustSchema } from './trust.ts';

/** What makes a version of trust out of the one before. None of these signs. */

export interface TrustedParty {
  readonly id: string;
  readonly name?: string | undefined;
  /** Public keys; none: those that are there stay. */
  readonly pems: readonly string[];
  readonly roles: readonly TrustRole[];
  readonly datasets?: readonly string[] | undefined;
  /** `YYYY-MM-DDTHH:MM:SSZ`, of the keys given. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/** The content of the version after `current`, dated `now`. */
export function nextTrust(
  current: TrustContent,
  change: Partial<Pick<TrustContent, 'principals' | 'thresholds' | 'expires'>>,
  now: number,
): TrustContent {
  return checked({ ...current, ...change, version: current.version + 1, issued: formatInstant(now) });
}

/** Version 1. */
export function firstTrust(
  parties: readonly TrustedParty[],
  thresholds: TrustContent['thresholds'],
  now: number,
  expires: string,
): TrustContent {
  const principals = parties.reduce<TrustContent['principals']>((all, party) => withParty(all, party), {});
  return checked({ version: 1, issued: formatInstant(now), expires, principals, thresholds });
}

/** A principal that is there already keeps what it has: keys, roles and globs are added to it. */
export function withParty(all: TrustContent['principals'], party: TrustedParty): TrustContent['principals'] {
  const { id, name, pems, roles, datasets, from, until } = party;
  const known = Object.hasOwn(all, id) ? all[id] : undefined;
  const window = { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
  const globs = union(known?.datasets, datasets);
  return {
    ...all,
    [id]: {
      name: name ?? known?.name ?? id,
      keys: [...(known?.keys ?? []), ...pems.map((pem) => ({ pem, ...window }))],
      roles: union(known?.roles, roles) ?? [],
      ...(globs === undefined ? {} : { datasets: globs }),
    },
  };
}

export function withoutParty(all: TrustContent['principals'], id: string): TrustContent['principals'] {
  if (!Object.hasOwn(all, id)) throw fail('USAGE', 'the trust file has no principal of that id');
  return Object.fromEntries(Object.entries(all).filter(([other]) => other !== id));
}

/** A principal without keys is left out with its last one. */
export function withoutKey(all: TrustContent['principals'], keyId: string): TrustContent['principals'] {
  holderOf(all, keyId);
  return Object.fromEntries(
    Object.entries(all).flatMap(([id, principal]) => {
      const keys = principal.keys.filter((key) => keyIdIn(key) !== keyId);
      return keys.length === 0 ? [] : [[id, { ...principal, keys }]];
    }),
  );
}

/** `pem` takes over from the key; that one is left out, or with `until` is valid until then. */
export function withRotated(
  all: TrustContent['principals'],
  keyId: string,
  pem: string,
  until: string | undefined,
): TrustContent['principals'] {
  const id = holderOf(all, keyId);
  const principal = all[id]!;
  const keys = principal.keys.flatMap((key) => {
    if (keyIdIn(key) !== keyId) return [key];
    return until === undefined ? [] : [{ ...key, until }];
  });
  return { ...all, [id]: { ...principal, keys: [...keys, { pem }] } };
}

/** The payload: members in the order of their names, no white space. */
export function writeContent(content: object): Buffer {
  return Buffer.from(sortedJson(content));
}

/** The envelope with a signature by each seed, behind those that are there; a key that has signed already does so once. */
export function signAlso({ payloadType, payload, signatures }: Envelope, seeds: readonly Uint8Array[]): string {
  const added = seeds.map((seed) => ({
    keyid: keyIdOf(publicKeyOf(seed)),
    sig: signEd25519(pae(payloadType, payload), seed),
  }));
  const fresh = added.filter(({ sig }) => !signatures.some((other) => other.sig.equals(sig)));
  const all = [...signatures, ...fresh].map(({ sig, ...rest }) => ({ ...rest, sig: encodeBase64(sig) }));
  return `${JSON.stringify({ payloadType, payload: encodeBase64(payload), signatures: all })}\n`;
}

function checked(content: unknown): TrustContent {
  return readContent(content, { name: 'the trust file', schema: trustSchema, code: 'USAGE' });
}

function holderOf(all: TrustContent['principals'], keyId: string): string {
  const holder = Object.entries(all).find(([, { keys }]) => keys.some((key) => keyIdIn(key) === keyId));
  if (holder === undefined) throw fail('USAGE', 'the trust file has no such key');
  return holder[0];
}

function keyIdIn({ pem }: { readonly pem: string }): string {
  return keyIdOf(parsePublicPem(pem));
}

function union<T>(a: readonly T[] | undefined, b: readonly T[] | undefined): T[] | undefined {
  return a === undefined && b === undefined ? undefined : [...new Set([...(a ?? []), ...(b ?? [])])];
}
