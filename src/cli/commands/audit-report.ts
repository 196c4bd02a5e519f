import { sinceOf, sinceOption, stateOption } from '../audit-options.ts';
import { defineCommand, optionText } from '../definition.ts';
import { asciiJson } from '../json.ts';

export const auditReportCommand = defineCommand({
  name: 'audit report',
  summary:
    'Report from the audit log: who used what under which license, refusals, licenses, and what ends or must be deleted when.',
  arguments: [],
  options: [
    sinceOption,
    { flags: '--format <name>', summary: 'text (default), markdown or json', choices: ['text', 'markdown', 'json'] },
    stateOption,
  ],
  examples: [{ command: 'anon audit report --since 2026-12-01 --format markdown', does: 'prints four tables' }],
  async run(invocation, terminal) {
    const { auditFolder, reportAudit } = await import('../../app/audit.ts');
    const folder = auditFolder(optionText(invocation, 'state'), terminal);
    const { report, problems } = reportAudit(folder, sinceOf(invocation), terminal.now());
    const { diagnosticsJson, renderDiagnostics } = await import('../diagnostics.ts');
    const { renderReport, reportMarkdown } = await import('../audit-report.ts');
    const format = optionText(invocation, 'format') ?? 'text';
    if (format === 'json') {
      await terminal.out(asciiJson({ ...report, diagnostics: diagnosticsJson(problems) }));
    } else {
      await terminal.out(format === 'markdown' ? reportMarkdown(report) : renderReport(report, terminal.columns));
      terminal.err(renderDiagnostics(problems, { color: terminal.color }));
    }
    return problems.length === 0 ? 0 : 1;
  },
});
