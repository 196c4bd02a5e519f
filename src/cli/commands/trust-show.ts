import { defineCommand, isSet, optionText } from '../definition.ts';

export const trustShowCommand = defineCommand({
  name: 'trust show',
  summary: 'Show a trust file, or the one that was adopted; showing verifies nothing.',
  arguments: [{ name: 'file', summary: 'the trust file', optional: true }],
  options: [
    { flags: '--state <dir>', summary: 'what runs remember; default: $XDG_STATE_HOME/anon or ~/.local/state/anon' },
    { flags: '--json', summary: 'print as JSON' },
  ],
  examples: [{ command: 'anon trust show', does: 'prints the fingerprint, and who may sign what' }],
  async run(invocation, terminal) {
    const { showTrust } = await import('../../app/trust.ts');
    const { renderTrust, trustJson } = await import('../trust.ts');
    const file = await showTrust(invocation.arguments.file, optionText(invocation, 'state'), terminal);
    await terminal.out(isSet(invocation, 'json') ? trustJson(file) : renderTrust(file));
    return 0;
  },
});
