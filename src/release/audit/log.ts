import type { AuditEvent } from './event.ts';

/** An event in its place in the log. */
export interface AuditEntry {
  /** Counted from 0: its index as a leaf of the Merkle tree. */
  readonly seq: number;
  /** `YYYY-MM-DDTHH:MM:SSZ`, by the clock of who added it. */
  readonly time: string;
  readonly event: AuditEvent;
}

/** The log as it stands when an event is made for it. */
export interface AuditView {
  /** Entries. */
  readonly size: number;
  /** Time of the latest entry, in milliseconds since 1970-01-01T00:00:00Z; null when there is none. */
  readonly latest: number | null;
  /** How often a license was used up: exports that were started (also when they did not end well), and their users. */
  counted(licenseId: string): Counted;
}

export interface Counted {
  /** An entry that was lost may have been an export: it counts as one of every license. */
  readonly exports: number;
  /** As they were stated. An entry that was lost counts as a user of its own, whose name no user can have. */
  readonly users: ReadonlySet<string>;
}

export interface AuditLog {
  /**
   * Adds the event that `make` returns for the log as it stands, and returns its entry once it is on the disk. `make` is called again
   * when another process has added an entry meanwhile, so what it decides by the view holds for its entry; what it throws (QUOTA) comes back
   * to the caller, and nothing is added. Throws AUDIT when the log cannot be written, or the part of it that was read is broken.
   */
  append(make: (view: AuditView) => AuditEvent): Promise<AuditEntry>;
  /** The same before anything else happens, also while an `append` waits: for a process that a signal ends. */
  appendNow(make: (view: AuditView) => AuditEvent): AuditEntry;
}
