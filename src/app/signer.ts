import { fail } from '../base/diagnostic.ts';
import type { VerificationKey } from '../crypto/dsse.ts';
import { publicKeyOf } from '../crypto/ed25519.ts';
import { keyIdOf } from '../crypto/keys.ts';
import { readSigningKey } from '../io/secrets.ts';
import type { Terminal } from '../io/terminal.ts';

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
  const publicKey = publicKeyOf(seed);
  const keyId = keyIdOf(publicKey);
  return { seed, key: { principal: `urn:anon:key:${keyId}`, keyId, publicKey } };
}
