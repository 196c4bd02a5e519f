import { type Failure, fail } from '../../base/diagnostic.ts';
import { formatInstant, parseInstant } from '../../base/time.ts';
import { createUsage } from './counts.ts';
import type { AuditEvent } from './event.ts';
import { decodeLine, encodeLine, type LineContent, leafOf } from './line.ts';
import type { AuditEntry, AuditView } from './log.ts';
import { leafHash } from './merkle.ts';

/** The log read line by line, each held against those before it, and the line that may come next. */
export interface Replay extends AuditView {
  /** Leaf hash of the last line. */
  readonly head: Buffer;
  /** Entries at the end that were cut off, which the next one has to name. */
  readonly torn: readonly Torn[];
  /** Takes the next line. Returns its entry, or null when it was cut off. Throws AUDIT, naming the first entry that is not as it was written. */
  accept(line: Buffer): AuditEntry | null;
  /** The line of the next entry; `accept` takes it. `now`: milliseconds since 1970-01-01T00:00:00Z. */
  next(event: AuditEvent, now: number): { readonly entry: AuditEntry; readonly line: Buffer };
}

export interface Torn {
  readonly seq: number;
  /** Of its leaf. */
  readonly sha256: string;
}

/** How many entries there are to one that holds the counts: whoever adds an entry reads at most so many. */
export const countsEvery = 50;

/** The previous hash of the first entry. */
const noHash = '0'.repeat(64);

/**
 * Reads from the first entry, or from `anchor`: an entry that holds the counts. What stands before the anchor is believed as the anchor
 * tells it, and comes to light when the whole log is verified.
 */
export function createReplay(anchor?: LineContent): Replay {
  const usage = createUsage(anchor?.counts);
  let size = anchor?.seq ?? 0;
  let head: Buffer = Buffer.from(anchor?.previous ?? noHash, 'hex');
  let latest: number | null = null;
  let torn: readonly Torn[] = anchor?.event.type === 'recovered' ? anchor.event.entries : [];

  const holdsCounts = (event: AuditEvent): boolean => size % countsEvery === 0 || event.type === 'recovered';

  return {
    get size() {
      return size;
    },
    get latest() {
      return latest;
    },
    get head() {
      return head;
    },
    get torn() {
      return torn;
    },
    counted: usage.counted,
    accept(line) {
      const content = decodeLine(line);
      if (content === 'changed') throw broken(size, 'was changed');
      const hash = leafHash(leafOf(line));
      if (content === 'torn') {
        torn = [...torn, { seq: size, sha256: hash.toString('hex') }];
      } else {
        const { seq, time, previous, counts, event } = content;
        if (torn.length > 0 && !(event.type === 'recovered' && same(event.entries, torn)))
          throw broken(torn[0]!.seq, 'was cut off');
        if (torn.length === 0 && event.type === 'recovered') throw broken(size, 'names entries that were not cut off');
        if (seq !== size) throw broken(size, 'stands in another place than its own');
        if (previous !== head.toString('hex'))
          throw broken(seq, `is not the one that was written after entry ${seq - 1}`);
        const expected = holdsCounts(event) ? usage.counts() : undefined;
        if (!same(counts, expected)) throw broken(size, 'does not hold the counts of those before it');
        if (seq === 0 && event.type !== 'state-reset') throw broken(0, 'does not begin a log');
        usage.add(event);
        latest = parseInstant(time);
        torn = [];
      }
      head = hash;
      size++;
      return content === 'torn' ? null : { seq: content.seq, time: content.time, event: content.event };
    },
    next(event, now) {
      const time = formatInstant(now);
      const counts = holdsCounts(event) ? { counts: usage.counts() } : {};
      const line = encodeLine({ seq: size, time, previous: head.toString('hex'), ...counts, event });
      return { entry: { seq: size, time, event }, line };
    },
  };
}

/** The failure of a log whose entry `seq` is not as it was written. */
export function broken(seq: number, what: string): Failure {
  return fail('AUDIT', `entry ${seq} of the audit log ${what}`, {
    hint: 'look at it with `anon audit verify`; a log is begun anew by moving its folder away, and says so',
  });
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
