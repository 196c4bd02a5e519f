import { fail } from '../../base/diagnostic.ts';
import { stateOption } from '../audit-options.ts';
import { defineCommand, isSet, optionText } from '../definition.ts';
import { asciiJson } from '../json.ts';

export const auditCheckpointCommand = defineCommand({
  name: 'audit checkpoint',
  summary: 'Sign the audit log as it stands, so that later changes to it can be noticed.',
  arguments: [],
  options: [
    { flags: '--key <file>', summary: 'the private key that signs' },
    { flags: '--passphrase-file <file>', summary: "read the key's passphrase from a file" },
    {
      flags: '--out <file>',
      summary: 'write the checkpoint there, to be kept where the log is not; default: standard output',
    },
    stateOption,
    { flags: '--json', summary: 'print the outcome as JSON' },
  ],
  examples: [
    {
      command: 'anon audit checkpoint --key auditor.key --out december.note',
      does: 'writes a signed note (c2sp.org/tlog-checkpoint), and a copy into the state',
    },
  ],
  async run(invocation, terminal) {
    const key = optionText(invocation, 'key');
    if (key === undefined) throw fail('USAGE', 'say who signs', { hint: '--key FILE, a private key' });
    const { auditFolder } = await import('../../app/audit.ts');
    const { makeCheckpoint } = await import('../../app/audit-checkpoint.ts');
    const out = optionText(invocation, 'out');
    const made = await makeCheckpoint(
      {
        folder: auditFolder(optionText(invocation, 'state'), terminal),
        key,
        passphraseFile: optionText(invocation, 'passphraseFile'),
        out,
      },
      terminal,
    );
    if (isSet(invocation, 'json')) await terminal.out(asciiJson({ ...made, out: out ?? null }));
    else if (out === undefined) await terminal.out(made.note);
    else terminal.err(`wrote ${out}, a checkpoint of ${made.size} entries\nverifier key ${made.verifier}\n`);
    return 0;
  },
});
