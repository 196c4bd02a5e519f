import type { TrustRole } from '../../release/trust.ts';
import { defineCommand, isSet, optionList, optionText } from '../definition.ts';
import { expiresOption, required, signingFlags, signingOptions } from '../signing-options.ts';

export const trustAddCommand = defineCommand({
  name: 'trust add',
  summary: 'Make the next version of a trust file: with another principal, or more keys, roles or data for one.',
  arguments: [{ name: 'file', summary: 'the trust file' }],
  options: [
    { flags: '--principal <id>', summary: 'who' },
    { flags: '--name <name>', summary: 'the name as it is shown; default: the id' },
    { flags: '--key <file>', summary: 'a public key; may be given several times', repeatable: true },
    {
      flags: '--role <role>',
      summary: 'root, issuer, approver, revoker, auditor or recipient; may be given several times',
      repeatable: true,
    },
    {
      flags: '--datasets <glob>',
      summary: 'data files that an issuer may license, without `data/`: `patients*`; may be given several times',
      repeatable: true,
    },
    { flags: '--from <day>', summary: 'first UTC day of the keys' },
    { flags: '--until <day>', summary: 'last UTC day of the keys' },
    expiresOption,
    ...signingOptions,
    { flags: '--json', summary: 'print as JSON' },
  ],
  examples: [
    {
      command:
        "anon trust add trust.json --principal urn:org:example-hospital --key issuer.pub --role issuer --datasets 'patients*' --sign root.key",
      does: 'lets the hospital license files whose names begin with patients',
    },
  ],
  async run(invocation, terminal) {
    const { addToTrust } = await import('../../app/trust-edit.ts');
    const { editJson, renderEdit } = await import('../trust.ts');
    const edited = await addToTrust(
      {
        ...signingFlags(invocation),
        file: invocation.arguments.file!,
        principal: required(invocation, 'principal', '--principal'),
        name: optionText(invocation, 'name'),
        keys: optionList(invocation, 'key'),
        // What is no role, the schema refuses.
        roles: optionList(invocation, 'role') as readonly TrustRole[],
        datasets: optionList(invocation, 'datasets'),
        from: optionText(invocation, 'from'),
        until: optionText(invocation, 'until'),
        expires: optionText(invocation, 'expires'),
      },
      terminal,
    );
    await terminal.out(isSet(invocation, 'json') ? editJson(edited) : renderEdit(edited));
    return 0;
  },
});
