import { join } from 'node:path';
import { type Diagnostic, fail } from '../base/diagnostic.ts';
import { hasAuditLog, readAuditLines } from '../io/audit-log.ts';
import { stateFolder } from '../io/state.ts';
import type { Terminal } from '../io/terminal.ts';
import type { AuditEntry } from '../release/audit/log.ts';
import { type AuditReport, createReport } from '../release/audit/report.ts';
import { licenseOf } from '../release/audit/summary.ts';
import { verifyLog } from '../release/audit/verify.ts';
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

export interface Shown<T> {
  readonly value: T;
  /** Why the log cannot be relied on; what it holds in front of that is shown all the same. */
  readonly problems: readonly Diagnostic[];
}

/** Entries in their order. Throws FILE-MISSING where there is no log. */
export function showAudit({ folder, license, since, last }: ShowRequest): Shown<readonly AuditEntry[]> {
  const entries: AuditEntry[] = [];
  const problems = readWhole(folder, since, (entry) => {
    if (license === undefined || licenseOf(entry.event) === license) entries.push(entry);
  });
  return { value: last === undefined ? entries : entries.slice(Math.max(0, entries.length - last)), problems };
}

/** Who used what under which license, refusals, and what falls due. Throws FILE-MISSING where there is no log. */
export function reportAudit(folder: string, since: number | undefined, now: number): Shown<AuditReport> {
  const collected = createReport();
  const problems = readWhole(folder, since, (entry) => collected.add(entry));
  return { value: collected.report(now), problems };
}

/** Throws FILE-MISSING. */
export function requireLog(folder: string): void {
  if (hasAuditLog(folder)) return;
  throw fail('FILE-MISSING', 'there is no audit log here', {
    place: { file: folder },
    hint: 'name the state directory with --state DIR; the log begins with the first decision',
  });
}

function readWhole(folder: string, since: number | undefined, see: (entry: AuditEntry) => void): readonly Diagnostic[] {
  requireLog(folder);
  const from = since ?? 0;
  return verifyLog(readAuditLines(folder), [], (entry) => {
    if (Date.parse(entry.time) >= from) see(entry);
  }).problems;
}
