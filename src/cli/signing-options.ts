import type { SigningRequest } from '../app/document-files.ts';
import { fail } from '../base/diagnostic.ts';
import { type Invocation, type OptionDefinition, optionList, optionText } from './definition.ts';

/** Who signs and where it goes: of all commands that make the next version of a document. */
export const signingOptions: readonly OptionDefinition[] = [
  { flags: '--sign <key>', summary: 'a private key that signs; may be given several times', repeatable: true },
  { flags: '--passphrase-file <file>', summary: "read the keys' passphrase from a file" },
  { flags: '--out <file>', summary: 'where the new version goes; default: in the place of the one before' },
];

export function signingFlags(invocation: Invocation): SigningRequest {
  return {
    sign: optionList(invocation, 'sign'),
    passphraseFile: optionText(invocation, 'passphraseFile'),
    out: optionText(invocation, 'out'),
  };
}

export const expiresOption: OptionDefinition = {
  flags: '--expires <day>',
  summary: 'last UTC day of the file, as YYYY-MM-DD',
};

/** A count of principals; undefined where it is not given. */
export function optionCount(invocation: Invocation, name: string, flag: string): number | undefined {
  const text = optionText(invocation, name);
  if (text === undefined) return undefined;
  if (/^[0-9]{1,2}$/.test(text)) return Number(text);
  throw fail('USAGE', `option '${flag}' takes a whole number below 100`);
}

export function required(invocation: Invocation, name: string, flag: string, hint?: string): string {
  const text = optionText(invocation, name);
  if (text === undefined) throw fail('USAGE', `option '${flag}' is missing`, hint === undefined ? {} : { hint });
  return text;
}
