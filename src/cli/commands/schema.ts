import { defineCommand } from '../definition.ts';
import { asciiJson } from '../json.ts';

export const schemaCommand = defineCommand({
  name: 'schema',
  summary: 'Print the JSON Schema of policies, for editors.',
  arguments: [],
  options: [],
  examples: [{ command: 'anon schema > policy.schema.json', does: 'lets an editor complete and check policies' }],
  async run(_invocation, terminal) {
    const { policyJsonSchema } = await import('../../policy/schema.ts');
    await terminal.out(asciiJson(policyJsonSchema()));
    return 0;
  },
});
