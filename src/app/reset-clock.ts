import { formatInstant } from '../base/time.ts';
import { openState, stateFolder } from '../io/state.ts';
import type { Terminal } from '../io/terminal.ts';
import { resetClock, seenMark } from './clock.ts';
import { openStateLog } from './state-log.ts';

/** Set the clock's high-water mark to now, and say so in the audit log. Returns both instants; `from` is null where there was no mark. */
export async function resetAuditedClock(state: string | undefined, terminal: Terminal) {
  const opened = await openState(state ?? stateFolder(terminal.env));
  const log = await openStateLog(opened, terminal);
  const now = terminal.now();
  // A mark that cannot be read is what is to be mended.
  const mark = await seenMark(opened).catch(() => null);
  const [from, to] = [mark === null ? null : formatInstant(mark), formatInstant(now)];
  await log.append(() => ({ type: 'clock-reset', from: from ?? to, to }));
  await resetClock(opened, now);
  return { from, to };
}
