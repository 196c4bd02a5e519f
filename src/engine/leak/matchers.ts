import type { Matcher } from './matcher.ts';
import { createPlainMatcher } from './plain-matcher.ts';
import { vectorMatcher } from './vector-matcher.ts';

/** What does the work on bytes; the next one does what is too large for the one before. */
export function defaultMatchers(): readonly Matcher[] {
  const vectors = vectorMatcher();
  return vectors === null ? [createPlainMatcher()] : [vectors, createPlainMatcher()];
}
