import { registry } from '../base/registry.ts';
import { applyCommand } from './commands/apply.ts';
import { auditCheckpointCommand } from './commands/audit-checkpoint.ts';
import { auditReportCommand } from './commands/audit-report.ts';
import { auditShowCommand } from './commands/audit-show.ts';
import { auditVerifyCommand } from './commands/audit-verify.ts';
import { diffCommand } from './commands/diff.ts';
import { hierarchyCheckCommand } from './commands/hierarchy-check.ts';
import { hierarchyDraftCommand } from './commands/hierarchy-draft.ts';
import { initCommand } from './commands/init.ts';
import { keysGenerateCommand } from './commands/keys-generate.ts';
import { keysShowCommand } from './commands/keys-show.ts';
import { measureCommand } from './commands/measure.ts';
import { schemaCommand } from './commands/schema.ts';
import { verifyCommand } from './commands/verify.ts';

export const commands = registry('command', [
  initCommand,
  applyCommand,
  verifyCommand,
  diffCommand,
  hierarchyCheckCommand,
  hierarchyDraftCommand,
  measureCommand,
  keysGenerateCommand,
  keysShowCommand,
  auditShowCommand,
  auditVerifyCommand,
  auditCheckpointCommand,
  auditReportCommand,
  schemaCommand,
]);
