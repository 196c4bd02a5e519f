import { registry } from '../base/registry.ts';
import { applyCommand } from './commands/apply.ts';
import { auditCheckpointCommand } from './commands/audit-checkpoint.ts';
import { auditReportCommand } from './commands/audit-report.ts';
import { auditShowCommand } from './commands/audit-show.ts';
import { auditVerifyCommand } from './commands/audit-verify.ts';
import { checkCommand } from './commands/check.ts';
import { completionCommand } from './commands/completion.ts';
import { contextSignCommand } from './commands/context-sign.ts';
import { diffCommand } from './commands/diff.ts';
import { doctorCommand } from './commands/doctor.ts';
import { explainCommand } from './commands/explain.ts';
import { exportCommand } from './commands/export.ts';
import { hierarchyCheckCommand } from './commands/hierarchy-check.ts';
import { hierarchyDraftCommand } from './commands/hierarchy-draft.ts';
import { initCommand } from './commands/init.ts';
import { keysGenerateCommand } from './commands/keys-generate.ts';
import { keysShowCommand } from './commands/keys-show.ts';
import { licenseApproveCommand } from './commands/license-approve.ts';
import { licenseExplainCommand } from './commands/license-explain.ts';
import { licenseIssueCommand } from './commands/license-issue.ts';
import { licenseRenewCommand } from './commands/license-renew.ts';
import { licenseShowCommand } from './commands/license-show.ts';
import { measureCommand } from './commands/measure.ts';
import { previewCommand } from './commands/preview.ts';
import { reportCommand } from './commands/report.ts';
import { revocationsMergeCommand } from './commands/revocations-merge.ts';
import { revocationsShowCommand } from './commands/revocations-show.ts';
import { revokeCommand } from './commands/revoke.ts';
import { schemaCommand } from './commands/schema.ts';
import { trustAddCommand } from './commands/trust-add.ts';
import { trustCreateCommand } from './commands/trust-create.ts';
import { trustInitCommand } from './commands/trust-init.ts';
import { trustRemoveCommand } from './commands/trust-remove.ts';
import { trustRenewCommand } from './commands/trust-renew.ts';
import { trustRotateCommand } from './commands/trust-rotate.ts';
import { trustShowCommand } from './commands/trust-show.ts';
import { trustSignCommand } from './commands/trust-sign.ts';
import { trustUpdateCommand } from './commands/trust-update.ts';
import { verifyCommand } from './commands/verify.ts';

export const commands = registry('command', [
  initCommand,
  applyCommand,
  previewCommand,
  checkCommand,
  verifyCommand,
  exportCommand,
  diffCommand,
  reportCommand,
  hierarchyCheckCommand,
  hierarchyDraftCommand,
  measureCommand,
  licenseShowCommand,
  licenseExplainCommand,
  licenseIssueCommand,
  licenseRenewCommand,
  licenseApproveCommand,
  contextSignCommand,
  keysGenerateCommand,
  keysShowCommand,
  auditShowCommand,
  auditVerifyCommand,
  auditCheckpointCommand,
  auditReportCommand,
  trustInitCommand,
  trustUpdateCommand,
  trustShowCommand,
  trustCreateCommand,
  trustAddCommand,
  trustRemoveCommand,
  trustRotateCommand,
  trustRenewCommand,
  trustSignCommand,
  revokeCommand,
  revocationsShowCommand,
  revocationsMergeCommand,
  schemaCommand,
  explainCommand,
  doctorCommand,
  completionCommand,
]);
