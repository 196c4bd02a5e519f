import type { AuditEvent } from './event.ts';
import type { Counts } from './line.ts';
import type { Counted } from './log.ts';

/** What the entries of a log have used up of each license. */
export interface Usage {
  add(event: AuditEvent): void;
  counted(licenseId: string): Counted;
  /** In the one order that equal counts have. */
  counts(): Counts;
}

/** Counts on from what an entry holds, or from nothing. */
export function createUsage(from?: Counts): Usage {
  const licenses = new Map<string, { exports: number; readonly users: Set<string> }>();
  for (const { license, exports, users } of from?.licenses ?? []) {
    licenses.set(license, { exports, users: new Set(users) });
  }
  let lost = from?.lost ?? 0;
  return {
    add(event) {
      if (event.type === 'recovered') lost += event.entries.length;
      if (event.type !== 'export-start') return;
      let used = licenses.get(event.license);
      if (used === undefined) {
        used = { exports: 0, users: new Set() };
        licenses.set(event.license, used);
      }
      used.exports++;
      if (event.use.user !== undefined) used.users.add(event.use.user);
    },
    counted(licenseId) {
      const { exports = 0, users = [] } = licenses.get(licenseId) ?? {};
      // No user that is stated holds a control character.
      const unknown = Array.from({ length: lost }, (_, i) => `\0${i}`);
      return { exports: exports + lost, users: new Set([...users, ...unknown]) };
    },
    counts: () => ({
      lost,
      licenses: [...licenses]
        .map(([license, { exports, users }]) => ({ license, exports, users: [...users].sort() }))
        .sort((a, b) => (a.license < b.license ? -1 : 1)),
    }),
  };
}
