import { fail } from '../../base/diagnostic.ts';
import { defineCommand, isSet, optionText } from '../definition.ts';
import { asciiJson } from '../json.ts';
import { bundleOptions, relicenseOf, signingOptions, trustOptions } from '../license-options.ts';
import { escaped } from '../printable.ts';

export const licenseRenewCommand = defineCommand({
  name: 'license renew',
  summary: 'Give the data of a bundle a license of the same terms until another day.',
  arguments: [{ name: 'bundle', summary: 'a directory, a tar file, or - for a tar on standard input' }],
  options: [
    { flags: '--until <day>', summary: 'last day of the new license, UTC, as YYYY-MM-DD' },
    ...signingOptions,
    ...trustOptions,
    ...bundleOptions,
    { flags: '--json', summary: 'print the outcome as JSON' },
  ],
  examples: [
    {
      command: 'anon license renew bundle --until 2028-09-30 --key issuer.key --out renewed',
      does: 'writes the same data and terms with a new time; the old license is not revoked by it',
    },
  ],
  async run(invocation, terminal) {
    const until = optionText(invocation, 'until');
    if (until === undefined) throw fail('USAGE', 'say until when', { hint: 'for example --until 2028-09-30' });
    const { renewLicense } = await import('../../app/license-renew.ts');
    const request = { ...relicenseOf(invocation), until };
    const outcome = await renewLicense(request, terminal);
    if (isSet(invocation, 'json')) await terminal.out(asciiJson(outcome));
    else {
      const moved = outcome.deletionMoved
        ? '\n  the day of deletion moves with it, as it was the end of the license'
        : '';
      terminal.err(
        `${escaped(request.target.path)}: license ${outcome.license} until ${outcome.notAfter}\n  in place of ${outcome.before}${moved}\n`,
      );
    }
    return 0;
  },
});
