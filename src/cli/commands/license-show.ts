import { defineCommand, isSet } from '../definition.ts';
import { asciiJson } from '../json.ts';

export const licenseShowCommand = defineCommand({
  name: 'license show',
  summary: 'Show in plain words what a license says; verifies nothing.',
  arguments: [{ name: 'bundle', summary: 'a directory, a tar file, - for a tar on standard input, or a license file' }],
  options: [{ flags: '--json', summary: 'print the statement as JSON' }],
  examples: [{ command: 'anon license show bundle', does: 'prints parties, time, terms, privacy and files' }],
  async run(invocation, terminal) {
    const { readLicense } = await import('../../app/license-show.ts');
    const { statement, signatures } = await readLicense(invocation.arguments.bundle!);
    if (isSet(invocation, 'json')) {
      const named = signatures.map(({ keyId }) => ({ keyId: keyId ?? null }));
      await terminal.out(asciiJson({ verified: false, signatures: named, statement }));
    } else {
      const { renderLicense } = await import('../license-text.ts');
      await terminal.out(renderLicense({ statement, signatures }));
    }
    return 0;
  },
});
