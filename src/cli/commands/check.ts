import { Failure } from '../../base/diagnostic.ts';
import { defineCommand, isSet } from '../definition.ts';

export const checkCommand = defineCommand({
  name: 'check',
  summary: 'Check policies without data and keys: form, meaning, and the files that they name.',
  arguments: [{ name: 'policy', summary: 'policies, YAML files', repeatable: true }],
  options: [
    { flags: '--json', summary: 'print the outcome as JSON' },
    { flags: '-q, --quiet', summary: 'print nothing but problems' },
  ],
  examples: [
    { command: 'anon check policies/*.yaml', does: 'exits 0 when all are in order, 2 with every mistake otherwise' },
  ],
  async run(invocation, terminal) {
    const { checkPolicies } = await import('../../app/check-policies.ts');
    const diagnostics = await checkPolicies(invocation.repeated);
    const errors = diagnostics.filter(({ severity }) => severity !== 'warning');
    const { diagnosticsJson, renderDiagnostics } = await import('../diagnostics.ts');
    if (isSet(invocation, 'json')) {
      const outcome = {
        ok: errors.length === 0,
        policies: invocation.repeated,
        diagnostics: diagnosticsJson(diagnostics),
      };
      await terminal.out(`${JSON.stringify(outcome, null, 2)}\n`);
    } else {
      if (diagnostics.length > 0) terminal.err(renderDiagnostics(diagnostics, { color: terminal.color }));
      const count = invocation.repeated.length;
      if (errors.length === 0 && !isSet(invocation, 'quiet'))
        await terminal.out(`${count} ${count === 1 ? 'policy' : 'policies'} in order\n`);
    }
    return errors.length === 0 ? 0 : new Failure(errors).exit;
  },
});
