import { defineCommand, isSet, optionList, optionText } from '../definition.ts';

export const checkCommand = defineCommand({
  name: 'check',
  summary: 'Look a policy through, with its data where it is given: mistakes, risks, and standards line by line.',
  arguments: [
    { name: 'policy', summary: 'the policy; several, each by itself, when all that is given ends in .yaml or .yml' },
    {
      name: 'data',
      summary: 'the data, or NAME=FILE for each table; without it the policy alone is looked at',
      optional: true,
      repeatable: true,
    },
  ],
  options: [
    {
      flags: '--standard <name>',
      summary: 'hold it against a standard, such as hipaa-safe-harbor; may be given several times, or with commas',
      repeatable: true,
    },
    {
      flags: '--format <name>',
      summary: 'how to report; default: human, or github where GITHUB_ACTIONS is true',
      choices: ['human', 'json', 'sarif', 'junit', 'github'],
    },
    { flags: '--json', summary: 'the same as --format json' },
    { flags: '--input-format <name>', summary: 'format of the data, when its name does not tell' },
    { flags: '--strict', summary: 'warnings are failures, too' },
  ],
  examples: [
    {
      command: 'anon check policy.yaml patients.csv',
      does: 'exits 0 when there is no error, 1 when there is one, 2 when something cannot be read',
    },
    {
      command: 'anon check policy.yaml patients.csv --standard hipaa-safe-harbor --format sarif > check.sarif',
      does: 'reports the 18 identifiers one by one, for code scanning',
    },
  ],
  async run(invocation, terminal) {
    const { check, checkAll } = await import('../../app/check.ts');
    const { reportFormats } = await import('../reports/index.ts');
    const { hasFailed } = await import('../reports/definition.ts');
    const format = isSet(invocation, 'json') ? 'json' : optionText(invocation, 'format');
    const policy = invocation.arguments.policy!;
    const inputs = invocation.repeated;
    const request = {
      format: optionText(invocation, 'inputFormat'),
      standards: optionList(invocation, 'standard').flatMap((names) => names.split(',').map((name) => name.trim())),
    };
    const several = inputs.length > 0 && inputs.every((input) => /\.ya?ml$/.test(input));
    const outcome = several
      ? await checkAll([policy, ...inputs], request)
      : await check({ ...request, policy, inputs });
    const strict = isSet(invocation, 'strict');
    const { env, color, columns } = terminal;
    const render = reportFormats[format ?? (env.GITHUB_ACTIONS === 'true' ? 'github' : 'human')]!;
    // The report goes to standard output, and `color` is about standard error.
    const painted = color && (columns !== undefined || Boolean(env.FORCE_COLOR));
    await terminal.out(render(outcome, { strict, color: painted, columns: columns ?? 100 }));
    if (outcome.unreadable) return 2;
    return hasFailed(outcome, strict) ? 1 : 0;
  },
});
