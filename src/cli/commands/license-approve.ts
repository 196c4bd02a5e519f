import { fail } from '../../base/diagnostic.ts';
import { defineCommand, isSet } from '../definition.ts';
import { asciiJson } from '../json.ts';
import { bundleOptions, signingOf, signingOptions, targetOf, trustOptions } from '../license-options.ts';

export const licenseApproveCommand = defineCommand({
  name: 'license approve',
  summary: 'Sign the license of a bundle as an approver, once its issuer and every file were checked.',
  arguments: [{ name: 'bundle', summary: 'a directory, a tar file, or - for a tar on standard input' }],
  options: [
    ...signingOptions,
    ...trustOptions,
    ...bundleOptions.map((option) =>
      option.flags === '--replace'
        ? option
        : { ...option, summary: `${option.summary}; default: change the bundle in place` },
    ),
    { flags: '--yes', summary: 'approve without being asked' },
    { flags: '--json', summary: 'print the outcome as JSON' },
  ],
  examples: [
    {
      command: 'anon license approve bundle --key steward.key --trust issuer.pub',
      does: 'shows the license, asks, and adds a signature to it',
    },
  ],
  async run(invocation, terminal) {
    const signing = signingOf(invocation);
    const target = targetOf(invocation);
    if (target?.path === '-') throw fail('USAGE', 'the bundle does not go to standard output', { hint: 'name a file' });
    const { approveLicense } = await import('../../app/license-approve.ts');
    const { renderSummary } = await import('../license-text.ts');
    const outcome = await approveLicense(
      {
        bundle: invocation.arguments.bundle!,
        ...signing,
        target,
        replace: isSet(invocation, 'replace'),
        async confirm(statement) {
          if (isSet(invocation, 'yes')) return true;
          terminal.err(renderSummary(statement));
          const answer = await terminal.askSecret('Type yes to approve this license: ');
          if (answer === null)
            throw fail('USAGE', 'there is no terminal to ask', { hint: 'read the license, and say --yes' });
          return answer.toString('utf8').trim() === 'yes';
        },
      },
      terminal,
    );
    if (isSet(invocation, 'json')) await terminal.out(asciiJson(outcome));
    else {
      const { license, keyId, signatures, threshold } = outcome;
      terminal.err(
        `approved ${license}\n  with key ${keyId}\n  signatures beside the issuer's: ${signatures - 1}, required: ${threshold}\n`,
      );
    }
    return 0;
  },
});
