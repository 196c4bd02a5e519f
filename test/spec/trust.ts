import { type Envelope, type Fits, type Key, readEnvelope, readKey, signersOf } from './envelope.ts';
import { type Json, Refusal, refuse, strictJson } from './json.ts';

/** Whom somebody trusts: of README.md alone, nothing of `src`. */

/** By how much two clocks may differ, in milliseconds. */
export const skew = 300_000;
export const time = (text: string): number => Date.parse(text);

export interface Trusted extends Key {
  /** The principal. */
  readonly of: string;
  readonly roles: readonly string[];
  readonly from: number;
  readonly until: number;
}

export interface Trust {
  readonly keys: readonly Trusted[];
  readonly principals: Readonly<Record<string, { readonly datasets?: readonly string[] }>>;
  readonly approvers: number;
}

export const isIn = ({ roles, from, until }: Trusted, role: string, now: number): boolean =>
  roles.includes(role) && from <= now + skew && now < until;

export function readTrust(bytes: Buffer, now: number, fits: Fits): Trust {
  if (bytes[0] !== 0x7b) {
    const key = readKey(bytes.toString());
    const of = `urn:anon:key:${key.id}`;
    const forever = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };
    return { keys: [{ ...key, ...forever, of, roles: ['issuer'] }], principals: { [of]: {} }, approvers: 0 };
  }
  const { envelope, content } = readDocument('trust', bytes, fits);
  const { issued, expires, principals, thresholds } = content;
  const keys = Object.entries<Json>(principals).flatMap(([of, { keys: pems, roles }]) =>
    pems.map(({ pem, from, until }: Json): Trusted => {
      const bounds = {
        from: from ? time(from) : Number.NEGATIVE_INFINITY,
        until: until ? time(until) : Number.POSITIVE_INFINITY,
      };
      return { ...readKey(pem), ...bounds, of, roles };
    }),
  );
  const roots = signersOf(
    envelope,
    keys.filter((key) => isIn(key, 'root', now)),
  );
  if (new Set(roots.map(({ of }) => of)).size < thresholds.root) refuse('TRUST');
  if (now + skew < time(issued)) refuse('CLOCK');
  if (now >= time(expires)) refuse('TRUST');
  return { keys, principals, approvers: thresholds.approver ?? 0 };
}

export function readDocument(kind: string, bytes: Buffer, fits: Fits): { envelope: Envelope; content: Json } {
  try {
    const envelope = readEnvelope(bytes, fits);
    const content = strictJson(envelope.payload, 'JSON');
    if (envelope.type !== `application/vnd.anon.${kind}+json` || !fits(kind, content)) refuse('NO ANSWER');
    return { envelope, content };
  } catch (error) {
    throw error instanceof Refusal ? new Refusal('NO ANSWER') : error;
  }
}
