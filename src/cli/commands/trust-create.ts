import { defineCommand, isSet, optionList, optionText } from '../definition.ts';
import { expiresOption, optionCount, signingFlags, signingOptions } from '../signing-options.ts';

export const trustCreateCommand = defineCommand({
  name: 'trust create',
  summary: 'Make the first version of a trust file: its roots, who sign all versions.',
  arguments: [{ name: 'file', summary: 'where it goes' }],
  options: [
    { flags: '--root <id=file>', summary: "a root's id and public key; may be given several times", repeatable: true },
    { flags: '--root-threshold <n>', summary: 'how many roots must sign each version; default: 1' },
    { flags: '--approver-threshold <n>', summary: 'how many approvers every license needs, whatever it says' },
    expiresOption,
    ...signingOptions.filter(({ flags }) => !flags.startsWith('--out')),
    { flags: '--json', summary: 'print as JSON' },
  ],
  examples: [
    {
      command: 'anon trust create trust.json --root urn:person:ada=root.pub --sign root.key',
      does: 'writes version 1; publish its fingerprint where recipients can compare it',
    },
  ],
  async run(invocation, terminal) {
    const { createTrust } = await import('../../app/trust-edit.ts');
    const { editJson, renderEdit } = await import('../trust.ts');
    const edited = await createTrust(
      {
        ...signingFlags(invocation),
        file: invocation.arguments.file!,
        roots: optionList(invocation, 'root'),
        rootThreshold: optionCount(invocation, 'rootThreshold', '--root-threshold') ?? 1,
        approverThreshold: optionCount(invocation, 'approverThreshold', '--approver-threshold'),
        expires: optionText(invocation, 'expires'),
      },
      terminal,
    );
    await terminal.out(isSet(invocation, 'json') ? editJson(edited) : renderEdit(edited));
    return 0;
  },
});
