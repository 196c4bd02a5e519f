import { describe, expect, it } from 'vitest';
import { renderEntries } from '../../src/cli/audit.ts';
import { renderReport } from '../../src/cli/audit-report.ts';
import { columnsOf } from '../../src/cli/printable.ts';
import type { AuditEntry } from '../../src/release/audit/log.ts';
import type { AuditReport } from '../../src/release/audit/report.ts';
import { exported, license } from '../release/audit/logs.ts';

const time = '2026-12-01T00:02:00Z';
const report: AuditReport = {
  uses: [
    {
      license,
      title: '再入院コホート研究2026',
      organization: 'urn:org:example-university',
      user: null,
      purpose: 'AcademicResearch',
      verified: 0,
      exports: 1,
      complete: 1,
      unended: 0,
      bytes: 4096,
      last: time,
    },
  ],
  denials: [{ code: 'TERMS', count: 1, last: time }],
  licenses: [],
  due: [
    {
      license,
      title: 'Readmission cohort 2026',
      exported: true,
      notAfter: '9998-01-01T00:00:00Z',
      expired: false,
      deleteBy: '2020-01-02T00:00:00Z',
      overdue: true,
    },
  ],
};
const entries: readonly AuditEntry[] = [
  { seq: 0, time, event: { type: 'state-reset', log: '0'.repeat(32), otherState: false } },
  { seq: 1, time, event: exported('u1') },
] as unknown as readonly AuditEntry[];

const widest = (text: string) => Math.max(...text.split('\n').map(columnsOf));

describe('a report of the audit log on a terminal', () => {
  it('is a table where it fits, cut where that is enough, and stacked where columns would tell nothing', () => {
    const due = (width?: number) => renderReport(report, width).split('Due\n')[1];
    expect(due()).toBe(due(200));
    expect(due(120)).toMatchInlineSnapshot(`
      "dataset                  license                                    ends                  delete by
      Readmission cohort 2026  urn:anon:license:11111111111111111111111…  9998-01-01T00:00:00Z  2020-01-02T00:00:00Z (overdue)
      "
    `);
    expect(due(60)).toMatchInlineSnapshot(`
      "dataset: Readmission cohort 2026
        license:
          urn:anon:license:11111111111111111111111111111111
        ends: 9998-01-01T00:00:00Z
        delete by: 2020-01-02T00:00:00Z (overdue)
      "
    `);
    expect(renderReport(report, 120).split('\n\n')[0]).toMatchInlineSnapshot(`
      "Uses
      dataset: 再入院コホート研究2026
        license: urn:anon:license:11111111111111111111111111111111
        organization: urn:org:example-university
        user: -
        purpose: AcademicResearch
        verified: 0
        exports: 1
        complete: 1
        end unknown: 0
        bytes: 4096
        last: 2026-12-01T00:02:00Z"
    `);
  });

  it('is never wider than the terminal, by columns and not by characters', () => {
    for (let width = 60; width <= 240; width++) expect(widest(renderReport(report, width))).toBeLessThanOrEqual(width);
  });
});

describe('the audit log on a terminal', () => {
  const shown = (width?: number) => [...renderEntries(entries, width)].join('');

  it('has a line for an entry where that fits, else license and detail below', () => {
    expect(shown(160)).toMatchInlineSnapshot(`
      "entry   time                  event                   license
      0       2026-12-01T00:02:00Z  state reset             -                                                  the log begins here
      1       2026-12-01T00:02:00Z  export start            urn:anon:license:11111111111111111111111111111111  organization urn:org:example-university, user u1,
                                                                                                               purpose AcademicResearch, region DE, action use
                                                                                                               (asserted)
      "
    `);
    expect(shown(80)).toMatchInlineSnapshot(`
      "entry   time                  event
              license
      0       2026-12-01T00:02:00Z  state reset
              the log begins here
      1       2026-12-01T00:02:00Z  export start
              urn:anon:license:11111111111111111111111111111111
              organization urn:org:example-university, user u1, purpose
              AcademicResearch, region DE, action use (asserted)
      "
    `);
  });

  it('is never wider than the terminal, and loses no word by it', () => {
    const words = (text: string) =>
      text
        .split(/\s+/)
        .filter((word) => word !== '-')
        .join(' ');
    for (let width = 60; width <= 240; width++) {
      expect(widest(shown(width))).toBeLessThanOrEqual(width);
      expect(words(shown(width))).toBe(words(shown()));
    }
  });
});
