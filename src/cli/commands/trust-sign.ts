import { defineCommand, isSet } from '../definition.ts';
import { signingFlags, signingOptions } from '../signing-options.ts';

export const trustSignCommand = defineCommand({
  name: 'trust sign',
  summary: 'Sign a version of a trust file once more, where several roots must.',
  arguments: [{ name: 'file', summary: 'the trust file' }],
  options: [...signingOptions, { flags: '--json', summary: 'print as JSON' }],
  examples: [
    { command: 'anon trust sign trust.json --sign second-root.key', does: 'adds a signature over the same content' },
  ],
  async run(invocation, terminal) {
    const { signTrust } = await import('../../app/trust-edit.ts');
    const { editJson, renderEdit } = await import('../trust.ts');
    const edited = await signTrust({ ...signingFlags(invocation), file: invocation.arguments.file! }, terminal);
    await terminal.out(isSet(invocation, 'json') ? editJson(edited) : renderEdit(edited));
    return 0;
  },
});
