import { fail } from '../../base/diagnostic.ts';
import { defineCommand, isSet, optionText } from '../definition.ts';
import { asciiJson } from '../json.ts';
import { readUse, statedUse } from '../use-options.ts';

export const contextSignCommand = defineCommand({
  name: 'context sign',
  summary: "State a use of licensed data and sign it with the licensee's key.",
  arguments: [{ name: 'context', summary: 'the stated use as a JSON file, in place of flags', optional: true }],
  options: [
    ...statedUse,
    { flags: '--license <id>', summary: 'the license that it is for, or "*" for any' },
    { flags: '--valid-for <duration>', summary: 'how long it holds from now on, for example PT8H; default: P1D' },
    { flags: '--key <file>', summary: 'sign with this private key (or ANON_SIGNING_KEY)' },
    { flags: '--passphrase-file <file>', summary: "read the key's passphrase from a file (or ANON_PASSPHRASE_FILE)" },
    { flags: '--out <file>', summary: 'where the signed context goes' },
    { flags: '--replace', summary: 'replace an output that exists' },
    { flags: '--json', summary: 'print the outcome as JSON' },
  ],
  examples: [
    {
      command:
        'anon context sign --organization urn:org:example-university --purpose AcademicResearch --region DE --license "*" --key university.key --out use.json',
      does: 'writes a statement that `anon verify --context use.json` takes for a day',
    },
  ],
  async run(invocation, terminal) {
    const out = optionText(invocation, 'out');
    if (out === undefined) throw fail('USAGE', 'say where the signed context goes', { hint: '--out FILE' });
    const { signContext } = await import('../../app/context-sign.ts');
    const signed = await signContext(
      {
        context: invocation.arguments.context,
        use: { ...readUse(invocation).use, audience: optionText(invocation, 'license') },
        validFor: optionText(invocation, 'validFor') ?? 'P1D',
        key: optionText(invocation, 'key'),
        passphraseFile: optionText(invocation, 'passphraseFile'),
        out,
        replace: isSet(invocation, 'replace'),
      },
      terminal,
    );
    if (isSet(invocation, 'json')) await terminal.out(asciiJson({ out, ...signed }));
    else terminal.err(`${out}: for ${signed.audience} until ${signed.expires}, signed with key ${signed.keyId}\n`);
    return 0;
  },
});
