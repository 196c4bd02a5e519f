import { randomBytes } from 'node:crypto';
import { Failure, fail } from '../base/diagnostic.ts';
import { publicKeyOf } from '../crypto/ed25519.ts';
import { isEncryptedPem, keyIdOf, parsePublicPem, writePrivatePem, writePublicPem } from '../crypto/keys.ts';
import { readFileUpTo } from '../io/files.ts';
import { readPassphrase, readSigningKey } from '../io/secrets.ts';
import { stageFile, writeTogether } from '../io/staging.ts';
import { checkTarget } from '../io/target.ts';
import type { Terminal } from '../io/terminal.ts';

export interface GenerateRequest {
  /** Where the private or secret key goes; a public key goes beside it, as `.pub`. */
  readonly path: string;
  readonly type: 'signing' | 'pseudonym';
  readonly passphraseFile: string | undefined;
  /** Write the private key as it is. */
  readonly plain: boolean;
}

export interface GeneratedKey {
  readonly files: readonly string[];
  /** Undefined for a pseudonym key, which has no public part. */
  readonly keyId: string | undefined;
}

/** Make a key and write it where nothing stood before. */
export async function generateKey(request: GenerateRequest, terminal: Terminal): Promise<GeneratedKey> {
  const { path } = request;
  const secret = randomBytes(32);
  if (request.type === 'pseudonym') {
    await writeNew([[path, `${secret.toString('base64')}\n`, 0o600]]);
    return { files: [path], keyId: undefined };
  }
  const publicPath = `${path.replace(/\.key$/, '')}.pub`;
  await checkNew(path);
  await checkNew(publicPath);
  const passphrase = request.plain ? undefined : await newPassphrase(request, terminal);
  const encryption = passphrase === undefined ? undefined : { passphrase, salt: randomBytes(16), iv: randomBytes(16) };
  const publicKey = publicKeyOf(secret);
  await writeNew([
    [path, writePrivatePem(secret, encryption), 0o600],
    [publicPath, writePublicPem(publicKey), 0o644],
  ]);
  return { files: [path, publicPath], keyId: keyIdOf(publicKey) };
}

export interface ShownKey {
  readonly kind: 'public' | 'private';
  readonly encrypted: boolean;
  readonly keyId: string;
  /** The public key. */
  readonly pem: string;
}

/** What a key file holds, without its secret. Asks for the passphrase where there is one. */
export async function showKey(path: string, passphraseFile: string | undefined, terminal: Terminal): Promise<ShownKey> {
  const text = (await readFileUpTo(path, 64 * 1024, 'KEY-FORMAT')).toString('utf8');
  if (!text.includes('-----BEGIN')) {
    throw fail('KEY-FORMAT', 'the file holds no signing key', {
      place: { file: path },
      hint: 'a signing key begins with -----BEGIN; a pseudonym key has nothing to show',
    });
  }
  const isPrivate = /PRIVATE KEY/.test(text);
  const publicKey = isPrivate
    ? publicKeyOf(await readSigningKey(path, terminal, passphraseFile))
    : publicOf(text, path);
  return {
    kind: isPrivate ? 'private' : 'public',
    encrypted: isPrivate && isEncryptedPem(text),
    keyId: keyIdOf(publicKey),
    pem: writePublicPem(publicKey),
  };
}

function publicOf(text: string, file: string): Buffer {
  try {
    return parsePublicPem(text);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(error.diagnostics.map((d) => ({ ...d, place: { file } })));
  }
}

async function newPassphrase({ passphraseFile }: GenerateRequest, terminal: Terminal): Promise<Buffer | undefined> {
  const passphrase = await readPassphrase('Passphrase for the new key (empty for none): ', terminal, passphraseFile);
  if (passphrase === null) {
    throw fail('KEY-PASSPHRASE', 'there is no terminal to ask for a passphrase', {
      hint: 'say --passphrase-file FILE, or --plain for a key that its file permissions alone protect',
    });
  }
  if (passphrase.length === 0) return undefined;
  if (passphraseFile === undefined && terminal.env.ANON_PASSPHRASE_FILE === undefined) {
    const again = await terminal.askSecret('The same again: ');
    if (again === null || !again.equals(passphrase)) throw fail('KEY-PASSPHRASE', 'the two passphrases differ');
  }
  return passphrase;
}

async function writeNew(files: readonly (readonly [path: string, text: string, mode: number])[]): Promise<void> {
  for (const [path] of files) await checkNew(path);
  await writeTogether(async (stage) => {
    for (const [path, text, mode] of files) await stage(stageFile(path, false, mode)).write('', [Buffer.from(text)]);
  });
}

/** A key is never overwritten: what it protects would be lost with it. */
async function checkNew(path: string): Promise<void> {
  try {
    await checkTarget(path, { kind: 'file', replace: false, reads: [] });
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'FILE-EXISTS') throw error;
    throw fail('FILE-EXISTS', 'exists already', {
      place: { file: path },
      hint: 'a key is never replaced: choose another name',
    });
  }
}
