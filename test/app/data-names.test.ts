import { describe, expect, it } from 'vitest';
import { type DataNaming, namedDataFiles, requireDistinctNames } from '../../src/app/data-names.ts';
import type { Failure } from '../../src/base/diagnostic.ts';
import { formats } from '../../src/formats/index.ts';

const csv = formats.get('csv')!;
const ndjson = formats.get('ndjson')!;
const plain: DataNaming = { inputs: ['a.csv'], table: undefined, from: csv, to: csv, compressed: false, split: false };
const facts = { bytes: 0, sha256: '', chunks: '' };

/** Names of the files that so many are made of each input. */
const names = (naming: Partial<DataNaming>, ...counts: number[]) => {
  const files = counts.flatMap((count, input) =>
    Array.from({ length: count }, () => ({ facts, records: 0, from: 0, input })),
  );
  return namedDataFiles(files, { ...plain, ...naming }).map(({ name }) => name);
};

describe('data files', () => {
  it.each<[string, Partial<DataNaming>, number[], string[]]>([
    ['that of the only input', { inputs: ['x/2024.csv.gz'] }, [1], ['2024.csv']],
    ['their own', { inputs: ['x/2024.csv', '2025.csv.gz'] }, [1, 1], ['2024.csv', '2025.csv']],
    [
      'those of another format',
      { inputs: ['2024.csv', '2025.csv'], to: ndjson },
      [1, 1],
      ['2024.ndjson', '2025.ndjson'],
    ],
    [
      'gzip behind them',
      { inputs: ['2024.csv', '2025.csv'], compressed: true },
      [1, 1],
      ['2024.csv.gz', '2025.csv.gz'],
    ],
    [
      'numbers',
      { inputs: ['2024.csv', '2025.csv'], split: true },
      [2, 1],
      ['2024-0001.csv', '2024-0002.csv', '2025-0001.csv'],
    ],
    ['that of the table', { table: 'visits', inputs: ['v.csv'] }, [1], ['visits.csv']],
    [
      'their own in a table of several',
      { table: 'visits', inputs: ['v1.csv', 'v2.csv'] },
      [1, 1],
      ['v1.csv', 'v2.csv'],
    ],
    [
      'one that a bundle allows',
      { inputs: ['2024.csv', 'con.csv', '#.csv'] },
      [1, 1, 1],
      ['2024.csv', 'data-0002.csv', 'data-0003.csv'],
    ],
    ['`data` for standard input', { inputs: ['-'] }, [1], ['data.csv']],
  ])('have the name %s', (_, naming, counts, expected) => {
    expect(names(naming, ...counts)).toEqual(expected);
  });

  it('have names of their own, in all tables together', () => {
    const tables = [
      { ...plain, table: 'a', inputs: ['x/2024.csv', 'y/2024.csv.gz'] },
      { ...plain, table: 'b', inputs: ['B/one.csv', 'One.CSV', 'two.csv'] },
      { ...plain, table: 'two', inputs: ['only.csv'] },
    ];
    expect(() =>
      requireDistinctNames(tables.slice(1, 2).map((table) => ({ ...table, inputs: ['one.csv', 'two.csv'] }))),
    ).not.toThrow();
    try {
      requireDistinctNames(tables);
    } catch (error) {
      expect((error as Failure).diagnostics.map(({ message }) => message)).toEqual([
        'x/2024.csv and y/2024.csv.gz would both be written as 2024.csv',
        'B/one.csv and One.CSV would both be written as one.csv',
        'two.csv and only.csv would both be written as two.csv',
      ]);
      return;
    }
    throw new Error('equal names were expected to be refused');
  });
});
