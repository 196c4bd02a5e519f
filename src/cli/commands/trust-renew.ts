import { defineCommand, isSet, optionText } from '../definition.ts';
import { expiresOption, optionCount, signingFlags, signingOptions } from '../signing-options.ts';

export const trustRenewCommand = defineCommand({
  name: 'trust renew',
  summary: 'Make the next version of a trust file: for longer, or with other thresholds.',
  arguments: [{ name: 'file', summary: 'the trust file' }],
  options: [
    expiresOption,
    { flags: '--root-threshold <n>', summary: 'how many roots must sign each version' },
    { flags: '--approver-threshold <n>', summary: 'how many approvers every license needs, whatever it says' },
    ...signingOptions,
    { flags: '--json', summary: 'print as JSON' },
  ],
  examples: [
    { command: 'anon trust renew trust.json --expires 2027-12-31 --sign root.key', does: 'is valid for another year' },
  ],
  async run(invocation, terminal) {
    const { renewTrust } = await import('../../app/trust-edit.ts');
    const { editJson, renderEdit } = await import('../trust.ts');
    const edited = await renewTrust(
      {
        ...signingFlags(invocation),
        file: invocation.arguments.file!,
        expires: optionText(invocation, 'expires'),
        rootThreshold: optionCount(invocation, 'rootThreshold', '--root-threshold'),
        approverThreshold: optionCount(invocation, 'approverThreshold', '--approver-threshold'),
      },
      terminal,
    );
    await terminal.out(isSet(invocation, 'json') ? editJson(edited) : renderEdit(edited));
    return 0;
  },
});
