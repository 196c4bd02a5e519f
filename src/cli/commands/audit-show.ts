import { fail } from '../../base/diagnostic.ts';
import { sinceOf, sinceOption, stateOption } from '../audit-options.ts';
import { defineCommand, type Invocation, isSet, optionText } from '../definition.ts';

export const auditShowCommand = defineCommand({
  name: 'audit show',
  summary: 'Show the audit log: what verify and export decided, and what became of licenses and state.',
  arguments: [],
  options: [
    { flags: '--license <id>', summary: 'only what is about this license' },
    sinceOption,
    { flags: '-n, --last <count>', summary: 'only so many entries, the latest' },
    stateOption,
    { flags: '--json', summary: 'print the entries as JSON' },
  ],
  examples: [
    { command: 'anon audit show -n 20', does: 'prints the latest 20 entries; exits 1 when one of them was changed' },
  ],
  async run(invocation, terminal) {
    const { auditFolder, showAudit } = await import('../../app/audit.ts');
    const { entries, problems } = showAudit({
      folder: auditFolder(optionText(invocation, 'state'), terminal),
      license: optionText(invocation, 'license'),
      since: sinceOf(invocation),
      last: countOf(invocation),
    });
    const { renderDiagnostics } = await import('../diagnostics.ts');
    const { entriesJson, renderEntries } = await import('../audit.ts');
    const json = isSet(invocation, 'json');
    const pieces = json ? entriesJson(entries, problems) : renderEntries(entries, terminal.columns);
    for (const text of pieces) await terminal.out(text);
    if (!json) terminal.err(renderDiagnostics(problems(), { color: terminal.color }));
    return problems().length === 0 ? 0 : 1;
  },
});

function countOf(invocation: Invocation): number | undefined {
  const text = optionText(invocation, 'last');
  if (text === undefined) return undefined;
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw fail('USAGE', "option '-n, --last <count>' takes a whole number above 0");
  return Number(text);
}
