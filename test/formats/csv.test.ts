import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { createBatch, type Opened } from '../../src/formats/batch.ts';
import { csv } from '../../src/formats/csv.ts';
import { tsv } from '../../src/formats/tsv.ts';
import { Kind } from '../../src/table/column.ts';
import { blocks, header, text, wellFormed } from './csv-arbitrary.ts';
import { read, values } from './csv-blocks.ts';

const seed = 20261121;
const options = { maxRecordBytes: 1000 };

function open(input: string | Buffer, final = true, more = {}): Opened | undefined {
  return csv.open(Buffer.from(input as string), final, { ...options, ...more });
}

function refusal(input: string | Buffer, final = true, more = {}) {
  try {
    open(input, final, more);
  } catch (error) {
    if (error instanceof Failure) return error.diagnostics[0]!;
    throw error;
  }
  return undefined;
}

describe('csv-spectrum', () => {
  const folder = new URL('../vectors/csv-spectrum/', import.meta.url);
  const names = readdirSync(new URL('csvs/', folder)).map((name) => name.replace('.csv', ''));
  const contradictory = 'location_coordinates';

  test.each(names.filter((name) => name !== contradictory))('%s', (name) => {
    const result = read(readFileSync(new URL(`csvs/${name}.csv`, folder)));
    const rows = values(result).map((row) =>
      Object.fromEntries(row.map((value, i) => [result.opened.fields![i], value])),
    );
    expect(rows).toEqual(JSON.parse(readFileSync(new URL(`json/${name}.json`, folder), 'utf8')));
  });

  // Its quotes stand inside bare fields, its JSON states another phone number, and U+FFFD stands where degree signs were.
  test(`${contradictory} is refused, as it stands and in Latin-1`, () => {
    const bytes = readFileSync(new URL(`csvs/${contradictory}.csv`, folder));
    const refused = (input: Buffer, code: string) =>
      expect(() => read(input)).toThrow(
        expect.objectContaining({
          diagnostics: [expect.objectContaining({ code, place: { row: 1, field: 'Location Coordinates' } })],
        }),
      );
    refused(bytes, 'DATA-SYNTAX');
    refused(Buffer.from(bytes.toString().replaceAll('\ufffd', '°'), 'latin1'), 'DATA-ENCODING');
  });
});

