import { stat } from 'node:fs/promises';
import { at, Failure } from '../base/diagnostic.ts';
import { parseStrictJson } from '../base/strict-json.ts';
import { type Envelope, parseEnvelope } from '../crypto/dsse.ts';
import { openBundle } from '../io/bundle-files.ts';
import { readFileUpTo } from '../io/files.ts';
import { readWhole } from '../release/bundle-source.ts';
import { checkPayloadType } from '../release/checks.ts';
import { envelopeName } from '../release/layout.ts';
import { type LicenseStatement, parseStatement } from '../release/statement.ts';

export interface ShownLicense {
  readonly statement: LicenseStatement;
  /** As the envelope names them, which proves nothing; undefined where it names none. */
  readonly signatures: readonly { readonly keyId: string | undefined }[];
}

const maxEnvelopeBytes = 4 << 20;

/**
 * What a license says: that of a bundle (directory, tar, `-`), or an envelope in a file of its own. Nothing is verified. Throws a Failure
 * when it is no license.
 */
export async function readLicense(path: string): Promise<ShownLicense> {
  try {
    const envelope = parseEnvelope(await readEnvelopeBytes(path));
    checkPayloadType(envelope);
    return { statement: parseStatement(parseStrictJson(envelope.payload)), signatures: signaturesOf(envelope) };
  } catch (error) {
    throw error instanceof Failure ? at(error, { file: path }) : error;
  }
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
