import { Failure, fail } from '../../base/diagnostic.ts';
import { defineCommand, type Invocation, isSet, optionList, optionText } from '../definition.ts';
import { formOf, formOptions } from '../form-options.ts';
import { asciiJson } from '../json.ts';

export const hierarchyCheckCommand = defineCommand({
  name: 'hierarchy check',
  summary: 'Check hierarchy files: every value once, every label below one label, no cycles, all rows of one width.',
  arguments: [{ name: 'file', summary: 'hierarchy files, `value;level 1;level 2;…` in each line', repeatable: true }],
  options: [
    {
      flags: '--data <file>',
      summary:
        'count the values of a field of this data that have no row: a file or quoted pattern; - for standard input; may be given several times',
      repeatable: true,
    },
    { flags: '--field <name>', summary: 'the field: a column, or a JSON path' },
    { flags: '--delimiter <character>', summary: 'what stands between the columns of the hierarchies; `;` by default' },
    { flags: '--encoding <name>', summary: 'encoding of the hierarchies: utf-8, utf-16, latin1, …' },
    ...formOptions('data-'),
    { flags: '--json', summary: 'print the outcome as JSON' },
    { flags: '-q, --quiet', summary: 'print nothing but problems' },
  ],
  examples: [
    {
      command: 'anon hierarchy check hierarchies/*.csv',
      does: 'prints the labels of each level; exits 0 when all are well-formed, 1 when one is not',
    },
    {
      command: 'anon hierarchy check icd10.csv --data patients.csv --field diagnosis',
      does: 'tells of diagnoses that the hierarchy does not know, by row',
    },
  ],
  async run(invocation, terminal) {
    const data = dataOf(invocation);
    const delimiter = optionText(invocation, 'delimiter') ?? ';';
    const { delimiterPattern } = await import('../../hierarchies/table-problems.ts');
    if (!delimiterPattern.test(delimiter)) {
      throw fail('USAGE', "option '--delimiter <character>' takes one ASCII character");
    }
    const { checkHierarchies } = await import('../../app/hierarchy-check.ts');
    const { hierarchies, diagnostics } = await checkHierarchies(
      invocation.repeated,
      { delimiter, encoding: optionText(invocation, 'encoding') },
      data,
    );
    const { diagnosticsJson, renderDiagnostics } = await import('../diagnostics.ts');
    if (isSet(invocation, 'json')) {
      const outcome = { ok: diagnostics.length === 0, hierarchies, diagnostics: diagnosticsJson(diagnostics) };
      await terminal.out(asciiJson(outcome));
    } else {
      if (diagnostics.length > 0) terminal.err(renderDiagnostics(diagnostics, { color: terminal.color }));
      const { renderLevels } = await import('../levels.ts');
      if (!isSet(invocation, 'quiet')) await terminal.out(hierarchies.map(renderLevels).join(''));
    }
    return diagnostics.length === 0 ? 0 : new Failure(diagnostics).exit;
  },
});

function dataOf(invocation: Invocation) {
  const named = optionList(invocation, 'data');
  const data = named.length === 0 ? undefined : named;
  const field = optionText(invocation, 'field');
  const form = formOf(invocation, 'data-');
  if ([data, field, ...Object.values(form)].every((value) => value === undefined)) return undefined;
  if (data === undefined || field === undefined) {
    throw fail('USAGE', data === undefined ? 'no data is named' : 'no field of the data is named', {
      hint: '--data FILE and --field NAME belong together',
    });
  }
  return { data, field, ...form };
}
