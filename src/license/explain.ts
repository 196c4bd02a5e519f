import { constraints } from './constraints/index.ts';
import type { ConstraintDefinition, TermExplanation } from './definition.ts';
import type { Terms } from './terms.ts';

/** What each term means, who will stand for it, and what a recipient states for it; in the order in which terms are decided. */
export function explainTerms(terms: Terms): TermExplanation[] {
  return (constraints.all as readonly ConstraintDefinition[]).flatMap((constraint) => constraint.explain(terms));
}
