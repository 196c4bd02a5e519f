import type { IssuerTrustRequest } from '../app/issuer-trust.ts';
import type { RelicenseRequest } from '../app/license-issue.ts';
import { fail } from '../base/diagnostic.ts';
import { type Invocation, isSet, type OptionDefinition, optionList, optionText } from './definition.ts';

/** Who signs a license. */
export const signingOptions: readonly OptionDefinition[] = [
  { flags: '--key <file>', summary: 'sign with this private key (or ANON_SIGNING_KEY)' },
  { flags: '--passphrase-file <file>', summary: "read the key's passphrase from a file (or ANON_PASSPHRASE_FILE)" },
];

/** Whose licenses are taken for what they say they are. */
export const trustOptions: readonly OptionDefinition[] = [
  {
    flags: '--trust <file>',
    summary: "an issuer's public key, or a trust file; may be given several times; default: the one that was adopted",
    repeatable: true,
  },
  { flags: '--state <dir>', summary: 'what runs remember; default: $XDG_STATE_HOME/anon or ~/.local/state/anon' },
];

export function trustOfFlags(invocation: Invocation): IssuerTrustRequest {
  return { trust: optionList(invocation, 'trust'), state: optionText(invocation, 'state') };
}

/** Where a bundle with a new license goes. */
export const bundleOptions: readonly OptionDefinition[] = [
  { flags: '--out <dir>', summary: 'write the bundle as a directory' },
  { flags: '--tar <file>', summary: 'write the bundle as one tar file' },
  { flags: '--replace', summary: 'replace an output that exists' },
];

export function signingOf(
  invocation: Invocation,
): Pick<RelicenseRequest, 'key' | 'passphraseFile' | 'trust' | 'state'> {
  return {
    key: optionText(invocation, 'key'),
    passphraseFile: optionText(invocation, 'passphraseFile'),
    ...trustOfFlags(invocation),
  };
}

export function targetOf(invocation: Invocation): RelicenseRequest['target'] | undefined {
  const out = optionText(invocation, 'out');
  const tar = optionText(invocation, 'tar');
  if (out !== undefined && tar !== undefined) throw fail('USAGE', '--out and --tar exclude each other');
  if (out !== undefined) return { kind: 'bundle', path: out };
  return tar === undefined ? undefined : { kind: 'tar', path: tar };
}

/** What all commands that write a bundle with a new license are given. */
export function relicenseOf(invocation: Invocation): RelicenseRequest {
  const target = targetOf(invocation);
  if (target === undefined || target.path === '-') {
    throw fail('USAGE', 'say where the new bundle goes', { hint: '--out DIR, or --tar FILE' });
  }
  return {
    bundle: invocation.arguments.bundle!,
    ...signingOf(invocation),
    target,
    replace: isSet(invocation, 'replace'),
  };
}
