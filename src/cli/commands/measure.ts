import { defineCommand, isSet, optionList, optionText } from '../definition.ts';
import { formOf, formOptions } from '../form-options.ts';
import { populationOption } from '../population-option.ts';

export const measureCommand = defineCommand({
  name: 'measure',
  summary:
    'Measure a file as it is: classes, models, re-identification risk, uniqueness, and what it keeps of its source.',
  arguments: [
    {
      name: 'data',
      summary:
        'the data, plain or gzip, in one file or several, or a quoted pattern; - for standard input; or a bundle, a directory or tar',
      repeatable: true,
    },
  ],
  options: [
    { flags: '--policy <file>', summary: 'take fields, unit and models from a policy' },
    {
      flags: '--quasi <fields>',
      summary: 'quasi-identifiers, with commas; may be given several times',
      repeatable: true,
    },
    { flags: '--sensitive <fields>', summary: 'sensitive fields, likewise', repeatable: true },
    { flags: '--unit <field>', summary: 'field that names the individual; default: a record is one' },
    { flags: '--population <file>', summary: 'a table of the population, with the same quasi-identifiers' },
    { flags: '--population-size <number>', summary: 'individuals in the population, to estimate who is unique there' },
    { flags: '--sampling-fraction <share>', summary: 'or the share of them that the data holds, such as 0.05' },
    { flags: '--source <file>', summary: 'compare distributions and correlations with the original' },
    {
      flags: '--combinations <size>',
      summary: 'most fields in a combination, 0 to 3; default: 3',
      choices: ['0', '1', '2', '3'],
    },
    { flags: '--table <name>', summary: 'which table of a bundle of several' },
    ...formOptions(''),
    {
      flags: '--fail-if <condition>',
      summary: 'exit with 1 if this holds, such as "k < 5"; may be given several times',
      repeatable: true,
    },
    { flags: '--json', summary: 'print the measures as JSON' },
    { flags: '-q, --quiet', summary: 'print nothing; the exit status is the answer' },
  ],
  examples: [
    {
      command:
        'anon measure people.csv --quasi age,zip,sex --sensitive diagnosis --fail-if "k < 5" --fail-if "l(diagnosis) < 3"',
      does: 'exits 0 when neither holds, 1 when one does, 2 when it cannot be told',
    },
    {
      command: 'anon measure sample.csv --quasi age,zip --sampling-fraction 0.05',
      does: 'estimates how many of the sample are unique in the population',
    },
    {
      command: 'anon measure bundle --policy policy.yaml --source patients.csv --fail-if "loss > 0.5"',
      does: 'measures a bundle, and what it keeps of its source',
    },
  ],
  async run(invocation, terminal) {
    const population = populationOption(invocation);
    const { measure } = await import('../../app/measure.ts');
    const outcome = await measure(
      {
        data: invocation.repeated,
        policy: optionText(invocation, 'policy'),
        quasi: optionList(invocation, 'quasi'),
        sensitive: optionList(invocation, 'sensitive'),
        unit: optionText(invocation, 'unit'),
        population: optionText(invocation, 'population'),
        populationSize: population.size,
        samplingFraction: population.fraction,
        source: optionText(invocation, 'source'),
        table: optionText(invocation, 'table'),
        ...formOf(invocation, ''),
        combinations: Number(optionText(invocation, 'combinations') ?? 3),
        failIf: optionList(invocation, 'failIf'),
      },
      terminal.progress,
    );
    const { failedThresholds, measurementJson, renderMeasurement } = await import('../measurement.ts');
    const { renderDiagnostics } = await import('../diagnostics.ts');
    const problems = [...outcome.warnings, ...failedThresholds(outcome, invocation.repeated.join(' '))];
    if (isSet(invocation, 'json')) await terminal.out(measurementJson(outcome));
    else {
      if (!isSet(invocation, 'quiet')) await terminal.out(renderMeasurement(outcome, terminal.columns ?? 80));
      terminal.err(renderDiagnostics(problems, { color: terminal.color }));
    }
    return outcome.thresholds.some(({ failed }) => failed) ? 1 : 0;
  },
});
