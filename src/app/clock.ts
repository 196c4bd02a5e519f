import { fail } from '../base/diagnostic.ts';
import type { State } from '../io/state.ts';
import type { Finding } from '../release/answer.ts';
import { checkClock, clockMark } from '../release/time.ts';

const file = 'clock';

/**
 * The time, if it can be believed: not behind the latest that any run has seen with this state. Raises that mark first, so that a run that is
 * refused does too. Throws CLOCK.
 */
export async function believedTime(state: State, now: number): Promise<Finding<number>> {
  let mark: number | null = null;
  await state.update(file, (current) => {
    mark = markIn(current, state);
    const raised = clockMark.raised(now, mark);
    return raised === null ? null : Buffer.from(raised);
  });
  return checkClock(now, mark);
}

/** Begin again at `now`, after a clock that was wrong has put the mark into the future. */
export async function resetClock(state: State, now: number): Promise<void> {
  await state.update(file, () => {
    const mark = clockMark.raised(now, null);
    if (mark === null) throw fail('CLOCK', 'the clock shows no time between the years 1970 and 9999');
    return Buffer.from(mark);
  });
}

/** The latest time that a run has seen, in milliseconds; null: none. Throws STATE. */
export async function seenMark(state: State): Promise<number | null> {
  return markIn(await state.read(file), state);
}

function markIn(current: Buffer | null, { folder }: State): number | null {
  if (current === null) return null;
  const mark = clockMark.read(current.toString('utf8'));
  if (mark !== null) return mark;
  throw fail('STATE', 'the time of the latest run cannot be read', {
    place: { file: folder },
    hint: 'begin again with `anon doctor --reset-clock`',
  });
}