describe('header', () => {
  test('names, quotes, line ends and the byte order mark', () => {
    const input = '\ufeff"a ""1""\r\n",é,"b,c"\r\n1,2,3\n';
    const opened = open(input)!;
    expect(opened.fields).toEqual(['a "1"\r\n', 'é', 'b,c']);
    expect(opened.inputHead.length).toBe(Buffer.byteLength(input) - 6);
    expect(opened.head(new Set()).toString()).toBe('\ufeff"a ""1""\r\n",é,"b,c"\r\n');
    expect(opened.head(new Set([0])).toString()).toBe('\ufeffé,"b,c"\r\n');
    expect(opened.head(new Set([1, 2])).toString()).toBe('\ufeff"a ""1""\r\n"\r\n');
  });

  test('waits until it is complete', () => {
    const input = '\ufeff"a""\n",b\r\n';
    for (let n = 0; n < Buffer.byteLength(input); n++) {
      expect(csv.open(Buffer.from(input).subarray(0, n), false, options)).toBeUndefined();
    }
    expect(open(input, false)?.fields).toEqual(['a"\n', 'b']);
    expect(open('a,b')?.inputHead.length).toBe(3);
  });

  test.each([
    ['nothing', '', 'DATA-EMPTY', undefined],
    ['only a byte order mark', '\ufeff', 'DATA-EMPTY', undefined],
    ['a name twice', 'id,a,b,"a"\n', 'DATA-FIELDS', 'columns 2 and 4 have the same name'],
    ['a strange name twice', '"a\n","a\n"\n', 'DATA-FIELDS', 'columns 1 and 2 have the same name'],
    ['no name', 'a,,c\n', 'DATA-FIELDS', 'column 2 has no name'],
    ['a blank line', '\n1\n', 'DATA-FIELDS', 'column 1 has no name'],
    ['an open quote', 'a,"b\n1,2\n', 'DATA-SYNTAX', undefined],
    ['a bare quote', 'a,b"\n', 'DATA-SYNTAX', undefined],
    ['text behind a quote', '"a"é,b\n', 'DATA-SYNTAX', undefined],
    ['a lone carriage return', 'a,b\r1,2\r', 'DATA-SYNTAX', undefined],
    ['Latin-1', Buffer.from('a,\xe9\n', 'latin1'), 'DATA-ENCODING', undefined],
    ['a NUL', 'abc,d\0\n', 'DATA-ENCODING', undefined],
    ['a long line', `${'a'.repeat(1000)}\n`, 'DATA-SIZE', undefined],
  ])('%s is refused', (_, input, code, message) => {
    const problem = refusal(input);
    expect(problem).toMatchObject({ code, ...(message === undefined ? {} : { message }) });
    if (code !== 'DATA-EMPTY') expect(problem!.place?.row).toBe(0);
  });

  test('a line that is longer than the limit is not waited for', () => {
    expect(refusal('a'.repeat(1000), false)).toBeUndefined();
    expect(refusal('a'.repeat(1001), false)?.code).toBe('DATA-SIZE');
  });

  test('UTF-16 is recognized with and without byte order mark', () => {
    const little = Buffer.from('"a",b\n', 'utf16le');
    const big = Buffer.from(little).swap16();
    const marked = Buffer.from('\ufeff"a",b\n', 'utf16le');
    for (const input of [little, big, marked, Buffer.from(marked).swap16()]) {
      expect(refusal(input)).toMatchObject({ code: 'DATA-ENCODING', hint: expect.stringContaining('UTF-16') });
    }
  });

  test('a delimiter is one ASCII character that is no quote or line break', () => {
    for (const delimiter of ['', ',,', '"', '\n', '\r', '\0', 'é']) {
      expect(refusal('a\n', true, { delimiter })?.code).toBe('POLICY-SHAPE');
    }
    expect(open('a;b\n', true, { delimiter: ';' })?.fields).toEqual(['a', 'b']);
    expect(tsv.open(Buffer.from('a,b\tc\n'), true, options)?.fields).toEqual(['a,b', 'c']);
  });
});

describe('encoder', () => {
  const encode = (kept: number, kind: Kind, value: string, quoted: boolean, format = csv) => {
    const encoder = format.open(Buffer.from('a\n'), true, options)!.encoderFor(kept);
    const bytes = Buffer.from(`<${value}>`);
    const target = Buffer.alloc(2 + encoder.bound(bytes.length - 2), '.');
    const end = encoder.encode(target, 2, kind, bytes, 1, bytes.length - 1, quoted);
    expect(end).toBeLessThanOrEqual(target.length);
    return target.toString('utf8', 2, end);
  };

  test.each([
    [2, Kind.text, 'x', false, 'x'],
    [2, Kind.text, 'x', true, '"x"'],
    [2, Kind.text, 'x,y', false, '"x,y"'],
    [2, Kind.text, '"', false, '""""'],
    [2, Kind.text, 'a\r', false, '"a\r"'],
    [2, Kind.text, '', false, ''],
    [2, Kind.text, '', true, '""'],
    [2, Kind.null, '', true, ''],
    [2, Kind.null, 'NA', true, 'NA'],
    [2, Kind.number, '1.50', true, '1.50'],
    [1, Kind.text, '', false, '""'],
    [1, Kind.null, '', false, '""'],
    [1, Kind.null, 'NA', false, 'NA'],
  ] as const)('of %i columns, kind %i: %j, quoted %j, is %j', (kept, kind, value, quoted, expected) => {
    expect(encode(kept, kind, value, quoted)).toBe(expected);
  });

  test('quotes the delimiter of its own format', () => {
    expect(encode(2, Kind.text, 'a\tb,c', false, tsv)).toBe('"a\tb,c"');
    expect(encode(2, Kind.text, 'b,c', false, tsv)).toBe('b,c');
  });

  test('csv-parse reads back what was written', () => {
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((n) => fc.array(fc.array(fc.tuple(text, fc.boolean()), { minLength: n, maxLength: n }), { minLength: 1 }));
    fc.assert(
      fc.property(table, (rows) => {
        const lines = rows.map((row) => row.map(([v, quoted]) => encode(row.length, Kind.text, v, quoted)).join(','));
        const want = rows.map((row) => row.map(([value]) => value));
        expect(parse(lines.join('\n'), { record_delimiter: ['\r\n', '\n'], skip_empty_lines: true })).toEqual(want);
        expect(values(read(Buffer.from(`${header(want[0]!.length)}\n${lines.join('\n')}`)))).toEqual(want);
      }),
      { seed, numRuns: 500 },
    );
  });
});

