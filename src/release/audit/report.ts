import { parseInstant } from '../../base/time.ts';
import type { AuditEvent, EventOf, LoggedUse } from './event.ts';
import type { AuditEntry } from './log.ts';

/** What a log tells of the use of licenses. */
export interface AuditReport {
  /** Who used what, by license, organization, user and purpose; latest first. */
  readonly uses: readonly UseRow[];
  /** Refusals by code, most frequent first. */
  readonly denials: readonly { readonly code: string; readonly count: number; readonly last: string }[];
  /** Licenses that were made or approved here, in that order. */
  readonly licenses: readonly LicenseRow[];
  /** Licenses that were used, made or approved here, by what falls due first. */
  readonly due: readonly DueRow[];
}

export interface LicenseRow {
  readonly license: string;
  readonly title: string | null;
  /** When it was issued or renewed here; null: it was approved only. */
  readonly issued: string | null;
  /** Whom it was issued to. */
  readonly licensee: string | null;
  /** The license that it renews. */
  readonly replaces: string | null;
  /** Who approved it here. */
  readonly approvers: readonly string[];
}

export interface UseRow {
  readonly license: string;
  readonly title: string | null;
  readonly organization: string | null;
  readonly user: string | null;
  readonly purpose: string | null;
  /** Times that verify allowed it. */
  readonly verified: number;
  /** Exports that were started, and how many of them went through. */
  readonly exports: number;
  readonly complete: number;
  /** Those that were started, and of which no end was logged: they still run, or were killed. */
  readonly unended: number;
  /** Bytes that were released, also by exports that did not go through. */
  readonly bytes: number;
  /** Time of the last of these. */
  readonly last: string;
}

export interface DueRow {
  readonly license: string;
  readonly title: string | null;
  /** Data of it left its bundle here. */
  readonly exported: boolean;
  readonly notAfter: string | null;
  readonly expired: boolean;
  readonly deleteBy: string | null;
  /** The data was exported here, and should have been deleted. */
  readonly overdue: boolean;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Collects a report entry by entry; `report` may be called once all are added. `now`: milliseconds since 1970-01-01T00:00:00Z. */
export function createReport(): { add(entry: AuditEntry): void; report(now: number): AuditReport } {
  const uses = new Map<string, Mutable<UseRow>>();
  const denials = new Map<string, { code: string; count: number; last: string }>();
  const dues = new Map<string, { title?: string; notAfter?: string; deleteBy?: string; exported: boolean }>();
  const licenses = new Map<string, Mutable<LicenseRow>>();
  const starts = new Map<number, Mutable<UseRow>>();

  const useRow = (license: string, title: string | undefined, use: LoggedUse): Mutable<UseRow> => {
    const { organization = null, user = null, purpose = null } = use;
    const key = JSON.stringify([license, organization, user, purpose]);
    let row = uses.get(key);
    if (row === undefined) {
      row = {
        license,
        title: null,
        organization,
        user,
        purpose,
        verified: 0,
        exports: 0,
        complete: 0,
        unended: 0,
        bytes: 0,
        last: '',
      };
      uses.set(key, row);
    }
    row.title = title ?? row.title;
    return row;
  };
  const licenseRow = (event: Dated & { readonly license: string }): Mutable<LicenseRow> => {
    fallsDue(event, false);
    const { license, title = null } = event;
    const row = licenses.get(license) ?? {
      license,
      title,
      issued: null,
      licensee: null,
      replaces: null,
      approvers: [],
    };
    licenses.set(license, row);
    return row;
  };
  const fallsDue = (event: Dated, exported: boolean): void => {
    const { license, title, notAfter, deleteBy } = event;
    if (license === null) return;
    const known = dues.get(license);
    dues.set(license, {
      ...known,
      ...(title === undefined ? {} : { title }),
      ...(notAfter === undefined ? {} : { notAfter }),
      ...(deleteBy === undefined ? {} : { deleteBy }),
      exported: exported || known?.exported === true,
    });
  };
  const adders: { readonly [Type in AuditEvent['type']]?: (event: EventOf<Type>, entry: AuditEntry) => void } = {
    decision(event, { time }) {
      if (event.code !== null) {
        const { count = 0 } = denials.get(event.code) ?? {};
        denials.set(event.code, { code: event.code, count: count + 1, last: time });
      }
      // An export that is allowed tells of itself by its start.
      if (event.decision === 'deny' || event.license === null) return;
      fallsDue(event, false);
      if (event.command !== 'verify') return;
      const row = useRow(event.license, event.title, event.use);
      row.verified++;
      row.last = time;
    },
    'export-start'(event, { seq, time }) {
      fallsDue(event, true);
      const row = useRow(event.license, event.title, event.use);
      row.exports++;
      row.unended++;
      row.last = time;
      starts.set(seq, row);
    },
    'export-end'({ start, outcome, bytes }, { time }) {
      const row = starts.get(start);
      if (row === undefined) return;
      starts.delete(start);
      row.unended--;
      if (outcome === 'complete') row.complete++;
      row.bytes += bytes;
      row.last = time;
    },
    'license-issued'(event, { time }) {
      Object.assign(licenseRow(event), { issued: time, licensee: event.licensee });
    },
    'license-renewed'(event, { time }) {
      Object.assign(licenseRow(event), { issued: time, replaces: event.replaces });
    },
    'license-approved'(event) {
      const row = licenseRow(event);
      if (!row.approvers.includes(event.approver)) row.approvers = [...row.approvers, event.approver];
    },
  };

  return {
    add(entry) {
      // As in `summaryOf`: each function takes events of its own type.
      const adder = adders[entry.event.type] as ((event: AuditEvent, entry: AuditEntry) => void) | undefined;
      adder?.(entry.event, entry);
    },
    report: (now) => ({
      uses: [...uses.values()].sort((a, b) => (a.last < b.last ? 1 : a.last > b.last ? -1 : 0)),
      denials: [...denials.values()].sort((a, b) => b.count - a.count),
      licenses: [...licenses.values()],
      due: [...dues]
        .map(([license, { title = null, notAfter = null, deleteBy = null, exported }]) => ({
          license,
          title,
          exported,
          notAfter,
          expired: isPast(notAfter, now),
          deleteBy,
          overdue: exported && isPast(deleteBy, now),
        }))
        .sort((a, b) => (nextOf(a) < nextOf(b) ? -1 : 1)),
    }),
  };
}

type Dated = Pick<EventOf<'decision'>, 'license' | 'title' | 'notAfter' | 'deleteBy'>;

function isPast(time: string | null, now: number): boolean {
  return time !== null && now >= parseInstant(time)!;
}

/** Times of this form compare as text; what has none comes last. */
function nextOf({ notAfter, deleteBy }: DueRow): string {
  return [notAfter, deleteBy].filter((time) => time !== null).sort()[0] ?? '~';
}
