import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Failure, fail } from '../base/diagnostic.ts';
import type { AuditEvent } from '../release/audit/event.ts';
import { decodeLine } from '../release/audit/line.ts';
import type { AuditEntry, AuditLog, AuditView } from '../release/audit/log.ts';
import { broken, countsEvery, createReplay, type Replay } from '../release/audit/replay.ts';
import { type AuditFiles, auditFiles } from './audit-files.ts';
import { fileFailure } from './errors.ts';

export interface AuditLogOptions {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: () => number;
  /** Whether other state stands where the log is: then a log that is absent was removed or lost, and its first entry says so. */
  readonly otherState: boolean;
}

/** The audit log in a folder (`STATE/audit`), which comes into being with its first entry. */
export async function openAuditLog(folder: string, options: AuditLogOptions): Promise<AuditLog> {
  const files = auditFiles(folder);
  let replay: Replay | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function append(make: (view: AuditView) => AuditEvent): Promise<AuditEntry> {
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      replay = logged(folder, () => caughtUp(files, replay));
      const first = dueEvent(replay, options);
      const event = first ?? make(replay);
      const { entry, line } = replay.next(event, timeOf(options.now()));
      const { seq } = entry;
      const added = logged(folder, () => files.add(seq, line));
      if (added) replay.accept(line);
      if (added && first === undefined) return entry;
      // The longer the others keep ahead, the rarer the attempts: each of them has to bring a file to the disk.
      if (!added) await setTimeout(Math.random() * Math.min(attempt, 20) * 2);
    }
    throw fail('AUDIT', 'other processes keep adding to the audit log', { place: { file: folder }, hint: 'try again' });
  }

  return {
    append(make) {
      const appended = last.then(() => append(make));
      last = appended.catch(() => {
        // What is known of the log may be what was wrong.
        replay = undefined;
      });
      return appended;
    },
  };
}

/** Throws AUDIT for what no entry can say. */
function timeOf(now: number): number {
  if (now >= 0 && now < endOfTime) return now;
  throw fail('AUDIT', 'the clock shows no time between the years 1970 and 9999', { hint: 'set the clock' });
}

/** Whether a log has been begun in the folder. Throws FILE-READ. */
export function hasAuditLog(folder: string): boolean {
  try {
    return auditFiles(folder).size() > 0;
  } catch (error) {
    throw fileFailure(error, folder, 'read');
  }
}

/** Every line of the log from its beginning. Throws AUDIT at an entry that is missing, and FILE-READ. */
export function* readAuditLines(folder: string): Generator<Buffer> {
  const files = auditFiles(folder);
  try {
    const size = files.size();
    for (let seq = 0; seq < size; seq++) yield lineAt(files, seq);
  } catch (error) {
    throw fileFailure(error, folder, 'read');
  }
}

const maxAttempts = 10_000;
/** 10000-01-01T00:00:00Z. */
const endOfTime = 253_402_300_800_000;

/** The event that the log asks for before any other. */
function dueEvent({ size, torn }: Replay, { otherState }: AuditLogOptions): AuditEvent | undefined {
  if (size === 0) return { type: 'state-reset', log: randomBytes(16).toString('hex'), otherState };
  return torn.length > 0 ? { type: 'recovered', entries: [...torn] } : undefined;
}

/** The replay with all entries that there are. */
function caughtUp(files: AuditFiles, known: Replay | undefined): Replay {
  const replay = known ?? fromAnchor(files);
  const size = known === undefined ? files.size() : 0;
  for (;;) {
    const line = files.read(replay.size);
    if (line !== null) replay.accept(line);
    else if (replay.size < size) throw broken(replay.size, 'is missing');
    else return replay;
  }
}

/** A replay that begins at the last entry but few that holds the counts, or where the log begins. */
function fromAnchor(files: AuditFiles): Replay {
  const size = files.size();
  for (let from = Math.floor(Math.max(0, size - 1) / countsEvery) * countsEvery; from > 0; from -= countsEvery) {
    for (let seq = from; seq < Math.min(size, from + countsEvery); seq++) {
      const content = decodeLine(lineAt(files, seq));
      if (content === 'changed') throw broken(seq, 'was changed');
      if (content === 'torn') continue;
      if (content.counts === undefined || content.seq !== seq)
        throw broken(seq, 'does not hold the counts of those before it');
      return createReplay(content);
    }
  }
  return createReplay();
}

function lineAt(files: AuditFiles, seq: number): Buffer {
  const line = files.read(seq);
  if (line === null) throw broken(seq, 'is missing');
  return line;
}

function logged<T>(folder: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const failure = fileFailure(error, folder, 'write');
    if (!(failure instanceof Failure) || failure.code === 'AUDIT') throw failure;
    throw fail('AUDIT', `the audit log cannot be kept: ${failure.message}`, {
      place: { file: folder },
      hint: 'nothing is decided without a log: make the state directory writable, or choose one with --state DIR',
    });
  }
}
