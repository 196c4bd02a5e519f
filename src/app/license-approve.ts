import { join } from 'node:path';
import { fail } from '../base/diagnostic.ts';
import { addSignature, verifyEnvelope } from '../crypto/dsse.ts';
import { stageFile, writeTogether } from '../io/staging.ts';
import type { Terminal } from '../io/terminal.ts';
import { approvedEvent } from '../release/audit/occasions.ts';
import { envelopeName } from '../release/layout.ts';
import { readBack } from '../release/read-back.ts';
import type { LicenseStatement } from '../release/statement.ts';
import { type IssuerTrustRequest, issuerTrust, principalOf, requireIssuer } from './issuer-trust.ts';
import { type LicensedBundle, readContents, withBundle, writeBundle } from './licensed-bundle.ts';
import { readSigner } from './signer.ts';
import { openLogOf } from './state-log.ts';
import { checkPlaces, type Target } from './targets.ts';

export interface ApproveRequest extends IssuerTrustRequest {
  /** A directory or a tar; `-` for a tar on standard input, which needs a target. */
  readonly bundle: string;
  readonly key: string | undefined;
  readonly passphraseFile: string | undefined;
  /** Undefined: the bundle itself. */
  readonly target: Extract<Target, { path: string }> | undefined;
  readonly replace: boolean;
  /** Shows what is approved; false stops. */
  confirm(statement: LicenseStatement): Promise<boolean>;
}

export interface ApproveOutcome {
  readonly license: string;
  /** Id of the approver's key. */
  readonly keyId: string;
  /** Signatures of the envelope now, the issuer's among them. */
  readonly signatures: number;
  readonly threshold: number;
}

/** As many as an envelope may have. */
const maxSignatures = 16;

/**
 * Add a signature to the license of a bundle: over the same bytes, once the issuer's signature and every file were checked, and the audit
 * log has been told. Throws a Failure; then the bundle is as it was.
 */
export async function approveLicense(request: ApproveRequest, terminal: Terminal): Promise<ApproveOutcome> {
  const { bundle: path, target, replace } = request;
  if (target === undefined && path === '-') {
    throw fail('USAGE', 'a bundle from standard input cannot be changed in place', {
      hint: 'say --out DIR or --tar FILE',
    });
  }
  if (target !== undefined) {
    await checkPlaces({ target, report: undefined, replace, reads: path === '-' ? [] : [path], outputs: [] });
  }
  const log = await openLogOf(request.state, terminal);
  const trust = await issuerTrust(request, terminal);
  const { seed, key } = await readSigner(request.key, request.passphraseFile, terminal);
  return withBundle(path, async (bundle) => {
    const { envelope, statement } = bundle;
    const { id, issuer, approvals } = statement.predicate;
    requireIssuer(bundle, trust);
    if (key.keyId === issuer.key) {
      throw fail('KEY', 'this is the key that issued the license, and nobody approves what they issued', {
        hint: 'sign with the key of another person',
      });
    }
    if (verifyEnvelope(envelope, [key]).length > 0) throw fail('KEY', 'this key has signed the license already');
    if (envelope.signatures.length >= maxSignatures) {
      throw fail('LIMIT', `the license has ${maxSignatures} signatures already`);
    }
    if (!(await request.confirm(statement))) {
      throw fail('USAGE', 'the license was not approved', { hint: 'answer `yes`, or say --yes' });
    }
    const approver = { keyId: key.keyId, principal: principalOf(key.keyId, trust) ?? key.principal };
    const record = () => log.append(() => approvedEvent(statement.predicate, approver));
    await write(bundle, addSignature(envelope, seed), path, target, replace, record);
    return {
      license: id,
      keyId: key.keyId,
      signatures: envelope.signatures.length + 1,
      threshold: approvals.threshold,
    };
  });
}

async function write(
  bundle: LicensedBundle,
  envelope: string,
  path: string,
  target: ApproveRequest['target'],
  replace: boolean,
  record: () => Promise<unknown>,
): Promise<void> {
  const bytes = Buffer.from(envelope);
  readBack(bytes, 'the license with one more signature', 'the license has no room left for signatures');
  if (target === undefined && bundle.kind === 'directory') {
    // The one file that changes gets its name by itself: at no moment is the bundle without a license.
    return writeTogether(async (stage) => {
      await stage(stageFile(join(path, envelopeName), true)).write('', [bytes]);
      await record();
    });
  }
  const contents = new Map([...(await readContents(bundle)), [envelopeName, bytes]]);
  const members = [...contents].map(([name, content]) => ({ name, bytes: content }));
  await writeBundle(bundle, members, target ?? { kind: 'tar', path }, target === undefined || replace, record);
}
