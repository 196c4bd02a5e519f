import { registry } from '../base/registry.ts';
import { applyCommand } from './commands/apply.ts';
import { diffCommand } from './commands/diff.ts';
import { hierarchyCheckCommand } from './commands/hierarchy-check.ts';
import { hierarchyDraftCommand } from './commands/hierarchy-draft.ts';
import { keysGenerateCommand } from './commands/keys-generate.ts';
import { keysShowCommand } from './commands/keys-show.ts';
import { measureCommand } from './commands/measure.ts';
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
  applyCommand,
  verifyCommand,
  diffCommand,
  hierarchyCheckCommand,
  hierarchyDraftCommand,
  measureCommand,
  keysGenerateCommand,
  keysShowCommand,
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
]);
