import { checkClock } from '../../release/time.ts';
import { seenMark } from '../clock.ts';
import { defineCheck, ok } from './definition.ts';
import { openedState } from './opened-state.ts';

export const clock = defineCheck({
  name: 'clock',
  summary: 'Whether the clock is behind the latest time that a run has seen.',
  async run({ terminal, state }) {
    const opened = await openedState(state);
    return [ok(checkClock(terminal.now(), opened === null ? null : await seenMark(opened)).detail)];
  },
});
