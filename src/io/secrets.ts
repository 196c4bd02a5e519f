import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { at, Failure, fail } from '../base/diagnostic.ts';
import { isEncryptedPem, parsePrivatePem } from '../crypto/keys.ts';
import { readKeyBytes } from '../crypto/prf.ts';
import type { KeyReference } from '../policy/policy.ts';
import { fileFailure } from './errors.ts';
import { readSmallFile } from './files.ts';
import type { Terminal } from './terminal.ts';

const maxKeyBytes = 64 * 1024;

/** `~/` is the home directory; anything else is relative to `directory`. */
export function pathOf(file: string, directory: string): string {
  return file.startsWith('~/') ? resolve(homedir(), file.slice(2)) : resolve(directory, file);
}

/**
 * The bytes of a key that a policy refers to by `name`. Throws KEY-MISSING, KEY-FORMAT or KEY-PERMISSIONS, and never shows what it
 * read.
 */
export async function readKey(
  name: string,
  reference: KeyReference,
  directory: string,
  terminal: Terminal,
  allowExec: boolean,
): Promise<Buffer> {
  const bytes = await readReference(`key \`${name}\``, reference, directory, terminal, allowExec);
  return placed(originOf(reference, directory), () => readKeyBytes(bytes));
}

/** The signing seed in a private key file, which nobody else may read. */
export async function readSigningKey(path: string, terminal: Terminal, passphraseFile?: string): Promise<Buffer> {
  const pem = (await readPrivateFile(path)).toString('utf8');
  return openPem(pem, path, terminal, passphraseFile);
}

/** The signing seed that `output.sign` of a policy refers to: a file, or an environment variable that holds the PEM text. */
export async function readSigningReference(
  reference: KeyReference,
  directory: string,
  terminal: Terminal,
  passphraseFile?: string,
): Promise<Buffer> {
  if ('file' in reference) return readSigningKey(pathOf(reference.file, directory), terminal, passphraseFile);
  const pem = await readReference('the signing key', reference, directory, terminal, false);
  return openPem(pem.toString('utf8'), originOf(reference, directory), terminal, passphraseFile);
}

/** A passphrase: the first line of a file, or asked for at the terminal. */
export async function readPassphrase(
  question: string,
  terminal: Terminal,
  passphraseFile: string | undefined,
): Promise<Buffer | null> {
  const file = passphraseFile ?? terminal.env.ANON_PASSPHRASE_FILE;
  if (file === undefined) return terminal.askSecret(question);
  const bytes = await readPrivateFile(file, 'write the passphrase into its first line');
  const end = bytes.indexOf('\n');
  const line = end < 0 ? bytes : bytes.subarray(0, end);
  const passphrase = line.at(-1) === 0x0d ? line.subarray(0, -1) : line;
  if (passphrase.length === 0) throw fail('KEY-PASSPHRASE', 'the passphrase is empty', { place: { file } });
  return passphrase;
}

async function openPem(pem: string, file: string, terminal: Terminal, passphraseFile?: string): Promise<Buffer> {
  let passphrase: Buffer | undefined;
  if (isEncryptedPem(pem)) {
    passphrase = (await readPassphrase(`Passphrase for ${file}: `, terminal, passphraseFile)) ?? undefined;
    if (passphrase === undefined) {
      throw fail('KEY-PASSPHRASE', 'the key has a passphrase, and there is no terminal to ask for it', {
        place: { file },
        hint: 'give it with --passphrase-file FILE or ANON_PASSPHRASE_FILE',
      });
    }
  }
  try {
    return placed(file, () => parsePrivatePem(pem, passphrase));
  } finally {
    passphrase?.fill(0);
  }
}

async function readReference(
  what: string,
  reference: KeyReference,
  directory: string,
  terminal: Terminal,
  allowExec: boolean,
): Promise<Buffer> {
  if ('file' in reference) return readPrivateFile(pathOf(reference.file, directory), keyHint);
  if ('env' in reference) {
    const value = terminal.env[reference.env];
    if (value !== undefined && value !== '') return Buffer.from(value);
    throw fail('KEY-MISSING', `${what} is read from the environment variable ${reference.env}, which is not set`, {
      hint: 'set it to the key itself; in a CI system it is a secret that the job is given',
    });
  }
  const [program, ...args] = reference.exec;
  if (!allowExec) {
    throw fail('KEY-MISSING', `${what} is read from a program, which runs only with --allow-exec`, {
      hint: 'a policy that you did not write can run anything this way: read it first',
    });
  }
  try {
    const { stdout } = await promisify(execFile)(program!, args, { encoding: 'buffer', maxBuffer: maxKeyBytes });
    return stdout;
  } catch {
    throw fail('KEY-MISSING', `${what}: the program failed`, { hint: 'run it by hand to see why' });
  }
}

/** Where a key comes from, for messages. */
function originOf(reference: KeyReference, directory: string): string {
  if ('file' in reference) return pathOf(reference.file, directory);
  return 'env' in reference ? `environment variable ${reference.env}` : `output of ${reference.exec[0]}`;
}

function placed<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw error instanceof Failure ? at(error, { file }) : error;
  }
}

const keyHint = 'make one with `anon keys generate --type pseudonym FILE`';

/** The bytes of a file that nobody but its owner may read. */
async function readPrivateFile(path: string, missingHint?: string): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY).catch((error) => {
    if (error.code === 'ENOENT') {
      throw fail('KEY-MISSING', 'no such file', {
        place: { file: path },
        hint: missingHint ?? 'make a key with `anon keys generate FILE`',
      });
    }
    throw fileFailure(error, path, 'read');
  });
  try {
    const stat = await file.stat();
    const bytes = await readSmallFile(file, path, maxKeyBytes, 'KEY-FORMAT');
    // A public key that is given by mistake has no need of permissions: it is refused as what it is.
    const secret = !bytes.includes('-----BEGIN PUBLIC KEY-----');
    if (process.platform !== 'win32' && secret && stat.isFile() && (stat.mode & 0o077) !== 0) {
      throw fail('KEY-PERMISSIONS', 'others than its owner can read or change this file', {
        place: { file: path },
        hint: `run \`chmod 600 ${path}\``,
      });
    }
    return bytes;
  } finally {
    await file.close();
  }
}
