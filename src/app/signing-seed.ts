import { stat } from 'node:fs/promises';
import { type Diagnostic, Failure, fail } from '../base/diagnostic.ts';
import { pathOf, readSigningKey, readSigningReference } from '../io/secrets.ts';
import type { Terminal } from '../io/terminal.ts';
import type { Policy } from '../policy/policy.ts';

export interface SigningKeyRequest {
  /** A path, if one was said. */
  readonly key: string | undefined;
  readonly passphraseFile: string | undefined;
}

/** A bundle carries a license. Throws a Failure where the policy has none. */
export function requireLicense(policy: Policy): void {
  if (policy.license === undefined) {
    throw new Failure([
      policy.problem(
        'POLICY-MEANING',
        [],
        'a bundle carries a license, and the policy has no `license` section',
        'add one, or write the data alone with --data-only DIR',
      ),
    ]);
  }
}

/** The issuer's seed: `--key`, or `output.sign` of the policy, or the file that ANON_SIGNING_KEY names. */
export async function signingSeed(request: SigningKeyRequest, policy: Policy, terminal: Terminal): Promise<Buffer> {
  const path = signingPath(request, policy, terminal);
  if (path !== undefined) return readSigningKey(path, terminal, request.passphraseFile);
  if (policy.output.sign !== undefined) {
    return readSigningReference(policy.output.sign, policy.directory, terminal, request.passphraseFile);
  }
  throw noKey();
}

/** What keeps `signingSeed` from finding a key, as warnings. No key is read, and no passphrase asked for. */
export async function missingSigningKey(
  request: SigningKeyRequest,
  policy: Policy,
  terminal: Terminal,
): Promise<readonly Diagnostic[]> {
  const { sign } = policy.output;
  const path =
    signingPath(request, policy, terminal) ??
    (sign && 'file' in sign ? pathOf(sign.file, policy.directory) : undefined);
  const missing = path === undefined ? sign === undefined : !(await isFile(path));
  if (!missing) return [];
  const { diagnostics } = path === undefined ? noKey() : fail('KEY-MISSING', 'no such file', { place: { file: path } });
  return diagnostics.map((diagnostic) => ({ ...diagnostic, severity: 'warning' }));
}

function signingPath({ key }: SigningKeyRequest, policy: Policy, { env }: Terminal): string | undefined {
  const path = key ?? (policy.output.sign === undefined ? env.ANON_SIGNING_KEY : undefined);
  return path === '' ? undefined : path;
}

function noKey(): Failure {
  return fail('KEY-MISSING', 'a bundle is signed, and no signing key was given', {
    hint: 'make one with `anon keys generate issuer.key` and say --key issuer.key; --data-only DIR writes data without a license',
  });
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true;
}
