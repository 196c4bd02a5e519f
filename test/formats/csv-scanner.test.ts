import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { createBatch } from '../../src/formats/batch.ts';
import { csvScanner } from '../../src/formats/csv-scanner.ts';
import { tsv } from '../../src/formats/tsv.ts';
import { Kind } from '../../src/table/column.ts';
import { blocks, damaged, soup, wellFormed } from './csv-arbitrary.ts';
import { type ReadOptions, read, values } from './csv-blocks.ts';

const seed = 20261121;

/** What csv-parse reads behind the header; undefined when it refuses the input. */
function oracle(input: Buffer): string[][] | undefined {
  try {
    return (parse(input, { bom: true, record_delimiter: ['\r\n', '\n'] }) as string[][]).slice(1);
  } catch {
    return undefined;
  }
}

function failure(input: string | Buffer, options: ReadOptions = {}) {
  try {
    read(Buffer.from(input as string), options);
  } catch (error) {
    if (error instanceof Failure) return error.diagnostics[0]!;
    throw error;
  }
  return undefined;
}

describe('against csv-parse', () => {
  test('well-formed input gives the same values', () => {
    fc.assert(
      fc.property(wellFormed, blocks, (input, sizes) => {
        const bytes = Buffer.from(input);
        expect(values(read(bytes, { blocks: sizes }))).toEqual(oracle(bytes));
      }),
      { seed, numRuns: 500 },
    );
  });

  // A lone CR outside quotes is text to csv-parse; here it is refused, as readers disagree on whether it ends a line.
  test('of other input the same is accepted, but for a carriage return outside quotes', () => {
    let accepted = 0;
    let refused = 0;
    fc.assert(
      fc.property(fc.oneof(damaged, soup), blocks, (input, sizes) => {
        const bytes = Buffer.from(input);
        const expected = oracle(bytes);
        const problem = failure(bytes, { blocks: sizes });
        if (problem === undefined) {
          accepted++;
          expect(values(read(bytes, { blocks: sizes }))).toEqual(expected);
        } else if (expected !== undefined) {
          expect(problem.message).toContain('carriage return');
        } else {
          refused++;
        }
      }),
      { seed, numRuns: 2500 },
    );
    expect(Math.min(accepted, refused)).toBeGreaterThan(200);
  });
});

test('cells, records and failures do not depend on where blocks end', () => {
  fc.assert(
    fc.property(fc.oneof(wellFormed, damaged, soup), blocks, fc.integer({ min: 4, max: 60 }), (input, sizes, max) => {
      const bytes = Buffer.from(input);
      const outcome = (options: ReadOptions) => {
        const problem = failure(bytes, options);
        if (problem !== undefined) return problem;
        const { records, starts } = read(bytes, options);
        return { records, starts };
      };
      const whole = outcome({ maxRecordBytes: max });
      expect(outcome({ maxRecordBytes: max, blocks: sizes })).toEqual(whole);
      expect(outcome({ maxRecordBytes: max, blocks: [1] })).toEqual(whole);
    }),
    { seed, numRuns: 1000 },
  );
});

describe('cells', () => {
  test('only wanted columns are located, in the order of the columns, with their slots', () => {
    const input = Buffer.from('a,b,c\n1,"2",3\n4,,""\n');
    const { records } = read(input, { wanted: ['c', 'b'] });
    expect(records).toEqual([
      [
        { slot: 1, kind: Kind.text, value: '2', outer: [8, 11] },
        { slot: 0, kind: Kind.text, value: '3', outer: [12, 13] },
      ],
      [
        { slot: 1, kind: Kind.null, value: '', outer: [16, 16] },
        { slot: 0, kind: Kind.null, value: '', outer: [17, 19] },
      ],
    ]);
  });

  test('columns that no slot names go to the slot for them', () => {
    const { records } = read(Buffer.from('a,b,c\n1,2,3\n'), { wanted: ['b'], unlisted: 1 });
    expect(records[0]!.map((cell) => [cell.slot, cell.value])).toEqual([
      [1, '1'],
      [0, '2'],
      [1, '3'],
    ]);
  });

  test('no column need be wanted', () => {
    expect(read(Buffer.from('a,b\n1,2\n3,4'), { wanted: [] }).records).toEqual([[], []]);
  });

  test('null values are compared with what the quotes hold', () => {
    const input = Buffer.from('a\nNA\n"NA"\nna\nN\n""""\n"\n"\n\n');
    const kinds = (nullValues: string[]) => read(input, { nullValues }).records.map(([cell]) => cell!.kind);
    const { text, null: none } = Kind;
    expect(kinds(['NA', '"'])).toEqual([none, none, text, text, none, text, text]);
    expect(kinds([''])).toEqual([text, text, text, text, text, text, none]);
    expect(kinds([])).toEqual([text, text, text, text, text, text, text]);
  });

  test('tabs delimit TSV, any byte CSV that is told so; others are text', () => {
    expect(values(read(Buffer.from('a\tb\n1,2\t"x\ty"\n'), { format: tsv }))).toEqual([['1,2', 'x\ty']]);
    expect(values(read(Buffer.from('a;b\n1,2;"x;y"\n'), { delimiter: ';' }))).toEqual([['1,2', 'x;y']]);
    expect(values(read(Buffer.from('a|b\n1|2\n'), { format: tsv, delimiter: '|' }))).toEqual([['1', '2']]);
  });

  test('room grows with the number of records and cells', () => {
    const rows = 70_000;
    const layout = { delimiter: 0x2c, columns: ['a', 'b'], maxRecordBytes: 100 };
    const slots = layout.columns.map((selector) => ({ selector, wanted: true, whole: false }));
    const batch = createBatch(rows * 4);
    batch.kind.fill(9);
    batch.limit = batch.bytes.write('1,\n'.repeat(rows));
    csvScanner(layout, { slots, unlisted: 'reject', nullValues: [Buffer.alloc(0)] }).scan(batch, true);
    expect([batch.records, batch.cells, batch.to]).toEqual([rows, 2 * rows, batch.limit]);
    expect(batch.recordStart[rows]).toBe(batch.limit);
    const last = 2 * rows - 1;
    expect([...batch.slot.subarray(last - 1, last + 1)]).toEqual([0, 1]);
    expect([...batch.kind.subarray(last - 1, last + 1)]).toEqual([Kind.text, Kind.null]);
    expect(batch.outerStart[last]).toBe(batch.limit - 1);
    expect(batch.memberStart.slice(0, 2 * rows)).toEqual(batch.outerStart.slice(0, 2 * rows));
  });
});

