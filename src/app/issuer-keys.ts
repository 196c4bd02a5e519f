import { at, Failure, fail } from '../base/diagnostic.ts';
import { type VerificationKey, verifyEnvelope } from '../crypto/dsse.ts';
import { publicKeyOf } from '../crypto/ed25519.ts';
import { keyIdOf, parsePublicPem } from '../crypto/keys.ts';
import { readFileUpTo } from '../io/files.ts';
import { readSigningKey } from '../io/secrets.ts';
import type { Terminal } from '../io/terminal.ts';
import type { LicensedBundle } from './licensed-bundle.ts';

const maxPemBytes = 64 * 1024;

/** The keys of issuers in PEM files, each a principal of its own. Throws KEY-FORMAT, or why a file cannot be read. */
export async function readIssuerKeys(files: readonly string[]): Promise<VerificationKey[]> {
  const keys: VerificationKey[] = [];
  for (const file of files) {
    const pem = await readFileUpTo(file, maxPemBytes, 'KEY-FORMAT');
    try {
      keys.push(verificationKey(parsePublicPem(pem.toString('utf8'))));
    } catch (error) {
      throw error instanceof Failure ? at(error, { file }) : error;
    }
  }
  return keys;
}

export function verificationKey(publicKey: Buffer): VerificationKey {
  const keyId = keyIdOf(publicKey);
  return { principal: `urn:anon:key:${keyId}`, keyId, publicKey };
}

/** The seed of `--key`, or of the file that ANON_SIGNING_KEY names, and its public key. */
export async function readSigner(
  path: string | undefined,
  passphraseFile: string | undefined,
  terminal: Terminal,
): Promise<{ readonly seed: Buffer; readonly key: VerificationKey }> {
  const file = path ?? terminal.env.ANON_SIGNING_KEY;
  if (file === undefined || file === '') {
    throw fail('KEY-MISSING', 'no signing key was given', { hint: 'say --key FILE, or name it in ANON_SIGNING_KEY' });
  }
  const seed = await readSigningKey(file, terminal, passphraseFile);
  return { seed, key: verificationKey(publicKeyOf(seed)) };
}

/** Throws unless the issuer that the license names is among `keys` and has signed it. */
export function requireIssuer({ envelope, statement }: LicensedBundle, keys: readonly VerificationKey[]): void {
  const { key } = statement.predicate.issuer;
  const named = keys.filter(({ keyId }) => keyId === key);
  if (named.length === 0) {
    throw fail('KEY', `the license is issued with the key ${key}, which is not trusted here`, {
      hint: "give the issuer's public key with --trust, if you have it from the issuer",
    });
  }
  if (verifyEnvelope(envelope, named).length === 0) {
    throw fail('SIGNATURE', 'the license is not signed by the issuer that it names');
  }
}
