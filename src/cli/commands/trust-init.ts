import { defineCommand, isSet, optionText } from '../definition.ts';
import { required } from '../signing-options.ts';

export const trustInitCommand = defineCommand({
  name: 'trust init',
  summary: 'Adopt a trust file at first contact, by a fingerprint that came another way.',
  arguments: [{ name: 'file', summary: 'the trust file' }],
  options: [
    {
      flags: '--fingerprint <sha256>',
      summary: 'SHA-256 of its payload, as `trust show` prints it, or of the whole file',
    },
    { flags: '--replace', summary: 'in the place of another that was adopted' },
    { flags: '--state <dir>', summary: 'what runs remember; default: $XDG_STATE_HOME/anon or ~/.local/state/anon' },
    { flags: '--json', summary: 'print as JSON' },
  ],
  examples: [
    {
      command: 'anon trust init trust.json --fingerprint 5f7c…',
      does: 'from then on `anon verify` trusts it, and takes over its next versions with `anon trust update`',
    },
  ],
  async run(invocation, terminal) {
    const { initTrust } = await import('../../app/trust.ts');
    const { renderTrust, trustJson } = await import('../trust.ts');
    const file = await initTrust(
      {
        file: invocation.arguments.file!,
        fingerprint: required(
          invocation,
          'fingerprint',
          '--fingerprint',
          'ask who keeps the file, by another way than the file came: `anon trust show FILE` prints it there',
        ),
        replace: isSet(invocation, 'replace'),
        state: optionText(invocation, 'state'),
      },
      terminal,
    );
    await terminal.out(
      isSet(invocation, 'json')
        ? trustJson(file)
        : renderTrust(file, `adopted ${invocation.arguments.file}: from now on what it says is trusted here`),
    );
    return 0;
  },
});
