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
        'policy (default), statement, envelope, data-package, report, trust, revocations, context, audit-entry, answer or problems',
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
    const { findSchema } = await import('../schemas/find.ts');
    await terminal.out(asciiJson(findSchema(invocation.arguments.document ?? 'policy')));
    return 0;
  },
});
