import { join } from 'node:path';
import { openAuditLog } from '../io/audit-log.ts';
import type { State } from '../io/state.ts';
import type { Terminal } from '../io/terminal.ts';
import type { AuditLog } from '../release/audit/log.ts';

/** Folder of the audit log in the state. */
export const auditName = 'audit';

/** The audit log of a state. To be opened before the run changes the state: whether there was any is what tells a new log from a lost one. */
export async function openStateLog(state: State, terminal: Pick<Terminal, 'now'>): Promise<AuditLog> {
  const otherState = (await state.names()).length > 0;
  return openAuditLog(join(state.folder, auditName), { now: () => terminal.now(), otherState });
}
