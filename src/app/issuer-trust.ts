import { Failure, fail } from '../base/diagnostic.ts';
import { type VerificationKey, verifyEnvelope } from '../crypto/dsse.ts';
import { openState, type State, stateFolder } from '../io/state.ts';
import type { Terminal } from '../io/terminal.ts';
import { checkIssuer, checkSignature } from '../release/checks.ts';
import { keysIn, type Trust } from '../release/trust.ts';
import { believedTime } from './clock.ts';
import { findTrust } from './find-trust.ts';
import type { LicensedBundle } from './licensed-bundle.ts';
import { adoptedTrust } from './trust-store.ts';

/** Whom who works on licenses trusts, as `verify` asks it, with more than one file. */
export interface IssuerTrustRequest {
  /** Public keys of issuers, and trust files; none: the trust that was adopted. */
  readonly trust: readonly string[];
  /** Folder of the state; undefined: that of the user. */
  readonly state?: string | undefined;
}

export interface IssuerTrust {
  readonly trusts: readonly Trust[];
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number;
}

/** What is named, or else what was adopted; throws what `findTrust` does, USAGE where there is neither. */
export async function issuerTrust(request: IssuerTrustRequest, terminal: Terminal): Promise<IssuerTrust> {
  const state = await stateOf(request, terminal);
  const { value: now } = await believedTime(state, terminal.now());
  const files = request.trust.length === 0 ? [undefined] : request.trust;
  const trusts: Trust[] = [];
  for (const file of files) trusts.push((await findTrust(file, state, now)).value);
  return { trusts, now };
}

/** The same, where there need be none. */
export async function anyIssuerTrust(request: IssuerTrustRequest, terminal: Terminal): Promise<IssuerTrust> {
  const named = request.trust.length > 0 || (await adoptedTrust(await stateOf(request, terminal))) !== null;
  return named ? issuerTrust(request, terminal) : { trusts: [], now: terminal.now() };
}

/** Keys of the issuers that are trusted now, each once. */
export function issuerKeys({ trusts, now }: IssuerTrust): VerificationKey[] {
  const keys = trusts.flatMap((trust) => keysIn(trust, 'issuer', now));
  return [...new Map(keys.map((key) => [key.keyId, key])).values()];
}

/** The principal that a key is of, by the first trust that knows it. */
export function principalOf(keyId: string, { trusts }: IssuerTrust): string | undefined {
  return trusts.flatMap(({ keys }) => keys).find((key) => key.keyId === keyId)?.principal;
}

/** Throws KEY or SIGNATURE unless the issuer that the license names has signed it, and one of the trusts takes it for an issuer of its data. */
export function requireIssuer({ envelope, statement }: LicensedBundle, { trusts, now }: IssuerTrust): void {
  const { predicate } = statement;
  const { key } = predicate.issuer;
  const knowing = trusts.filter(({ keys }) => keys.some(({ keyId }) => keyId === key));
  const named = knowing.flatMap(({ keys }) => keys.filter(({ keyId }) => keyId === key));
  if (named.length === 0) {
    throw fail('KEY', `the license is issued with the key ${key}, which is not trusted here`, {
      hint: "give the issuer's public key with --trust, if you have it from the issuer",
    });
  }
  if (verifyEnvelope(envelope, named.slice(0, 1)).length === 0) {
    throw fail('SIGNATURE', 'the license is not signed by the issuer that it names');
  }
  const refusals: Failure[] = [];
  for (const trust of knowing) {
    try {
      checkIssuer(predicate, checkSignature(envelope, trust).value, trust, now);
      return;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      refusals.push(error);
    }
  }
  throw refusals[0]!;
}

function stateOf({ state }: IssuerTrustRequest, { env }: Terminal): Promise<State> {
  return openState(state ?? stateFolder(env));
}
