import { defineCommand, isSet } from '../definition.ts';
import { asciiJson } from '../json.ts';
import { trustOfFlags, trustOptions } from '../license-options.ts';

export const licenseShowCommand = defineCommand({
  name: 'license show',
  summary: 'Show in plain words what a license says, and who of those you trust has signed it; verifies nothing else.',
  arguments: [{ name: 'bundle', summary: 'a directory, a tar file, - for a tar on standard input, or a license file' }],
  options: [...trustOptions, { flags: '--json', summary: 'print the statement as JSON' }],
  examples: [{ command: 'anon license show bundle', does: 'prints parties, time, terms, privacy and files' }],
  async run(invocation, terminal) {
    const { readLicense } = await import('../../app/license-show.ts');
    const shown = await readLicense(invocation.arguments.bundle!, trustOfFlags(invocation), terminal);
    if (isSet(invocation, 'json')) {
      const { statement, signatures, signers } = shown;
      const named = signatures.map(({ keyId }) => ({ keyId: keyId ?? null }));
      await terminal.out(asciiJson({ verified: false, signatures: named, signers, statement }));
    } else {
      const { renderLicense } = await import('../license-text.ts');
      await terminal.out(renderLicense(shown, terminal.columns));
    }
    return 0;
  },
});
