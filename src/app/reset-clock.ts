import { join } from 'node:path';
import { formatInstant } from '../base/time.ts';
import { openAuditLog } from '../io/audit-log.ts';
import { openState, stateFolder } from '../io/state.ts';
import type { Terminal } from '../io/terminal.ts';
import { resetClock } from './clock.ts';

/** Set the clock's high-water mark to now, and say so in the audit log. Returns both instants; `from` is null where there was no mark. */
export async function resetAuditedClock(state: string | undefined, terminal: Terminal) {
  const opened = await openState(state ?? stateFolder(terminal.env));
  const otherState = (await opened.names()).length > 0;
  const now = terminal.now();
  const mark = await resetClock(opened, now);
  const [from, to] = [mark === null ? null : formatInstant(mark), formatInstant(now)];
  const log = await openAuditLog(join(opened.folder, 'audit'), { now: () => terminal.now(), otherState });
  await log.append(() => ({ type: 'clock-reset', from: from ?? to, to }));
  return { from, to };
}