/** The input without the columns at these positions: what the engine does with `removal`. */
function withoutColumns(input: Buffer, dropped: ReadonlySet<number>): Buffer {
  const opened = csv.open(input, true, options)!;
  const slots = opened.fields!.map((selector, i) => ({ selector, wanted: dropped.has(i), whole: false }));
  const batch = createBatch(input.length + 1);
  input.copy(batch.bytes);
  batch.from = opened.inputHead.length;
  batch.limit = input.length;
  // What stands in front of a block need not be a line end.
  batch.bytes[batch.from - 1] = 0x2c;
  opened.scanner({ slots, unlisted: 'reject', nullValues: [] }).scan(batch, true);
  const pieces = [opened.head(dropped)];
  let kept = batch.from;
  for (let r = 0; r < batch.records; r++) {
    let removed = -1;
    for (let c = batch.firstCell[r]!; c < batch.firstCell[r + 1]!; c++) {
      const [begin, end] = opened.removal(batch, c, removed);
      pieces.push(Buffer.from(batch.bytes.subarray(kept, begin)));
      kept = removed = end;
    }
  }
  pieces.push(batch.bytes.subarray(kept, batch.to));
  return Buffer.concat(pieces);
}

describe('removal', () => {
  test('takes the delimiter behind the first column that is left, in front of any other', () => {
    const after = (...dropped: number[]) =>
      withoutColumns(Buffer.from('a,b,c\r\n1,",",3\r\n4,,6'), new Set(dropped)).toString();
    expect(after(0)).toBe('b,c\r\n",",3\r\n,6');
    expect(after(1)).toBe('a,c\r\n1,3\r\n4,6');
    expect(after(2)).toBe('a,b\r\n1,","\r\n4,');
    expect(after(0, 1)).toBe('c\r\n3\r\n6');
    expect(after(0, 2)).toBe('b\r\n","\r\n');
    expect(after(1, 2)).toBe('a\r\n1\r\n4');
    expect(after(0, 1, 2)).toBe('\r\n\r\n');
  });

  test('leaves the other columns byte for byte', () => {
    fc.assert(
      fc.property(wellFormed, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), blocks, (input, drop, sizes) => {
        const bytes = Buffer.from(input);
        const before = read(bytes);
        const dropped = new Set([...before.opened.fields!.keys()].filter((i) => drop[i]));
        const left = before.opened.fields!.filter((_, i) => !dropped.has(i));
        // One column that is left may leave a blank last line, which is no record without a line end.
        fc.pre(left.length > 1 || (left.length === 1 && input.endsWith('\n')));
        const output = withoutColumns(bytes, dropped);
        const after = read(output, { blocks: sizes });

        const oracle = parse(bytes, { bom: true, record_delimiter: ['\r\n', '\n'] }) as string[][];
        const want = oracle.map((row) => row.filter((_, i) => !dropped.has(i)));
        expect(parse(output, { bom: true, record_delimiter: ['\r\n', '\n'] })).toEqual(want);
        expect(after.opened.fields).toEqual(left);
        const raw = (source: Buffer, result: typeof after, without: ReadonlySet<number>) =>
          result.records.map((cells) =>
            cells.filter((_, i) => !without.has(i)).map((cell) => source.toString('latin1', ...cell.outer)),
          );
        expect(raw(output, after, new Set())).toEqual(raw(bytes, before, dropped));
      }),
      { seed, numRuns: 500 },
    );
  });
});
