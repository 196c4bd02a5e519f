import { fail } from '../../base/diagnostic.ts';
import { defineCommand, isSet, optionText } from '../definition.ts';
import { asciiJson } from '../json.ts';
import { bundleOptions, relicenseOf, signingOptions, trustOptions } from '../license-options.ts';
import { escaped } from '../printable.ts';

export const licenseIssueCommand = defineCommand({
  name: 'license issue',
  summary: 'Give the data of a bundle a new license; by another issuer than before it is a sublicense.',
  arguments: [{ name: 'bundle', summary: 'a directory, a tar file, or - for a tar on standard input' }],
  options: [
    { flags: '--policy <file>', summary: 'take the `license` section of this policy' },
    { flags: '--terms <file>', summary: 'take the terms of this YAML file: a `license` section by itself' },
    ...signingOptions,
    ...trustOptions,
    ...bundleOptions,
    { flags: '--json', summary: 'print the outcome as JSON' },
  ],
  examples: [
    {
      command: 'anon license issue bundle --terms second-year.yaml --key issuer.key --out second-year',
      does: 'writes the same data with other terms',
    },
    {
      command: 'anon license issue bundle --terms lab.yaml --key university.key --trust issuer.pub --out for-the-lab',
      does: 'writes a sublicense within the terms of the license, which has to permit it',
    },
  ],
  async run(invocation, terminal) {
    const policy = optionText(invocation, 'policy');
    const terms = optionText(invocation, 'terms');
    if ((policy === undefined) === (terms === undefined)) {
      throw fail('USAGE', 'say where the terms stand', { hint: 'either --policy FILE or --terms FILE' });
    }
    const { issueLicense } = await import('../../app/license-issue.ts');
    const from = policy === undefined ? { terms: terms! } : { policy };
    const request = { ...relicenseOf(invocation), from };
    const outcome = await issueLicense(request, terminal);
    if (isSet(invocation, 'json')) await terminal.out(asciiJson(outcome));
    else {
      const kind = outcome.sublicense ? 'sublicense' : 'license';
      terminal.err(`${escaped(request.target.path)}: ${kind} ${outcome.license}\n  in place of ${outcome.before}\n`);
    }
    return 0;
  },
});
