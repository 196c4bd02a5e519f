import { type Diagnostic, Failure } from '../../base/diagnostic.ts';
import { type Checkpoint, originOf } from './checkpoint.ts';
import type { AuditEntry } from './log.ts';
import { createMerkleTree } from './merkle.ts';
import { createReplay, type Torn } from './replay.ts';

/** A checkpoint that the log is held against. */
export interface Anchor extends Checkpoint {
  /** For messages. */
  readonly name: string;
  /** Whether its signature was verified with a key that the caller trusts. */
  readonly signed: boolean;
}

/** What is known of a log that was read from its first entry to its last. */
export interface LogFindings {
  /** Entries that hang together; those behind a broken one are not counted. */
  readonly entries: number;
  /** Times of the first and the last. */
  readonly first: string | null;
  readonly last: string | null;
  /** Null when there is no entry. */
  readonly origin: string | null;
  /** Tree head over `entries`. */
  readonly root: Buffer;
  /** Entries at the end that were cut off; the next entry will name them. */
  readonly torn: readonly Torn[];
  /** Entries that were cut off, and named by the next. */
  readonly recovered: readonly Torn[];
  /** Exports that were started, and of which no end was logged: they still run, or were killed. */
  readonly unended: readonly number[];
  /** Entries below this number stand under a checkpoint with a verified signature. */
  readonly anchored: number;
  readonly checkpoints: readonly {
    readonly name: string;
    readonly size: number;
    readonly signed: boolean;
    readonly holds: boolean;
  }[];
  /** Empty when the log is as it was written, as far as can be known. AUDIT: an entry was changed; ROLLBACK: entries are gone. */
  readonly problems: readonly Diagnostic[];
}

/**
 * Holds every line against those before it, and tree heads of the log's beginnings against the checkpoints: as the beginning itself is
 * hashed again, no consistency proof (RFC 6962 §2.1.2) is needed. `see` is handed each entry in turn.
 */
export function verifyLog(
  lines: Iterable<Buffer>,
  anchors: readonly Anchor[],
  see: (entry: AuditEntry) => void = () => {},
): LogFindings {
  const tree = createMerkleTree();
  const replay = createReplay();
  const problems: Diagnostic[] = [];
  const recovered: Torn[] = [];
  const running = new Set<number>();
  let first: string | null = null;
  let last: string | null = null;
  let origin: string | null = null;
  const note = (entry: AuditEntry): void => {
    first ??= entry.time;
    last = entry.time;
    const { event, seq } = entry;
    if (event.type === 'export-start') running.add(seq);
    if (event.type === 'export-end') running.delete(event.start);
    if (event.type === 'recovered') recovered.push(...event.entries);
    if (event.type === 'checkpoint' && !(event.size <= seq && rootIs(event.size, event.root)))
      problems.push({
        code: 'AUDIT',
        message: `entry ${seq} of the audit log tells of a checkpoint that the log does not have`,
      });
    see(entry);
  };
  const rootIs = (size: number, root: string): boolean => tree.root(size).toString('hex') === root;
  try {
    for (const line of lines) {
      const entry = replay.accept(line);
      origin ??= originOf(line);
      if (entry !== null) note(entry);
      tree.add(replay.head);
    }
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'AUDIT') throw error;
    problems.push(...error.diagnostics);
  }
  const whole = problems.length === 0;
  const checkpoints = anchors.map((anchor) => {
    const problem = problemOf(anchor);
    if (problem !== undefined) problems.push(problem);
    const { name, size, signed } = anchor;
    return { name, size, signed, holds: problem === undefined && size <= tree.size };
  });
  return {
    entries: tree.size,
    first,
    last,
    origin,
    root: tree.root(),
    // In front of a broken entry they are what broke.
    torn: whole ? replay.torn : [],
    recovered,
    unended: [...running],
    anchored: Math.max(0, ...checkpoints.filter(({ signed, holds }) => signed && holds).map(({ size }) => size)),
    checkpoints,
    problems,
  };

  function problemOf({ name, origin: of, size, root }: Anchor): Diagnostic | undefined {
    const place = { file: name };
    if (origin !== null && of !== origin)
      return { code: 'AUDIT', message: 'the checkpoint is of another audit log', place };
    if (size <= tree.size) {
      if (rootIs(size, root.toString('hex'))) return undefined;
      return {
        code: 'AUDIT',
        message: `the first ${size} entries are not those that the checkpoint was made of`,
        place,
      };
    }
    // Behind a broken entry nobody knows how many there are.
    if (!whole) return undefined;
    return {
      code: 'ROLLBACK',
      message: `the checkpoint was made of ${size} entries, and the audit log has ${tree.size}`,
      place,
      hint: 'entries were removed, or an older state was put back',
    };
  }
}
