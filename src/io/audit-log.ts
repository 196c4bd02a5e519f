import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Failure, fail } from '../base/diagnostic.ts';
import { parseInstant } from '../base/time.ts';
import type { AuditEvent } from '../release/audit/event.ts';
import { decodeLine, type LineContent } from '../release/audit/line.ts';
import type { AuditEntry, AuditLog, AuditView } from '../release/audit/log.ts';
import { broken, countsEvery, createReplay, type Replay } from '../release/audit/replay.ts';
import { clockSkewMs } from '../release/time.ts';
import { type AuditFiles, auditFiles } from './audit-files.ts';
import { fileFailure } from './errors.ts';

export interface AuditLogOptions {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: () => number;
  /** Whether other state tells of a log: then one that is absent was removed or lost, and its first entry says so. */
  readonly otherState: boolean;
}

/** The audit log in a folder (`STATE/audit`), which comes into being with its first entry. */
export async function openAuditLog(folder: string, options: AuditLogOptions): Promise<AuditLog> {
  const files = auditFiles(folder);
  let replay: Replay | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** The entry once it stands; null when another one had to come first, of the log itself or (`taken`) of another process. */
  function attempt(make: (view: AuditView) => AuditEvent): {
    readonly entry: AuditEntry | null;
    readonly taken: boolean;
  } {
    const known = logged(folder, () => caughtUp(files, replay));
    replay = known;
    const first = dueEvent(known, options);
    const { entry, line } = known.next(first ?? make(known), timeOf(options.now()));
    const added = logged(folder, () => files.add(entry.seq, line));
    if (added) known.accept(line);
    return { entry: added && first === undefined ? entry : null, taken: !added };
  }

  async function append(make: (view: AuditView) => AuditEvent): Promise<AuditEntry> {
    for (let tried = 0; tried < maxAttempts; tried++) {
      const { entry, taken } = attempt(make);
      if (entry !== null) return entry;
      // The longer the others keep ahead, the rarer the attempts: each of them has to bring a file to the disk.
      if (taken) await setTimeout(Math.random() * Math.min(tried, 20) * 2);
    }
    throw crowded(folder);
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
    appendNow(make) {
      for (let tried = 0; tried < maxAttemptsNow; tried++) {
        const { entry } = attempt(make);
        if (entry !== null) return entry;
      }
      throw crowded(folder);
    },
  };
}

function crowded(folder: string): Failure {
  return fail('AUDIT', 'other processes keep adding to the audit log', { place: { file: folder }, hint: 'try again' });
}

/** Throws AUDIT for what no entry can say. */
function timeOf(now: number): number {
  if (now >= 0 && now < endOfTime) return now;
  throw fail('AUDIT', 'the clock shows no time between the years 1970 and 9999', { hint: 'set the clock' });
}

/** How many entries there are, by their names; 0: no log has been begun in the folder. Throws FILE-READ. */
export function auditSize(folder: string): number {
  try {
    return auditFiles(folder).size();
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

/** Where to begin: with the first entry of interest, or before. */
export interface AuditStart {
  /** Sequence number. */
  readonly seq?: number | undefined;
  /** Milliseconds since 1970-01-01T00:00:00Z: where, looked at from the end, the clock was before that. */
  readonly time?: number | undefined;
}

/**
 * The entries of the log in turn, each held against the one before, from the last entry in front of `start` that holds the counts: what stands
 * before that is neither read nor checked. One entry is in memory at a time. Throws AUDIT at the first that is not as it was written, and
 * FILE-READ.
 */
export function* readAuditEntries(folder: string, start: AuditStart = {}): Generator<AuditEntry> {
  const files = auditFiles(folder);
  try {
    const size = files.size();
    const replay = createReplay(startOf(files, size, start));
    while (replay.size < size) {
      const entry = replay.accept(lineAt(files, replay.size));
      if (entry !== null) yield entry;
    }
  } catch (error) {
    throw fileFailure(error, folder, 'read');
  }
}

function startOf(files: AuditFiles, size: number, { seq, time }: AuditStart): LineContent | undefined {
  if (seq === undefined && time === undefined) return undefined;
  try {
    return anchorOf(
      files,
      size,
      (content) =>
        (seq === undefined || content.seq <= seq) &&
        // Clocks of several processes may differ by the skew, so that times are not quite in their order.
        (time === undefined || parseInstant(content.time)! < time - clockSkewMs),
    );
  } catch (error) {
    // What is wrong is told in its place, behind what stands in front of it.
    if (error instanceof Failure && error.code === 'AUDIT') return undefined;
    throw error;
  }
}

const maxAttempts = 10_000;
/** Of a process that is to end: some seconds. */
const maxAttemptsNow = 1000;
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
  return createReplay(anchorOf(files, files.size(), () => true));
}

/** The latest entry of the first `size` that holds the counts and fits; undefined: only the beginning of the log does. */
function anchorOf(files: AuditFiles, size: number, fits: (content: LineContent) => boolean): LineContent | undefined {
  for (let from = Math.floor(Math.max(0, size - 1) / countsEvery) * countsEvery; from > 0; from -= countsEvery) {
    const content = anchorFrom(files, from, Math.min(size, from + countsEvery));
    if (content !== undefined && fits(content)) return content;
  }
  return undefined;
}

/** The first entry from `from` on that was not cut off, and so holds the counts. */
function anchorFrom(files: AuditFiles, from: number, to: number): LineContent | undefined {
  for (let seq = from; seq < to; seq++) {
    const content = decodeLine(lineAt(files, seq));
    if (content === 'changed') throw broken(seq, 'was changed');
    if (content === 'torn') continue;
    if (content.counts === undefined || content.seq !== seq)
      throw broken(seq, 'does not hold the counts of those before it');
    return content;
  }
  return undefined;
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
