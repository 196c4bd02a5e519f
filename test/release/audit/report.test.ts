import { expect, it } from 'vitest';
import type { AuditEvent } from '../../../src/release/audit/event.ts';
import { createReport } from '../../../src/release/audit/report.ts';
import { summaryOf } from '../../../src/release/audit/summary.ts';
import { verifyLog } from '../../../src/release/audit/verify.ts';
import { exported, license, linesOf, reset, start } from './logs.ts';

const other = `urn:anon:license:${'2'.repeat(32)}`;
const decision = {
  type: 'decision',
  command: 'verify',
  decision: 'deny',
  code: 'TERMS',
  license: other,
  use: {},
  basis: 'asserted',
} as const;
const allowed: AuditEvent = {
  ...decision,
  decision: 'allow',
  code: null,
  title: 'Other',
  notAfter: '2026-12-31T00:00:00Z',
  deleteBy: '2026-12-02T00:00:00Z',
};

const events: readonly AuditEvent[] = [
  reset,
  exported('a'),
  { type: 'export-end', start: 1, license, outcome: 'complete', bytes: 100 },
  exported('b'),
  exported('a'),
  { type: 'export-end', start: 4, license, outcome: 'aborted', bytes: 5 },
  allowed,
  decision,
  { ...decision, code: 'EXPIRED', license: null },
  { ...decision, command: 'export' },
];

function reportOf(of: readonly AuditEvent[], now: number) {
  const { add, report } = createReport();
  verifyLog(linesOf(of), [], add);
  return report(now);
}

it('tells who used what, how often and when last, the latest first', () => {
  const { uses } = reportOf(events, start);
  expect(
    uses.map(({ user, verified, exports, complete, bytes, last }) => [user, verified, exports, complete, bytes, last]),
  ).toEqual([
    [null, 1, 0, 0, 0, '2026-12-01T00:06:00Z'],
    ['a', 0, 2, 1, 105, '2026-12-01T00:05:00Z'],
    ['b', 0, 1, 0, 0, '2026-12-01T00:03:00Z'],
  ]);
  expect(uses[1]).toMatchObject({ license, title: 'Readmission cohort 2026', purpose: 'AcademicResearch' });
});

it('counts refusals by code', () => {
  expect(reportOf(events, start).denials).toEqual([
    { code: 'TERMS', count: 2, last: '2026-12-01T00:09:00Z' },
    { code: 'EXPIRED', count: 1, last: '2026-12-01T00:08:00Z' },
  ]);
});

it('tells what falls due; only what was exported can be overdue', () => {
  const past = reportOf(events, Date.parse('2027-12-31T00:00:00Z')).due;
  expect(past).toEqual([
    {
      license: other,
      title: 'Other',
      exported: false,
      notAfter: '2026-12-31T00:00:00Z',
      expired: true,
      deleteBy: '2026-12-02T00:00:00Z',
      overdue: false,
    },
    {
      license,
      title: 'Readmission cohort 2026',
      exported: true,
      notAfter: '2027-10-01T00:00:00Z',
      expired: true,
      deleteBy: '2027-12-31T00:00:00Z',
      overdue: true,
    },
  ]);
  expect(reportOf(events, Date.parse('2027-12-30T23:59:59Z')).due[1]).toMatchObject({ overdue: false });
});

it('has a line for every kind of event', () => {
  const key = 'a'.repeat(64);
  const at = '2026-12-01T00:00:00Z';
  const all: AuditEvent[] = [
    ...events,
    { type: 'license-issued', license, licensee: 'urn:org:x', key },
    { type: 'license-approved', license, approver: 'urn:org:y', key },
    { type: 'license-renewed', license, replaces: other, key },
    { type: 'trust-changed', version: 2, sha256: key, change: 'update' },
    { type: 'revocations-changed', version: 3, sha256: key, entries: 1 },
    { type: 'clock-reset', from: at, to: at },
    { type: 'checkpoint', size: 4, root: key, key },
    { type: 'recovered', entries: [{ seq: 3, sha256: key }] },
  ];
  const lines = new Set(
    all
      .map((event) => summaryOf(event))
      .map(({ what, license: of, detail }) => `${what} | ${of?.slice(-3) ?? '-'} | ${detail}`),
  );
  expect([...lines].join('\n')).toMatchInlineSnapshot(`
    "state reset | - | the log begins here
    export start | 111 | organization urn:org:example-university, user a, purpose AcademicResearch, region DE, action use (asserted)
    export complete | 111 | of entry 1, 100 bytes
    export start | 111 | organization urn:org:example-university, user b, purpose AcademicResearch, region DE, action use (asserted)
    export aborted | 111 | of entry 4, 5 bytes
    verify allow | 222 | no use stated (asserted)
    verify deny TERMS | 222 | no use stated (asserted)
    verify deny EXPIRED | - | no use stated (asserted)
    export deny TERMS | 222 | no use stated (asserted)
    license issued | 111 | to urn:org:x
    license approved | 111 | by urn:org:y
    license renewed | 111 | in place of urn:anon:license:22222222222222222222222222222222
    trust changed | - | version 2, update
    revocations changed | - | version 3, 1 entries
    clock reset | - | from 2026-12-01T00:00:00Z to 2026-12-01T00:00:00Z
    checkpoint | - | of 4 entries, signed with the key aaaaaaaaaaaaaaaa
    recovered | - | cut off: entry 3"
  `);
});
