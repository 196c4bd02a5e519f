import { defineCommand, isSet } from '../definition.ts';
import { asciiJson } from '../json.ts';

export const diffCommand = defineCommand({
  name: 'diff',
  summary: 'Compare two bundles: terms, what was done to each field, models, risk, columns, files and policy.',
  arguments: [
    { name: 'before', summary: 'the earlier bundle: a directory, a tar file, or - for a tar on standard input' },
    { name: 'after', summary: 'the later one' },
  ],
  options: [
    { flags: '--json', summary: 'print the differences as JSON' },
    { flags: '-q, --quiet', summary: 'print nothing; the exit status is the answer' },
  ],
  examples: [
    {
      command: 'anon diff bundle-2025 bundle-2026.tar',
      does: 'exits 0 when nothing differs but id and date, 1 when something does, 2 when one of them is not whole',
    },
  ],
  async run(invocation, terminal) {
    const { diff } = await import('../../app/diff.ts');
    const { before, after } = invocation.arguments;
    const outcome = await diff(before!, after!).catch(async (error) => {
      const { Failure } = await import('../../base/diagnostic.ts');
      if (!(error instanceof Failure) || error.exit === 2) throw error;
      // Like diff(1): 1 is the answer that they differ, and of a broken bundle there is none.
      const { diagnosticsJson, renderDiagnostics } = await import('../diagnostics.ts');
      const { diagnostics } = error;
      if (isSet(invocation, 'json')) {
        await terminal.out(asciiJson({ diagnostics: diagnosticsJson(diagnostics) }));
      } else terminal.err(renderDiagnostics(diagnostics, { color: terminal.color }));
      return undefined;
    });
    if (outcome === undefined) return 2;
    const { differencesJson, renderDifferences } = await import('../differences.ts');
    if (isSet(invocation, 'json')) await terminal.out(differencesJson(outcome));
    else if (!isSet(invocation, 'quiet')) await terminal.out(renderDifferences(outcome, terminal.columns));
    return outcome.differences.length === 0 ? 0 : 1;
  },
});