describe('failures', () => {
  const good = Buffer.from('é,"x\n",3\n');
  const bad: readonly (readonly [name: string, line: Buffer, code: string, field: string | undefined])[] = [
    ['too few fields', Buffer.from('1,2\n'), 'DATA-RAGGED', undefined],
    ['too many fields', Buffer.from('1,2,3,4\n'), 'DATA-RAGGED', undefined],
    ['a blank line', Buffer.from('\n'), 'DATA-RAGGED', undefined],
    ['a bare quote', Buffer.from('1,2",3\n'), 'DATA-SYNTAX', 'b'],
    ['text behind a quote', Buffer.from('1,"2"é,3\n'), 'DATA-SYNTAX', 'b'],
    ['a lone carriage return', Buffer.from('1,2\r,3\n'), 'DATA-SYNTAX', 'b'],
    ['an invalid byte', Buffer.from('1,",",\xe9\n', 'latin1'), 'DATA-ENCODING', 'c'],
    ['half a character', Buffer.from('1,\xc3,3\n', 'latin1'), 'DATA-ENCODING', 'b'],
    ['an encoded surrogate', Buffer.from('\xed\xa0\x80,2,3\n', 'latin1'), 'DATA-ENCODING', 'a'],
    ['a NUL', Buffer.from('1,2\0,3\n'), 'DATA-ENCODING', 'b'],
    ['a long record', Buffer.from(`1,${'2'.repeat(60)},3\n`), 'DATA-SIZE', undefined],
  ];

  test.each(bad)('%s is reported for the first bad row, and its field', (_, line, code, field) => {
    const any = fc.constantFrom(...bad.map((b) => b[1]));
    fc.assert(
      fc.property(fc.nat(8), fc.array(any, { maxLength: 2 }), fc.nat(4), blocks, (before, others, after, sizes) => {
        const lines = [
          Buffer.from('a,b,c\n'),
          ...Array(before).fill(good),
          line,
          ...others,
          ...Array(after).fill(good),
        ];
        const problem = failure(Buffer.concat(lines), { blocks: sizes, maxRecordBytes: 40 })!;
        const place = field === undefined ? { row: before + 1 } : { row: before + 1, field };
        expect({ code: problem.code, place: problem.place }).toEqual({ code, place });
      }),
      { seed, numRuns: 100 },
    );
  });

  test('an open quote at the end is reported for the row that it opens in', () => {
    const problem = failure('a,b\n1,2\n3,"4\n5,6\n7,8\n');
    expect(problem).toMatchObject({ code: 'DATA-SYNTAX', place: { row: 2, field: 'b' } });
    expect(problem!.message).toContain('never closed');
  });

  test('ragged rows are counted', () => {
    expect(failure('a,b\n1,2\n1,2,3\n')!.message).toBe('row 2 has 3 fields, the header has 2');
    expect(failure('a,b\n1,2\n1\n')!.message).toBe('row 2 has 1 field, the header has 2');
    expect(failure('a,b\n1,2\n\n')!.hint).toContain('blank');
  });

  test('a record may be as long as the limit, with its line end', () => {
    expect(failure('a\n12345678\n', { maxRecordBytes: 9 })).toBeUndefined();
    expect(failure('a\n123456789\n', { maxRecordBytes: 9 })).toMatchObject({ code: 'DATA-SIZE', place: { row: 1 } });
    expect(failure('a\n"123456789', { maxRecordBytes: 9 })).toMatchObject({ code: 'DATA-SIZE', place: { row: 1 } });
  });

  test('no value is in any failure', () => {
    for (const [, line] of bad) {
      const problem = failure(Buffer.concat([Buffer.from('a,b,c\nsecret'), line]), { maxRecordBytes: 40 });
      expect(problem?.place?.row).toBe(1);
      expect(JSON.stringify(problem)).not.toContain('secret');
    }
  });

  test('control characters of a column name are escaped', () => {
    expect(failure('a,"b\u001b\n\u202e"\n1,2"\n')!.place).toEqual({ row: 1, field: 'b\\u001b\\u000a\\u202e' });
  });
});
