import type { FailureCode } from '../base/failures.ts';
import type { Basis, TermOutcome } from './definition.ts';

export function pass(term: string, basis: Basis, detail: string): TermOutcome {
  return { term, basis, status: 'pass', detail };
}

export function refuse(term: string, basis: Basis, detail: string, code: FailureCode = 'TERMS'): TermOutcome {
  return { term, basis, status: 'fail', code, detail };
}

/** The license constrains what the stated use leaves out. `flag` is the flag that states it. */
export function unstated(term: string, what: string, flag: string): TermOutcome {
  return refuse(term, 'asserted', `the license limits the ${what}, and none is stated: state it with ${flag}`);
}
