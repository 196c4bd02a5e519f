import { registry } from '../base/registry.ts';
import { applyCommand } from './commands/apply.ts';
import { diffCommand } from './commands/diff.ts';
import { exportCommand } from './commands/export.ts';
import { hierarchyCheckCommand } from './commands/hierarchy-check.ts';
import { hierarchyDraftCommand } from './commands/hierarchy-draft.ts';
import { keysGenerateCommand } from './commands/keys-generate.ts';
import { keysShowCommand } from './commands/keys-show.ts';
import { measureCommand } from './commands/measure.ts';
import { schemaCommand } from './commands/schema.ts';
import { verifyCommand } from './commands/verify.ts';

export const commands = registry('command', [
  applyCommand,
  verifyCommand,
  exportCommand,
  diffCommand,
  hierarchyCheckCommand,
  hierarchyDraftCommand,
  measureCommand,
  keysGenerateCommand,
  keysShowCommand,
  schemaCommand,
]);
