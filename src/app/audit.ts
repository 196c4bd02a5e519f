import { join } from 'node:path';
import { type Diagnostic, Failure, fail } from '../base/diagnostic.ts';
import { parseInstant } from '../base/time.ts';
import { auditSize, readAuditEntries } from '../io/audit-log.ts';
import { stateFolder } from '../io/state.ts';
import type { Terminal } from '../io/terminal.ts';
import type { AuditEntry } from '../release/audit/log.ts';
import { type AuditReport, createReport } from '../release/audit/report.ts';
import { licenseOf } from '../release/audit/summary.ts';
import { auditName } from './state-log.ts';

/** The folder of the audit log in a state directory; the one of this user (XDG Base Directory Specification) unless another is named. */
export function auditFolder(state: string | undefined, { env }: Terminal): string {
  return join(state ?? stateFolder(env), auditName);
}

export interface ShowRequest {
  readonly folder: string;
  /** Only entries about this license. */
  readonly license: string | undefined;
  /** Only entries from this time on, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly since: number | undefined;
  /** Only so many, the latest. */
  readonly last: number | undefined;
}

/** What is read of the log, in the order of its entries. */
export interface Shown {
  /** To be gone through once. */
  readonly entries: Iterable<AuditEntry>;
  /** Why the log cannot be relied on: known when the entries in front of that have been gone through. */
  problems(): readonly Diagnostic[];
}

/** Entries as they are read; of what is not asked for by time or number, only some 50 before. Throws FILE-MISSING where there is no log. */
export function showAudit({ folder, license, since, last }: ShowRequest): Shown {
  const size = requireLog(folder);
  // Entries of another license are not counted.
  const seq = last === undefined || license !== undefined ? undefined : Math.max(0, size - last);
  const { entries, problems } = reading(folder, since, seq);
  const wanted = filtered(entries, ({ event }) => license === undefined || licenseOf(event) === license);
  return { entries: last === undefined ? wanted : latest(wanted, last), problems };
}

/** Who used what under which license, refusals, and what falls due. Throws FILE-MISSING where there is no log. */
export function reportAudit(
  folder: string,
  since: number | undefined,
  now: number,
): { readonly report: AuditReport; readonly problems: readonly Diagnostic[] } {
  requireLog(folder);
  const collected = createReport();
  const { entries, problems } = reading(folder, since);
  for (const entry of entries) collected.add(entry);
  return { report: collected.report(now), problems: problems() };
}

/** How many entries there are. Throws FILE-MISSING where there is none. */
export function requireLog(folder: string): number {
  const size = auditSize(folder);
  if (size > 0) return size;
  throw fail('FILE-MISSING', 'there is no audit log here', {
    place: { file: folder },
    hint: 'name the state directory with --state DIR; the log begins with the first decision',
  });
}

function reading(folder: string, since: number | undefined, seq?: number): Shown {
  let problems: readonly Diagnostic[] = [];
  function* entries(): Generator<AuditEntry> {
    try {
      for (const entry of readAuditEntries(folder, { time: since, seq })) {
        if (entry.seq >= (seq ?? 0) && (since === undefined || parseInstant(entry.time)! >= since)) yield entry;
      }
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'AUDIT') throw error;
      problems = error.diagnostics;
    }
  }
  return { entries: entries(), problems: () => problems };
}

function* filtered<T>(values: Iterable<T>, keeps: (value: T) => boolean): Generator<T> {
  for (const value of values) if (keeps(value)) yield value;
}

/** So many at most are held. */
function* latest<T>(values: Iterable<T>, count: number): Generator<T> {
  let held: T[] = [];
  for (const value of values) {
    held.push(value);
    // To take one from the front at a time would move all the others.
    if (held.length >= 2 * count) held = held.slice(-count);
  }
  yield* held.slice(-count);
}
