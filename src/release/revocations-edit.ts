import { fail } from '../base/diagnostic.ts';
import { formatInstant } from '../base/time.ts';
import type { Revocation, Revocations, RevocationsContent } from './revocations.ts';
import { revocationsSchema } from './revocations.ts';
import { readContent } from './signed-document.ts';

/** What is taken back, or given back. */
export interface RevocationChange extends Pick<Revocation, 'kind' | 'value'> {
  /** Undefined: it is reinstated. */
  readonly reason: string | undefined;
}

/** The list after `current`, dated `now` (milliseconds); with no changes it is only newer. Throws USAGE. */
export function nextRevocations(
  current: Revocations | undefined,
  changes: readonly RevocationChange[],
  now: number,
  expires: string,
): RevocationsContent {
  const issued = formatInstant(now);
  const entries = changes.reduce((all, change) => changed(all, change, issued), current?.content.entries ?? []);
  return readContent(
    {
      version: (current?.content.version ?? 0) + 1,
      issued,
      expires,
      ...(current === undefined ? {} : { previous: current.sha256 }),
      entries,
    },
    { name: 'the list of revocations', schema: revocationsSchema, code: 'USAGE' },
  );
}

function changed(entries: Revocation[], { kind, value, reason }: RevocationChange, at: string): Revocation[] {
  const isMeant = (entry: Revocation): boolean => entry.kind === kind && entry.value === value && !entry.reinstated;
  const revoked = entries.some(isMeant);
  if (reason === undefined) {
    if (!revoked) throw fail('USAGE', `the list does not revoke that ${kind}`);
    return entries.map((entry) => (isMeant(entry) ? { ...entry, reinstated: true } : entry));
  }
  if (revoked) throw fail('USAGE', `the list revokes that ${kind} already`);
  return [...entries, { kind, value, at, reason, reinstated: false }];
}
