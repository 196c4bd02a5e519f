import { fail } from '../../base/diagnostic.ts';
import { defineCommand, isSet, optionText } from '../definition.ts';
import { asciiJson } from '../json.ts';

/** Records of each input that are looked at unless --rows says otherwise. */
const usualRecords = 100_000;

export const initCommand = defineCommand({
  name: 'init',
  summary:
    'Draft a policy from data: what each field seems to be, and what to do with it. No value of the data stands in it.',
  arguments: [
    {
      name: 'data',
      summary: 'the data, plain or gzip; - for standard input; NAME=FILE for each of several tables',
      repeatable: true,
    },
  ],
  options: [
    {
      flags: '--standard <name>',
      summary: 'what the draft is for: research (default), hipaa-safe-harbor, gdpr, or ci-fixture',
      choices: ['research', 'hipaa-safe-harbor', 'gdpr', 'ci-fixture'],
    },
    { flags: '--out <file>', summary: 'where the policy goes; default: policy.yaml; - for standard output' },
    { flags: '--rows <number>', summary: 'records to look at, or `all`; default: the first 100,000 of each input' },
    { flags: '--format <name>', summary: 'format of the data, when its name does not tell' },
    { flags: '--data-delimiter <character>', summary: 'what stands between the columns of the data' },
    { flags: '--encoding <name>', summary: 'how the data stands for text; default: as its bytes look' },
    { flags: '--replace', summary: 'replace a file that exists' },
    { flags: '--json', summary: 'print the outcome as JSON' },
    { flags: '-q, --quiet', summary: 'print nothing but problems' },
  ],
  examples: [
    {
      command: 'anon init patients.csv',
      does: 'writes policy.yaml, with `reject` for each field that you have to decide about',
    },
    {
      command: 'anon init patients.csv visits.csv --standard gdpr --out study.yaml',
      does: 'drafts one policy for two tables, with what refers to what',
    },
  ],
  async run(invocation, terminal) {
    const out = optionText(invocation, 'out') ?? 'policy.yaml';
    const rows = optionText(invocation, 'rows') ?? String(usualRecords);
    if (rows !== 'all' && !/^[1-9]\d{0,14}$/.test(rows)) {
      throw fail('USAGE', "option '--rows <number>' takes a whole number from 1 up, or `all`");
    }
    if (out === '-' && isSet(invocation, 'json')) {
      throw fail('USAGE', 'the policy and the outcome as JSON cannot both go to standard output');
    }
    const { init } = await import('../../app/init.ts');
    const epoch = terminal.env.SOURCE_DATE_EPOCH;
    const { tables, undecided } = await init(
      {
        data: invocation.repeated,
        standard: optionText(invocation, 'standard'),
        out,
        replace: isSet(invocation, 'replace'),
        format: optionText(invocation, 'format'),
        delimiter: optionText(invocation, 'dataDelimiter'),
        encoding: optionText(invocation, 'encoding'),
        records: rows === 'all' ? Number.POSITIVE_INFINITY : Number(rows),
        year: new Date(
          epoch !== undefined && /^\d{1,11}$/.test(epoch) ? Number(epoch) * 1000 : Date.now(),
        ).getUTCFullYear(),
      },
      terminal,
    );
    if (isSet(invocation, 'json')) {
      const outcome = tables.map(({ table, unit, fields }) => ({
        table: table.name,
        records: table.records,
        whole: table.whole,
        input: Object.fromEntries(table.form.map(({ option, value }) => [option, value])),
        unit: unit ?? null,
        fields: fields.map(({ selector, kind, proposal, evidence }) => ({
          field: selector,
          kind: kind ?? null,
          role: proposal.role,
          decided: proposal.transform !== undefined,
          evidence,
        })),
      }));
      await terminal.out(asciiJson({ file: out, undecided, tables: outcome }));
    } else if (!isSet(invocation, 'quiet') && out !== '-') {
      const fields = tables.reduce((sum, table) => sum + table.fields.length, 0);
      const next = 'fill in what is marked, and read every line';
      terminal.err(`wrote ${out}: ${fields} fields, of which ${undecided} are left to decide (\`reject\`)\n${next}\n`);
    }
    return 0;
  },
});
