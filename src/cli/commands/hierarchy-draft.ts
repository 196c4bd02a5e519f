import { fail } from '../../base/diagnostic.ts';
import { defineCommand, isSet, optionText } from '../definition.ts';
import { formOf, formOptions } from '../form-options.ts';
import { asciiJson } from '../json.ts';

export const hierarchyDraftCommand = defineCommand({
  name: 'hierarchy draft',
  summary: 'Draft a hierarchy file from the values of a field. The file holds these values.',
  arguments: [
    {
      name: 'data',
      summary: 'the data of one table, plain or gzip: files, or quoted patterns; - for standard input',
      repeatable: true,
    },
  ],
  options: [
    { flags: '--field <name>', summary: 'the field: a column, or a JSON path' },
    { flags: '--out <file>', summary: 'where the hierarchy goes, for its owner alone to read; - for standard output' },
    {
      flags: '--kind <kind>',
      summary:
        'interval (numbers), date, prefix (codes) or groups (labels to fill in); by default what all values suggest',
      choices: ['interval', 'date', 'prefix', 'groups'],
    },
    { flags: '--levels <number>', summary: 'levels between value and `*`, at most' },
    ...formOptions('data-'),
    { flags: '--replace', summary: 'replace a file that exists' },
    { flags: '--json', summary: 'print the outcome as JSON' },
    { flags: '-q, --quiet', summary: 'print nothing but problems' },
  ],
  examples: [
    {
      command: 'anon hierarchy draft patients.csv --field age --out age.csv',
      does: 'writes intervals of about equally many records, merged level by level',
    },
    {
      command: "anon hierarchy draft 'data/*.csv' --data-encoding latin1 --field zip --kind prefix --out zip.csv",
      does: 'takes the values of all files',
    },
    {
      command: 'anon hierarchy draft patients.csv --field ward --kind groups --levels 2 --out ward.csv',
      does: 'writes `value;?;?;*` for each value: put labels in the place of `?`',
    },
  ],
  async run(invocation, terminal) {
    const out = optionText(invocation, 'out');
    const field = optionText(invocation, 'field');
    if (field === undefined) throw fail('USAGE', 'no field is named', { hint: 'say --field NAME' });
    if (out === undefined) {
      throw fail('USAGE', 'say where the hierarchy goes', {
        hint: '--out FILE; it holds values of the data, so it goes to standard output for --out - alone',
      });
    }
    if (out === '-' && isSet(invocation, 'json')) {
      throw fail('USAGE', 'the hierarchy and the outcome as JSON cannot both go to standard output');
    }
    const levels = optionText(invocation, 'levels');
    if (levels !== undefined && !/^[1-9]$/.test(levels)) {
      throw fail('USAGE', "option '--levels <number>' takes a whole number from 1 to 9");
    }
    const { draftFrom } = await import('../../app/hierarchy-draft.ts');
    const { kind, labels } = await draftFrom(
      {
        data: invocation.repeated,
        field,
        ...formOf(invocation, 'data-'),
        kind: optionText(invocation, 'kind'),
        levels: levels === undefined ? undefined : Number(levels),
        out,
        replace: isSet(invocation, 'replace'),
      },
      terminal,
    );
    if (isSet(invocation, 'json')) {
      await terminal.out(asciiJson({ file: out, kind, labels }));
    } else if (!isSet(invocation, 'quiet') && out !== '-') {
      const { levelsText } = await import('../levels.ts');
      terminal.err(
        `wrote ${out} (${kind}): ${levelsText(labels)}\nit holds values of the data: keep it as you keep them\n`,
      );
    }
    return 0;
  },
});
