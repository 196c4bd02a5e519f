import { fail } from '../base/diagnostic.ts';
import { formatInstant } from '../base/time.ts';
import type { Envelope } from '../crypto/dsse.ts';
import type { StatedUse } from '../license/use.ts';
import type { Finding } from './answer.ts';
import { findRevokedKey, type Revocations } from './revocations.ts';
import { keysThatSigned } from './signed-document.ts';
import type { LicensePredicate } from './statement.ts';
import { keysIn, type Trust } from './trust.ts';

export const contextPayloadType = 'application/vnd.anon.context+json';

/** What the envelope of a stated use is held against. */
export interface ContextFacts {
  /** Undefined: the use is stated by flags or in a plain file. */
  readonly envelope: Envelope | undefined;
  readonly use: StatedUse;
  readonly trust: Trust;
  readonly revocations: Revocations | undefined;
  /** Milliseconds. */
  readonly now: number;
}

/**
 * Has the licensee signed the stated use? By the key that the license names; where it names none, by a key of the recipient that the use
 * states as its organization. Throws PAYLOADTYPE, SIGNATURE, REVOKED or TERMS. False for a use that is not signed, or by an organization of which
 * nobody trusts a key: then it is asserted, if the license takes that.
 */
export function checkContext({ terms }: LicensePredicate, facts: ContextFacts): Finding<boolean> {
  const { envelope, use, trust, revocations, now } = facts;
  if (envelope === undefined) return { value: false, detail: 'the use is stated without a signature' };
  if (envelope.payloadType !== contextPayloadType)
    throw fail('PAYLOADTYPE', 'the envelope of the stated use holds something else');
  const named = terms.licensee.key;
  const recipients = keysIn(trust, 'recipient', now);
  const keys = recipients.filter(({ keyId, principal }) =>
    named === undefined ? principal === use.organization : keyId === named,
  );
  const signers = keysThatSigned(envelope, keys);
  const stated = use.issued ?? formatInstant(now);
  const good = signers.filter(
    ({ keyId }) => findRevokedKey(revocations?.content.entries ?? [], keyId, stated) === undefined,
  );
  if (good.length > 0) {
    checkBounds(use);
    return { value: true, detail: `the use is signed by ${good[0]!.principal} with the key ${good[0]!.keyId}` };
  }
  if (signers.length > 0) throw fail('REVOKED', 'the key that signed the stated use was revoked');
  if (named === undefined && keysIn(trust, 'recipient', null).every(({ principal }) => principal !== use.organization))
    return { value: false, detail: 'the use is signed, but no key of its organization is trusted' };
  throw fail(
    'SIGNATURE',
    named === undefined
      ? 'the stated use is not signed with a valid key of its organization'
      : "the stated use is not signed with the licensee's key, or that key is not trusted as a recipient's and valid now",
  );
}

/** Whoever came by a signed use that is for no license, or has no end, could show it anywhere and for ever. Throws TERMS. */
function checkBounds({ audience, expires }: StatedUse): void {
  const lacking = [
    ...(audience === undefined ? ['`audience`, the id of a license or *'] : []),
    ...(expires === undefined ? ['`expires`'] : []),
  ];
  if (lacking.length > 0)
    throw fail('TERMS', `the stated use is signed, and lacks ${lacking.join(' and ')}`, {
      hint: '`anon context sign` states both',
    });
}
