import { defineCommand, isSet, optionText } from '../definition.ts';

export const revocationsMergeCommand = defineCommand({
  name: 'revocations merge',
  summary: 'Take over a list of revocations, for all later checks.',
  arguments: [{ name: 'file', summary: 'the list' }],
  options: [
    { flags: '--trust <file>', summary: 'the trust file; default: the one that was adopted' },
    { flags: '--state <dir>', summary: 'what runs remember; default: $XDG_STATE_HOME/anon or ~/.local/state/anon' },
    { flags: '--json', summary: 'print as JSON' },
  ],
  examples: [
    {
      command: 'anon revocations merge revocations.json',
      does: 'needs the signature of a revoker, and every entry that was seen before',
    },
  ],
  async run(invocation, terminal) {
    const { mergeRevocations } = await import('../../app/revocations.ts');
    const { renderRevocations, revocationsJson } = await import('../revocations.ts');
    const seen = { trust: optionText(invocation, 'trust'), state: optionText(invocation, 'state') };
    const list = await mergeRevocations(invocation.arguments.file!, seen, terminal);
    await terminal.out(
      isSet(invocation, 'json')
        ? revocationsJson(list)
        : renderRevocations(list, `taken over from ${invocation.arguments.file}, for all later checks here`),
    );
    return 0;
  },
});
