import type { AuditEvent, EventOf } from '../../../src/release/audit/event.ts';
import { createReplay } from '../../../src/release/audit/replay.ts';

export const license = `urn:anon:license:${'1'.repeat(32)}`;
/** 2026-12-01T00:00:00Z */
export const start = 1_796_083_200_000;

export const reset: AuditEvent = { type: 'state-reset', log: '0'.repeat(32), otherState: false };

export function exported(user: string, of = license): EventOf<'export-start'> {
  return {
    type: 'export-start',
    license: of,
    title: 'Readmission cohort 2026',
    notAfter: '2027-10-01T00:00:00Z',
    deleteBy: '2027-12-31T00:00:00Z',
    use: { organization: 'urn:org:example-university', user, purpose: 'AcademicResearch', region: 'DE', action: 'use' },
    basis: 'asserted',
  };
}

/** The lines of a log of these events, a minute apart. */
export function linesOf(events: readonly AuditEvent[]): Buffer[] {
  const replay = createReplay();
  return events.map((event, i) => {
    const { line } = replay.next(event, start + i * 60_000);
    replay.accept(line);
    return line;
  });
}

/** A log of `size` entries, exports of seven users after its first. */
export function sampleLines(size: number): Buffer[] {
  return linesOf(Array.from({ length: size }, (_, i) => (i === 0 ? reset : exported(`u${i % 7}`))));
}
