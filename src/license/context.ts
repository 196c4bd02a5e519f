import { parseInstant } from '../base/time.ts';
import type { TermOutcome } from './definition.ts';
import { pass, refuse } from './outcome.ts';
import { basisOf, type Situation, type StatedUse } from './use.ts';

/** By how much the clocks of two machines may differ. */
const clockSkewMs = 300_000;

/** Does the stated use hold for this license and now? It constrains itself by what it says of its audience and time. */
export function decideContext(use: StatedUse, situation: Situation): TermOutcome[] {
  const basis = basisOf(situation);
  const { now, licenseId } = situation;
  const outcomes: TermOutcome[] = [];
  if (use.audience !== undefined) {
    outcomes.push(
      use.audience === '*' || use.audience === licenseId
        ? pass('context.audience', basis, 'the stated use is meant for this license')
        : refuse('context.audience', basis, 'the stated use is meant for another license'),
    );
  }
  if (use.issued !== undefined) {
    outcomes.push(
      at(use.issued) <= now + clockSkewMs
        ? pass('context.issued', basis, `stated at ${use.issued}`)
        : refuse('context.issued', basis, `the stated use is dated ahead, ${use.issued}`, 'NOTYET'),
    );
  }
  if (use.expires !== undefined) {
    outcomes.push(
      now < at(use.expires)
        ? pass('context.expires', basis, `holds until ${use.expires}`)
        : refuse('context.expires', basis, `the stated use ended at ${use.expires}`, 'EXPIRED'),
    );
  }
  return outcomes;
}

/** NaN, which compares as false with everything, for what is no time. */
function at(instant: string): number {
  return parseInstant(instant) ?? Number.NaN;
}
