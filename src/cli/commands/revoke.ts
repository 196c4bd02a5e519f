import { stateOption } from '../audit-options.ts';
import { defineCommand, isSet, optionList, optionText } from '../definition.ts';
import { signingFlags, signingOptions } from '../signing-options.ts';

export const revokeCommand = defineCommand({
  name: 'revoke',
  summary: 'Make the next version of a list of revocations, or the first.',
  arguments: [{ name: 'file', summary: 'the list' }],
  options: [
    { flags: '--license <id>', summary: 'take back a license; may be given several times', repeatable: true },
    {
      flags: '--key <key>',
      summary: 'take back a key, by its id or file, and all that it signed; may be given several times',
      repeatable: true,
    },
    {
      flags: '--digest <sha256>',
      summary: 'take back whatever holds a file, or a license by its payload; may be given several times',
      repeatable: true,
    },
    { flags: '--reason <text>', summary: 'why; `superseded` keeps what a key signed before' },
    { flags: '--reinstate', summary: 'give it back' },
    { flags: '--valid-for <duration>', summary: 'when the list ends, from now; default: P30D' },
    ...signingOptions,
    stateOption,
    { flags: '--json', summary: 'print as JSON' },
  ],
  examples: [
    {
      command:
        'anon revoke revocations.json --license urn:anon:license:5f7c… --reason "consent withdrawn" --sign revoker.key',
      does: 'writes a list that holds all earlier entries and this one',
    },
    {
      command: 'anon revoke revocations.json --sign revoker.key',
      does: 'writes the same list anew, so that it is fresh',
    },
  ],
  async run(invocation, terminal) {
    const { revoke } = await import('../../app/revocations.ts');
    const { renderRevocations, revocationsJson } = await import('../revocations.ts');
    const list = await revoke(
      {
        ...signingFlags(invocation),
        file: invocation.arguments.file!,
        licenses: optionList(invocation, 'license'),
        keys: optionList(invocation, 'key'),
        digests: optionList(invocation, 'digest'),
        reason: optionText(invocation, 'reason'),
        reinstate: isSet(invocation, 'reinstate'),
        state: optionText(invocation, 'state'),
        validFor: optionText(invocation, 'validFor') ?? 'P30D',
      },
      terminal,
    );
    const written = optionText(invocation, 'out') ?? invocation.arguments.file!;
    const did = `wrote ${written}: it counts where recipients take it over (\`anon revocations merge\`)`;
    await terminal.out(isSet(invocation, 'json') ? revocationsJson(list) : renderRevocations(list, did));
    return 0;
  },
});
