import { defineCommand, isSet, optionText } from '../definition.ts';
import { gateFlags, gateOptions } from '../gate-options.ts';
import { readUse, useOptions } from '../use-options.ts';

export const exportCommand = defineCommand({
  name: 'export',
  summary: 'Take the data out of a bundle, once every check of verify has passed.',
  arguments: [{ name: 'bundle', summary: 'a directory, a tar file, or - for a tar on standard input' }],
  options: [
    {
      flags: '--to <dir>',
      summary:
        'write data, LICENSE.md and the signed license to this directory; - writes one data file to standard output',
      data: true,
    },
    { flags: '--file <name>', summary: 'the one data file that is wanted' },
    {
      flags: '--pipe',
      summary:
        'pass a tar from standard input on as it comes: each chunk once it is checked, and no later one after a wrong one',
    },
    { flags: '--replace', summary: 'replace the directory of an earlier export' },
    ...gateOptions,
    ...useOptions,
    { flags: '--json', summary: 'print the answer as JSON; to standard error where the data goes to standard output' },
    { flags: '-q, --quiet', summary: 'print nothing; the exit status is the answer' },
  ],
  examples: [
    {
      command:
        'anon export bundle --to data --trust issuer.pub --organization urn:org:example-university --purpose AcademicResearch --region DE',
      does: 'exits 0 when the data was released, 1 when not, 2 when there is no answer or a stream was cut short',
    },
    {
      command:
        'curl -s https://data.example/cohort.tar | anon export - --pipe --to - --trust issuer.pub --context use.json',
      does: 'writes data as it comes, never more than has been verified',
    },
  ],
  async run(invocation, terminal) {
    const { fail } = await import('../../base/diagnostic.ts');
    const to = optionText(invocation, 'to');
    if (to === undefined)
      throw fail('USAGE', 'say where the data goes', { hint: '--to DIR, or --to - for standard output' });
    const { exportBundle } = await import('../../app/export.ts');
    const { renderExport } = await import('../exported.ts');
    const request = {
      bundle: invocation.arguments.bundle!,
      to,
      file: optionText(invocation, 'file'),
      pipe: isSet(invocation, 'pipe'),
      replace: isSet(invocation, 'replace'),
      ...gateFlags(invocation),
      ...readUse(invocation),
    };
    const outcome = await exportBundle(request, terminal);
    const { answer, problems, exit } = renderExport(outcome, to, {
      json: isSet(invocation, 'json'),
      color: terminal.color,
      width: to === '-' ? undefined : terminal.columns,
    });
    if (!isSet(invocation, 'quiet')) {
      if (to === '-') terminal.err(answer);
      else await terminal.out(answer);
      terminal.err(problems);
    }
    return exit;
  },
});
