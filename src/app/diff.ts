import { Failure, fail } from '../base/diagnostic.ts';
import { type Difference, diffReleases } from '../release/diff.ts';
import { readBundle } from './earlier-release.ts';

export interface DiffOutcome {
  readonly before: DiffedRelease;
  readonly after: DiffedRelease;
  readonly differences: readonly Difference[];
}

export interface DiffedRelease {
  readonly bundle: string;
  /** Id of the license. */
  readonly license: string;
  readonly issued: string;
}

/** How does one release differ from an earlier one? Throws a Failure when one of them is not whole or cannot be read. */
export async function diff(before: string, after: string): Promise<DiffOutcome> {
  if (before === '-' && after === '-') {
    throw fail('USAGE', 'both bundles would be read from standard input', { hint: 'name a file or directory for one' });
  }
  const [old, now] = await both(readBundle(before), readBundle(after));
  const facts = (bundle: string, { statement: { predicate } }: typeof old): DiffedRelease => ({
    bundle,
    license: predicate.id,
    issued: predicate.issued,
  });
  return { before: facts(before, old), after: facts(after, now), differences: diffReleases(old, now) };
}

/** Both results, or a Failure with all that is wrong with either. */
async function both<T>(one: Promise<T>, other: Promise<T>): Promise<[T, T]> {
  const [first, second] = await Promise.allSettled([one, other]);
  if (first.status === 'fulfilled' && second.status === 'fulfilled') return [first.value, second.value];
  const reasons: unknown[] = [first, second].flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  const failures = reasons.filter((reason) => reason instanceof Failure);
  if (failures.length < reasons.length) throw reasons.find((reason) => !(reason instanceof Failure));
  throw new Failure(failures.flatMap(({ diagnostics }) => diagnostics));
}
