import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { at, Failure } from '../base/diagnostic.ts';
import { parseStrictJson } from '../base/strict-json.ts';
import { type Envelope, parseEnvelope } from '../crypto/dsse.ts';
import { openBundle } from '../io/bundle-files.ts';
import { readFileUpTo } from '../io/files.ts';
import { stateFolder } from '../io/state.ts';
import type { Terminal } from '../io/terminal.ts';
import { readWhole } from '../release/bundle-source.ts';
import { checkPayloadType } from '../release/checks.ts';
import { envelopeName } from '../release/layout.ts';
import { keysThatSigned } from '../release/signed-document.ts';
import { type LicenseStatement, parseStatement } from '../release/statement.ts';
import { isValidAt } from '../release/trust.ts';
import { anyIssuerTrust, type IssuerTrust, type IssuerTrustRequest } from './issuer-trust.ts';

export interface ShownLicense {
  readonly statement: LicenseStatement;
  /** As the envelope names them, which proves nothing; undefined where it names none. */
  readonly signatures: readonly { readonly keyId: string | undefined }[];
  /** Principals whose signature was verified: issuers, and the other principals of trust files; null: nobody is trusted here. */
  readonly signers: readonly string[] | null;
}

const maxEnvelopeBytes = 4 << 20;

/**
 * What a license says: that of a bundle (directory, tar, `-`), or an envelope in a file of its own. Nothing but its signatures is verified,
 * and they only by whom is trusted here. Throws a Failure when it is no license.
 */
export async function readLicense(
  path: string,
  request: IssuerTrustRequest,
  terminal: Terminal,
): Promise<ShownLicense> {
  const trust = await shownTrust(request, terminal);
  try {
    const envelope = parseEnvelope(await readEnvelopeBytes(path));
    checkPayloadType(envelope);
    const statement = parseStatement(parseStrictJson(envelope.payload));
    return { statement, signatures: signaturesOf(envelope), signers: trust && signersOf(envelope, trust) };
  } catch (error) {
    throw error instanceof Failure ? at(error, { file: path }) : error;
  }
}

/** Null: nobody was named, and nothing adopted. To look at a license makes no state. */
async function shownTrust(request: IssuerTrustRequest, terminal: Terminal): Promise<IssuerTrust | null> {
  if (request.trust.length === 0 && !existsSync(request.state ?? stateFolder(terminal.env))) return null;
  const trust = await anyIssuerTrust(request, terminal);
  return trust.trusts.length === 0 ? null : trust;
}

function signersOf(envelope: Envelope, { trusts, now }: IssuerTrust): string[] {
  const valid = trusts.flatMap(({ keys }) => keys.filter((key) => isValidAt(key, now)));
  return [...new Set(keysThatSigned(envelope, valid).map(({ principal }) => principal))];
}

async function readEnvelopeBytes(path: string): Promise<Buffer> {
  if (path !== '-' && (await looksLikeEnvelope(path))) return readFileUpTo(path, maxEnvelopeBytes, 'LIMIT');
  const { source, close } = await openBundle(path);
  try {
    await source.list();
    return await readWhole(source, envelopeName, maxEnvelopeBytes);
  } finally {
    await close();
  }
}

/** A tar begins with the name of its first file, and JSON with a brace. */
async function looksLikeEnvelope(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true && !path.endsWith('.tar') && found.size <= maxEnvelopeBytes
    ? /^\s*\{/.test((await readFileUpTo(path, maxEnvelopeBytes, 'LIMIT')).subarray(0, 64).toString('latin1'))
    : false;
}

function signaturesOf({ signatures }: Envelope): ShownLicense['signatures'] {
  return signatures.map(({ keyid }) => ({ keyId: keyid }));
}
