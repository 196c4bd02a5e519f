import { fail } from '../../base/diagnostic.ts';
import { defineCommand, isSet, optionText } from '../definition.ts';
import { escaped } from '../printable.ts';

export const reportCommand = defineCommand({
  name: 'report',
  summary: 'Write the page of a bundle: what was done, how private it measurably is, and the license in plain words.',
  arguments: [{ name: 'bundle', summary: 'a directory, a tar file, or - for a tar on standard input' }],
  options: [
    { flags: '--out <file>', summary: 'where the page goes, in HTML; - for standard output' },
    { flags: '--replace', summary: 'replace a file that exists' },
    { flags: '-q, --quiet', summary: 'print nothing but problems' },
  ],
  examples: [
    {
      command: 'anon report bundle --out report.html',
      does: 'writes one page that loads nothing; `anon verify` tells who signed what it shows',
    },
  ],
  async run(invocation, terminal) {
    const out = optionText(invocation, 'out');
    if (out === undefined) throw fail('USAGE', 'say where the page goes', { hint: '--out FILE, or --out -' });
    const { report } = await import('../../app/report.ts');
    await report({ bundle: invocation.arguments.bundle!, out, replace: isSet(invocation, 'replace') }, terminal);
    if (!isSet(invocation, 'quiet') && out !== '-') terminal.err(`wrote ${escaped(out)}\n`);
    return 0;
  },
});
