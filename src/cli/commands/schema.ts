import { fail } from '../../base/diagnostic.ts';
import { didYouMean } from '../../base/suggest.ts';
import { defineCommand } from '../definition.ts';
import { asciiJson } from '../json.ts';

export const schemaCommand = defineCommand({
  name: 'schema',
  summary:
    'Print the JSON Schema of a document that anon reads or writes: of policies for editors, of the others for programs.',
  arguments: [
    {
      name: 'document',
      summary:
        'policy (default), statement, envelope, data-package, trust, revocations, context, audit-entry, answer or problems',
      optional: true,
      suggestions: async () => (await import('../schemas/index.ts')).schemas.names,
    },
  ],
  options: [],
  examples: [
    { command: 'anon schema > policy.schema.json', does: 'lets an editor complete and check policies' },
    { command: 'anon schema statement', does: 'says what a license may hold, and what each member means' },
  ],
  async run(invocation, terminal) {
    const { schemas } = await import('../schemas/index.ts');
    const name = invocation.arguments.document ?? 'policy';
    const found = schemas.get(name);
    if (found === undefined)
      throw fail('USAGE', `there is no schema of \`${name}\``, {
        hint: didYouMean(name, schemas.names) ?? `there are ${schemas.names.join(', ')}`,
      });
    await terminal.out(asciiJson(found.schema()));
    return 0;
  },
});
