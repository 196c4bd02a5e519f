import { defineCommand, isSet, optionText } from '../definition.ts';

export const trustUpdateCommand = defineCommand({
  name: 'trust update',
  summary: 'Take over the next version of the trust file that was adopted.',
  arguments: [{ name: 'file', summary: 'the next version' }],
  options: [
    { flags: '--state <dir>', summary: 'what runs remember; default: $XDG_STATE_HOME/anon or ~/.local/state/anon' },
    { flags: '--json', summary: 'print as JSON' },
  ],
  examples: [
    {
      command: 'anon trust update trust.json',
      does: 'needs the signatures that both versions ask for; none is skipped',
    },
  ],
  async run(invocation, terminal) {
    const { updateTrust } = await import('../../app/trust.ts');
    const { renderTrust, trustJson } = await import('../trust.ts');
    const file = await updateTrust(invocation.arguments.file!, optionText(invocation, 'state'), terminal);
    await terminal.out(
      isSet(invocation, 'json')
        ? trustJson(file)
        : renderTrust(file, `${invocation.arguments.file} is what is trusted here now`),
    );
    return 0;
  },
});
