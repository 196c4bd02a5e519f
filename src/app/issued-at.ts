import { fail } from '../base/diagnostic.ts';
import type { Terminal } from '../io/terminal.ts';

/** SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/), or now; milliseconds, whole seconds. */
export function issuedAt(terminal: Terminal): number {
  const epoch = terminal.env.SOURCE_DATE_EPOCH;
  if (epoch === undefined || epoch === '') return Math.floor(terminal.now() / 1000) * 1000;
  const ms = Number(epoch) * 1000;
  if (/^\d{1,12}$/.test(epoch) && ms < 253_402_300_800_000) return ms;
  throw fail('USAGE', 'SOURCE_DATE_EPOCH is not a number of seconds since 1970', { hint: 'for example 1767225600' });
}
