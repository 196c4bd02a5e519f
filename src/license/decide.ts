import { constraints } from './constraints/index.ts';
import { decideContext } from './context.ts';
import type { TermOutcome } from './definition.ts';
import type { Terms } from './terms.ts';
import type { Situation, StatedUse } from './use.ts';

/**
 * What the terms say about a stated use: an outcome for what the use says of itself (audience, time), then for every member of
 * the terms, in the registry's order. The use is allowed when none is a failure; all failures are given, not only the first.
 */
export function decideTerms(terms: Terms, use: StatedUse, situation: Situation): TermOutcome[] {
  return [
    ...decideContext(use, situation),
    ...constraints.all.flatMap((constraint) => constraint.decide(terms, use, situation)),
  ];
}
