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
import { hierarchyCheckCommand } from './commands/hierarchy-check.ts';
import { hierarchyDraftCommand } from './commands/hierarchy-draft.ts';
import { keysGenerateCommand } from './commands/keys-generate.ts';
import { keysShowCommand } from './commands/keys-show.ts';
import { licenseApproveCommand } from './commands/license-approve.ts';
import { licenseExplainCommand } from './commands/license-explain.ts';
import { licenseIssueCommand } from './commands/license-issue.ts';
import { licenseRenewCommand } from './commands/license-renew.ts';
import { licenseShowCommand } from './commands/license-show.ts';
import { measureCommand } from './commands/measure.ts';
import { schemaCommand } from './commands/schema.ts';
import { verifyCommand } from './commands/verify.ts';

export const commands = registry('command', [
  applyCommand,
  verifyCommand,
  diffCommand,
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
  checkCommand,
  schemaCommand,
  explainCommand,
  doctorCommand,
  completionCommand,
]);
