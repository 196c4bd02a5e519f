import { defineCommand, isSet, optionText } from '../definition.ts';
import { expiresOption, signingFlags, signingOptions } from '../signing-options.ts';

export const trustRotateCommand = defineCommand({
  name: 'trust rotate',
  summary: 'Make the next version of a trust file: with a new key in the place of an old one.',
  arguments: [
    { name: 'file', summary: 'the trust file' },
    { name: 'old', summary: 'a key id, or a public key file' },
    { name: 'new', summary: 'the public key file that takes over' },
  ],
  options: [
    { flags: '--until <day>', summary: 'last UTC day of the old key; default: it is left out at once' },
    expiresOption,
    ...signingOptions,
    { flags: '--json', summary: 'print as JSON' },
  ],
  examples: [
    {
      command: 'anon trust rotate trust.json issuer.pub issuer-2027.pub --until 2027-01-31 --sign root.key',
      does: 'both keys are valid until the end of January',
    },
  ],
  async run(invocation, terminal) {
    const { rotateKey } = await import('../../app/trust-edit.ts');
    const { editJson, renderEdit } = await import('../trust.ts');
    const edited = await rotateKey(
      {
        ...signingFlags(invocation),
        file: invocation.arguments.file!,
        from: invocation.arguments.old!,
        to: invocation.arguments.new!,
        until: optionText(invocation, 'until'),
        expires: optionText(invocation, 'expires'),
      },
      terminal,
    );
    await terminal.out(isSet(invocation, 'json') ? editJson(edited) : renderEdit(edited));
    return 0;
  },
});
