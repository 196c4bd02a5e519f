import { constraints } from './constraints/index.ts';
import type { Terms } from './terms.ts';

/** The terms in plain English, a sentence each. Plain text: names in it may hold characters that Markdown gives a meaning. */
export function renderTerms(terms: Terms): string[] {
  return constraints.all.flatMap((constraint) => constraint.render(terms));
}
