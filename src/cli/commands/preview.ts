import { fail } from '../../base/diagnostic.ts';
import { defineCommand, type Invocation, isSet, optionText } from '../definition.ts';

export const previewCommand = defineCommand({
  name: 'preview',
  summary: 'Show rows of what a policy makes of the data, and what was done to each field; writes nothing.',
  arguments: [
    { name: 'policy', summary: 'the policy, a YAML file' },
    {
      name: 'input',
      summary: 'the data, plain or gzip; - or nothing for standard input; NAME=FILE for each of several tables',
      optional: true,
      repeatable: true,
    },
  ],
  options: [
    { flags: '-n, --records <number>', summary: 'records to show; default: 10' },
    { flags: '--rows <number>', summary: 'read so many records only: faster, and models are measured on these alone' },
    { flags: '--show-source', summary: 'show the originals beside them; on a terminal only' },
    { flags: '--format <name>', summary: 'format of the input, when its name does not tell' },
    { flags: '--allow-unlisted', summary: 'let `unlisted: keep` release fields that the policy does not name' },
    { flags: '--allow-exec', summary: 'let the policy run programs to fetch keys' },
    { flags: '--json', summary: 'print rows and fields as JSON, never the originals' },
    { flags: '-q, --quiet', summary: 'print the rows alone' },
  ],
  examples: [
    { command: 'anon preview policy.yaml patients.csv', does: 'shows ten records of the output' },
    {
      command: 'anon preview policy.yaml patients.csv --rows 1000 -n 3',
      does: 'looks at the first 1,000 records only',
    },
  ],
  async run(invocation, terminal) {
    const shown = countOf(invocation, 'records', '--records') ?? 10;
    const maxRecords = countOf(invocation, 'rows', '--rows');
    const source = isSet(invocation, 'showSource');
    const json = isSet(invocation, 'json');
    if (source && json) {
      throw fail('USAGE', 'the originals are not printed as JSON', { hint: 'leave out --json or --show-source' });
    }
    if (source && terminal.columns === undefined) {
      throw fail('USAGE', 'the originals are shown on a terminal only, and standard output is none', {
        hint: 'leave out --show-source, or print to the terminal',
      });
    }
    const { preview } = await import('../../app/preview.ts');
    const outcome = await preview(
      {
        policy: invocation.arguments.policy!,
        input: invocation.repeated,
        format: optionText(invocation, 'format'),
        shown,
        maxRecords,
        source,
        allowExec: isSet(invocation, 'allowExec'),
        allowUnlisted: isSet(invocation, 'allowUnlisted'),
      },
      terminal,
    );
    const { previewJson, renderPreview } = await import('../preview.ts');
    const { renderDiagnostics } = await import('../diagnostics.ts');
    if (json) {
      await terminal.out(previewJson(outcome));
      return 0;
    }
    if (outcome.warnings.length > 0) terminal.err(renderDiagnostics(outcome.warnings, { color: terminal.color }));
    const style = {
      width: terminal.columns ?? 80,
      color: terminal.outColor ?? false,
      quiet: isSet(invocation, 'quiet'),
    };
    await terminal.out(renderPreview(outcome, style));
    return 0;
  },
});

function countOf(invocation: Invocation, name: string, flag: string): number | undefined {
  const text = optionText(invocation, name);
  if (text === undefined || /^[1-9]\d{0,14}$/.test(text)) return text === undefined ? undefined : Number(text);
  throw fail('USAGE', `option '${flag} <number>' is not a whole number above 0`);
}
