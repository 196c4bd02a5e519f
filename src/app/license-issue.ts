import { fail } from '../base/diagnostic.ts';
import { formatInstant, parseInstant } from '../base/time.ts';
import { tool } from '../base/version.ts';
import type { VerificationKey } from '../crypto/dsse.ts';
import type { Terminal } from '../io/terminal.ts';
import { issuedEvent, renewedEvent } from '../release/audit/occasions.ts';
import { memoryBundle } from '../release/bundle-source.ts';
import { checkLineage } from '../release/lineage.ts';
import { type NewLicense, relicenseBundle } from '../release/relicense.ts';
import type { LicensePredicate } from '../release/statement.ts';
import { trustOfKey } from '../release/trust.ts';
import { issuedAt } from './issued-at.ts';
import { anyIssuerTrust, type IssuerTrustRequest, issuerKeys, requireIssuer } from './issuer-trust.ts';
import { readLicenseTerms, type TermsOrigin } from './license-section.ts';
import { readContents, withBundle, writeBundle } from './licensed-bundle.ts';
import { readSigner } from './signer.ts';
import { openLogOf } from './state-log.ts';
import { checkPlaces, type Target } from './targets.ts';

/** Which bundle, who signs, and where the new bundle goes. */
export interface RelicenseRequest extends IssuerTrustRequest {
  /** A directory, a tar, or `-` for a tar on standard input. */
  readonly bundle: string;
  readonly key: string | undefined;
  readonly passphraseFile: string | undefined;
  readonly target: Extract<Target, { path: string }>;
  readonly replace: boolean;
}

export interface IssueRequest extends RelicenseRequest {
  readonly from: TermsOrigin;
}

export interface IssueOutcome {
  /** Id of the new license, and of the one that the bundle had. */
  readonly license: string;
  readonly before: string;
  /** The new license stands on the old one. */
  readonly sublicense: boolean;
  readonly notAfter: string;
}

/**
 * A new license for the data of a bundle. Its issuer gives new terms; somebody else gives a sublicense, which the old license has to
 * allow. Throws a Failure; then there is no output.
 */
export async function issueLicense(request: IssueRequest, terminal: Terminal): Promise<IssueOutcome> {
  const { licensor, title, ...terms } = await readLicenseTerms(request.from);
  const { from } = request;
  const reads = ['policy' in from ? from.policy : from.terms];
  return relicense(request, terminal, reads, false, ({ predicate, signer }) => ({
    ...terms,
    title: title ?? predicate.title,
    issuer: { ...licensor, id: licensor.id ?? `urn:anon:key:${signer.keyId}` },
  }));
}

interface Occasion {
  readonly predicate: LicensePredicate;
  readonly signer: VerificationKey;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly issued: number;
}

/**
 * Check the bundle, make the license that `license` says for it, and write both, once the audit log has been told. `reads`: further files
 * that were read.
 */
export async function relicense(
  request: RelicenseRequest,
  terminal: Terminal,
  reads: readonly string[],
  renews: boolean,
  license: (occasion: Occasion) => Omit<NewLicense, 'issued'>,
): Promise<IssueOutcome> {
  const { bundle: path, key, passphraseFile, trust, target, replace, state } = request;
  const files = [...reads, ...(path === '-' ? [] : [path]), ...(key === undefined ? [] : [key]), ...trust];
  await checkPlaces({ target, report: undefined, replace, reads: files, outputs: [] });
  const { seed, key: signer } = await readSigner(key, passphraseFile, terminal);
  const log = await openLogOf(state, terminal);
  return withBundle(path, async (bundle) => {
    const { predicate } = bundle.statement;
    const own = predicate.issuer.key === signer.keyId;
    const self = { trusts: [trustOfKey(signer.publicKey)], now: terminal.now() };
    // Who signs alone need not say whom they trust; who is named by a trust file has a name there.
    const alone = own && predicate.lineage.parents.length === 0 && trust.length === 0;
    const others = alone ? self : await anyIssuerTrust(request, terminal);
    const trusted = { ...others, trusts: [...others.trusts, ...self.trusts] };
    requireIssuer(bundle, own ? self : trusted);
    const issued = issuedBehind(predicate, issuedAt(terminal));
    const sublicense = !own;
    const release = relicenseBundle({
      statement: bundle.statement,
      contents: await readContents(bundle),
      license: { ...license({ predicate, signer, issued }), issued: formatInstant(issued) },
      parent: sublicense ? { envelope: bundle.envelopeBytes, payload: bundle.envelope.payload } : undefined,
      tool,
      seed,
    });
    const made = release.statement;
    if (issued >= parseInstant(made.predicate.notAfter)!) {
      throw fail('EXPIRED', `the new license would have ended at ${made.predicate.notAfter}`);
    }
    const members = memoryBundle(new Map(release.members.map(({ name, bytes }) => [name, bytes])));
    await checkLineage(made, members, { keys: issuerKeys(trusted), now: terminal.now() });
    const event = renews ? renewedEvent(made.predicate, predicate.id) : issuedEvent(made.predicate);
    await writeBundle(bundle, release.members, target, replace, () => log.append(() => event));
    const { id, notAfter } = made.predicate;
    return { license: id, before: predicate.id, sublicense, notAfter };
  });
}

/** The id of a license is made from when it was issued, among others: no two of the same data in one second. */
function issuedBehind(before: LicensePredicate, now: number): number {
  const earlier = parseInstant(before.issued)!;
  return now === earlier ? now + 1000 : now;
}
