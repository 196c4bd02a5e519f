import { stateOption } from '../audit-options.ts';
import { defineCommand, isSet, optionList, optionText } from '../definition.ts';

export const auditVerifyCommand = defineCommand({
  name: 'audit verify',
  summary:
    'Check that the audit log is as it was written: every entry, and the beginning that each checkpoint was made of.',
  arguments: [],
  options: [
    {
      flags: '--checkpoint <file>',
      summary: 'a checkpoint that was kept elsewhere; may be given several times',
      repeatable: true,
    },
    {
      flags: '--key <pem>',
      summary: 'public key of who signs checkpoints; may be given several times',
      repeatable: true,
    },
    stateOption,
    { flags: '--json', summary: 'print what was found as JSON' },
    { flags: '-q, --quiet', summary: 'print nothing; the exit status is the answer' },
  ],
  examples: [
    {
      command: 'anon audit verify --checkpoint december.note --key auditor.pub',
      does: 'exits 0 when nothing was changed or removed, 1 when something was, 2 when there is no answer',
    },
  ],
  async run(invocation, terminal) {
    const { auditFolder } = await import('../../app/audit.ts');
    const { verifyAudit } = await import('../../app/audit-verify.ts');
    const found = await verifyAudit({
      folder: auditFolder(optionText(invocation, 'state'), terminal),
      checkpoints: optionList(invocation, 'checkpoint'),
      keys: optionList(invocation, 'key'),
    });
    const { findingsJson, renderFindings } = await import('../audit.ts');
    if (isSet(invocation, 'json')) await terminal.out(findingsJson(found));
    else if (!isSet(invocation, 'quiet')) {
      const { renderDiagnostics } = await import('../diagnostics.ts');
      await terminal.out(renderFindings(found, terminal.columns));
      terminal.err(renderDiagnostics(found.problems, { color: terminal.color }));
    }
    return found.problems.length === 0 ? 0 : 1;
  },
});
