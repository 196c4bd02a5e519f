import { defineCommand, isSet, optionText } from '../definition.ts';

export const revocationsShowCommand = defineCommand({
  name: 'revocations show',
  summary: 'Show a list of revocations, or the latest that was seen; showing verifies nothing.',
  arguments: [{ name: 'file', summary: 'the list', optional: true }],
  options: [
    { flags: '--state <dir>', summary: 'what runs remember; default: $XDG_STATE_HOME/anon or ~/.local/state/anon' },
    { flags: '--json', summary: 'print as JSON' },
  ],
  examples: [{ command: 'anon revocations show', does: 'prints what was taken back, when and why' }],
  async run(invocation, terminal) {
    const { showRevocations } = await import('../../app/revocations.ts');
    const { renderRevocations, revocationsJson } = await import('../revocations.ts');
    const list = await showRevocations(invocation.arguments.file, optionText(invocation, 'state'), terminal);
    await terminal.out(isSet(invocation, 'json') ? revocationsJson(list) : renderRevocations(list));
    return 0;
  },
});
