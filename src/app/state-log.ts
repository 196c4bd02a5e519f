import { join } from 'node:path';
import { type Diagnostic, Failure } from '../base/diagnostic.ts';
import { openAuditLog } from '../io/audit-log.ts';
import { openState, type State, stateFolder } from '../io/state.ts';
import type { Terminal } from '../io/terminal.ts';
import type { AuditEntry, AuditLog } from '../release/audit/log.ts';

/** Folder of the audit log in the state. */
export const auditName = 'audit';

/**
 * The audit log of a state. To be opened before the run changes the state: what stands there is what tells a new log from a lost one. The state
 * keeps a mark that there was an entry; a clock that was raised, or trust that was seen, is no sign of one.
 */
export async function openStateLog(state: State, terminal: Pick<Terminal, 'now'>): Promise<AuditLog> {
  const names = await state.names();
  let marked = names.includes(markName);
  const otherState = marked || names.includes(adoptedName);
  const log = await openAuditLog(join(state.folder, auditName), { now: () => terminal.now(), otherState });
  const mark = async (entry: AuditEntry): Promise<AuditEntry> => {
    if (!marked) await state.update(markName, (current) => (current === null ? markOf(entry) : null));
    marked = true;
    return entry;
  };
  return { append: async (make) => mark(await log.append(make)), appendNow: log.appendNow };
}

/** The audit log of the state in a folder; undefined: of the user's state. Throws STATE. */
export async function openLogOf(
  folder: string | undefined,
  terminal: Pick<Terminal, 'now' | 'env'>,
): Promise<AuditLog> {
  return openStateLog(await openState(folder ?? stateFolder(terminal.env)), terminal);
}

export interface LogIfAny {
  readonly log: AuditLog | undefined;
  /** That there is none, and why. */
  readonly warnings: readonly Diagnostic[];
}

/**
 * The same for a run that needs no state: where the user's cannot be had, such as in a container without a home, it goes on without a log,
 * and says so. A folder that is named must do. Throws STATE.
 */
export async function openLogIfAny(
  folder: string | undefined,
  terminal: Pick<Terminal, 'now' | 'env'>,
): Promise<LogIfAny> {
  try {
    return { log: await openLogOf(folder, terminal), warnings: [] };
  } catch (error) {
    if (folder !== undefined || !(error instanceof Failure) || error.code !== 'STATE') throw error;
    const warnings = error.diagnostics.map(
      (diagnostic): Diagnostic => ({
        ...diagnostic,
        severity: 'warning',
        message: `the license is in no audit log: ${diagnostic.message}`,
        hint: 'say --state DIR',
      }),
    );
    return { log: undefined, warnings };
  }
}

const markName = 'logged';
/** Nothing is adopted without an entry. */
const adoptedName = 'adopted';

function markOf({ seq, time }: AuditEntry): Buffer {
  return Buffer.from(`entry ${seq} at ${time}\n`);
}
