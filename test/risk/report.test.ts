import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/engine/run.ts';
import { bundleReport, licensorReport, type ReportedTable } from '../../src/risk/report.ts';
import { csvOf, run } from '../engine/harness.ts';

const policy = `fields:
  id: { role: identifier, transform: drop }
  zip: { role: quasi-identifier, transform: { generalize: { prefix: 1 } } }
  disease: { role: sensitive, transform: keep }
privacy: { models: [ { k-anonymity: { k: 2 } }, { l-diversity: { l: 2, sensitive: disease } } ], max-suppression: 1 }
`;
const rows = [
  ['person-0001', '11', 'flu'],
  ['person-0002', '12', 'cold'],
  ['person-0003', '13', ''],
  ['person-0004', '99', 'secret-disease'],
];
const input = csvOf([['id', 'zip', 'disease'], ...rows]);

const one = (result: RunResult): ReportedTable => ({
  policy: { table: undefined, checks: { leak: 'fail' } },
  result,
  orphans: [],
});

describe('the report of a bundle', () => {
  it('says what the output alone yields, and how much was suppressed', async () => {
    const { result } = await run({ policy, input, leakCheck: true });
    expect(JSON.parse(bundleReport([one(result)]))).toMatchObject({
      report: 'anon/v1',
      records: { written: 3, suppressed: 1 },
      quasiIdentifiers: [{ name: 'zip', distinct: 1 }],
      classes: { classes: 1, smallest: 3, largest: 3 },
      risk: { prosecutor: { highest: 1 / 3, average: 1 / 3 } },
      models: [
        { name: 'k-anonymity', required: { k: 2 }, measured: { k: 3 } },
        { name: 'l-diversity', required: { l: 2, variant: 'distinct', sensitive: 'disease' }, measured: { l: 3 } },
      ],
      fields: [
        { name: 'zip', role: 'quasi-identifier', technique: ['generalize'] },
        { name: 'disease', role: 'sensitive', technique: ['keep'] },
      ],
      leakCheck: { mode: 'fail', findings: 0 },
    });
  });

  it('is the same whatever is suppressed or dropped: nothing of the source shows but the counts', async () => {
    const changed = rows.map((row, r) => (r === 3 ? ['another-one', '77', 'other'] : [`${row[0]}x`, ...row.slice(1)]));
    const reports = await Promise.all(
      [rows, changed].map(async (table) => {
        const { result } = await run({ policy, input: csvOf([['id', 'zip', 'disease'], ...table]), leakCheck: true });
        return bundleReport([one(result)]);
      }),
    );
    expect(reports[0]).toBe(reports[1]);
  });

  it('says nothing of classes where no quasi-identifier is written', async () => {
    const plain = 'fields: { a: { role: insensitive, transform: keep } }';
    const { result } = await run({ policy: plain, input: 'a\n1\n' });
    expect(JSON.parse(bundleReport([one(result)]))).toMatchObject({ classes: null, risk: null, leakCheck: null });
  });
});

const whole = { name: 'p', version: '1', digest: 'ab', directory: '.', keys: { k: { env: 'SECRET' } } };

describe('the report for the licensor', () => {
  it('holds the comparison with the source', async () => {
    const { result } = await run({ policy, input, leakCheck: true });
    const report = JSON.parse(licensorReport([one(result)], whole));
    // Nothing else of the policy, which names files and environment variables.
    expect(report.policy).toEqual({ name: 'p', version: '1', sha256: 'ab' });
    expect(report).toMatchObject({
      report: 'anon/licensor/v1',
      records: { source: 4, written: 3, suppressed: 1 },
      classes: { beforeSuppression: { classes: 2, smallest: 1 }, written: { classes: 1, smallest: 3 } },
      risk: { beforeSuppression: { prosecutor: { highest: 1 } }, written: { prosecutor: { highest: 1 / 3 } } },
      leakCheck: { findings: [], valuesSearched: 4, recordsSearched: 3 },
    });
  });

  it('names the fields of findings, and shows no value', async () => {
    const leaking = csvOf([
      ['id', 'zip', 'disease'],
      ...rows.slice(0, 2),
      ['person-0003', '13', 'as person-0003 said'],
    ]);
    const { result } = await run({ policy, input: leaking, leakCheck: true });
    const text = licensorReport([one(result)], whole);
    expect(JSON.parse(text).leakCheck.findings).toEqual([
      { identifier: 'id', field: 'disease', records: 1, firstRow: 3 },
    ]);
    expect(text + bundleReport([one(result)])).not.toMatch(/person-000|flu|cold|secret|said/);
  });
});

describe('of several tables, a report', () => {
  const several = async (): Promise<ReportedTable[]> => {
    const { result } = await run({ policy, input, leakCheck: true });
    const key = { field: 'id', table: 'people', to: 'id', onOrphan: 'drop' } as const;
    return [
      { policy: { table: 'people', checks: { leak: 'fail' } }, result, orphans: [] },
      {
        policy: { table: 'visits', checks: { leak: 'fail' } },
        result: { ...result, records: { source: 4, written: 3, suppressed: 0, leftOut: 1 } },
        orphans: [{ key, records: 1, ofLeftOut: 1, firstRow: 4 }],
      },
    ];
  };

  it('has the figures of each by its name', async () => {
    const { tables } = JSON.parse(bundleReport(await several()));
    expect(tables.map(({ name }: { name: string }) => name)).toEqual(['people', 'visits']);
    expect(tables[0]).toMatchObject({ records: { written: 3, suppressed: 1 }, classes: { classes: 1 } });
    expect(tables[0]).not.toHaveProperty('references');
    expect(tables[1].records).toEqual({ written: 3, suppressed: 0, leftOut: 1 });
    expect(tables[1].references).toEqual([{ field: 'id', table: 'people', to: 'id', onOrphan: 'drop', orphans: 1 }]);
    expect(tables[1].leakCheck.coverage).toHaveProperty('otherTables');
  });

  it('tells the licensor whose parent was left out, and where', async () => {
    const { policy: named, tables } = JSON.parse(licensorReport(await several(), whole));
    expect(named).toEqual({ name: 'p', version: '1', sha256: 'ab' });
    expect(tables[1].references[0]).toMatchObject({ records: 1, ofLeftOut: 1, firstRow: 4 });
  });
});
