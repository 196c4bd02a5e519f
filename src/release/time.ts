import { fail } from '../base/diagnostic.ts';
import { formatInstant, parseInstant } from '../base/time.ts';
import type { Finding } from './answer.ts';

/** By how much two clocks may differ, in milliseconds: that of the signer, that of an earlier run, and that of this one. */
export const clockSkewMs = 300_000;

/**
 * The clock against its high-water mark, the latest time that a run has seen. Throws CLOCK when it has gone back by more than the skew, or
 * shows no time at all. Milliseconds; null: no run yet.
 */
export function checkClock(now: number, mark: number | null): Finding<number> {
  if (readable(now) === null) throw fail('CLOCK', 'the clock shows no time between the years 1970 and 9999');
  if (mark !== null && now + clockSkewMs < mark) {
    throw fail('CLOCK', `the clock has gone back: an earlier run saw ${formatInstant(mark)}`, {
      hint: 'set the clock; if it was wrong then, `anon doctor --reset-clock`',
    });
  }
  return { value: now, detail: mark === null ? 'no earlier run' : 'not behind an earlier run' };
}

/** The mark as it is kept, and the mark that a run at `now` leaves: never earlier. */
export const clockMark = {
  read: (text: string): number | null => parseInstant(text.trim()),
  raised: (now: number, mark: number | null): string | null => {
    const seen = readable(now);
    return seen === null || (mark !== null && parseInstant(seen)! <= mark) ? null : `${seen}\n`;
  },
};

function readable(now: number): string | null {
  try {
    return formatInstant(now);
  } catch {
    return null;
  }
}
