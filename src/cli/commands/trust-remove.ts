import { defineCommand, isSet, optionList, optionText } from '../definition.ts';
import { expiresOption, signingFlags, signingOptions } from '../signing-options.ts';

export const trustRemoveCommand = defineCommand({
  name: 'trust remove',
  summary: 'Make the next version of a trust file: without a principal, or without a key.',
  arguments: [{ name: 'file', summary: 'the trust file' }],
  options: [
    { flags: '--principal <id>', summary: 'who; may be given several times', repeatable: true },
    { flags: '--key <key>', summary: 'a key id, or a public key file; may be given several times', repeatable: true },
    expiresOption,
    ...signingOptions,
    { flags: '--json', summary: 'print as JSON' },
  ],
  examples: [
    {
      command: 'anon trust remove trust.json --principal urn:org:example-hospital --sign root.key',
      does: 'what the hospital licensed is refused from then on',
    },
  ],
  async run(invocation, terminal) {
    const { removeFromTrust } = await import('../../app/trust-edit.ts');
    const { editJson, renderEdit } = await import('../trust.ts');
    const edited = await removeFromTrust(
      {
        ...signingFlags(invocation),
        file: invocation.arguments.file!,
        principals: optionList(invocation, 'principal'),
        keys: optionList(invocation, 'key'),
        expires: optionText(invocation, 'expires'),
      },
      terminal,
    );
    await terminal.out(isSet(invocation, 'json') ? editJson(edited) : renderEdit(edited));
    return 0;
  },
});
