import { defineCommand, isSet, optionList } from '../definition.ts';
import { asciiJson } from '../json.ts';
import { trustOfFlags, trustOptions } from '../license-options.ts';

export const licenseExplainCommand = defineCommand({
  name: 'license explain',
  summary: 'Explain each term of a license: what it means, who stands for it, and how to state it.',
  arguments: [{ name: 'bundle', summary: 'a directory, a tar file, - for a tar on standard input, or a license file' }],
  options: [...trustOptions, { flags: '--json', summary: 'print as JSON' }],
  examples: [{ command: 'anon license explain bundle', does: 'ends with the `anon verify` that states it all' }],
  async run(invocation, terminal) {
    const { readLicense } = await import('../../app/license-show.ts');
    const bundle = invocation.arguments.bundle!;
    const shown = await readLicense(bundle, trustOfFlags(invocation), terminal);
    if (isSet(invocation, 'json')) {
      const { explainTerms } = await import('../../license/explain.ts');
      const { id, terms } = shown.statement.predicate;
      const answer = { verified: false, license: id, terms: explainTerms(terms) };
      await terminal.out(asciiJson(answer));
    } else {
      const { renderExplanation } = await import('../license-text.ts');
      await terminal.out(renderExplanation(shown, bundle, optionList(invocation, 'trust'), terminal.columns));
    }
    return 0;
  },
});
