import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Place } from '../../src/base/diagnostic.ts';
import { Failure } from '../../src/base/diagnostic.ts';
import { type Dialect, dialectReader } from '../../src/formats/dialect.ts';

const plain: Dialect = {
  delimiter: ',',
  quote: '"',
  escape: '"',
  comment: undefined,
  recordDelimiters: ['\r\n', '\n'],
  relaxQuotes: false,
  skipEmptyLines: false,
  trim: false,
};

interface Reading {
  readonly header?: readonly string[];
  /** Sizes of the pieces that the file is read in, over and over. */
  readonly pieces?: readonly number[];
  readonly maxRecordBytes?: number;
}

async function read(text: string | Buffer, dialect: Partial<Dialect>, reading: Reading = {}): Promise<string> {
  const { header, pieces = [1 << 20], maxRecordBytes = 1 << 20 } = reading;
  const reader = dialectReader({ ...plain, ...dialect }, { header, maxRecordBytes });
  const bytes = Buffer.from(text);
  const parts: Buffer[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = pieces[i % pieces.length]!;
    const piece = Buffer.from(bytes.subarray(at, at + size));
    parts.push(await reader.next(piece));
    // Whoever reads uses a piece again.
    piece.fill(0x22);
    at += size;
  }
  parts.push(await reader.end());
  return Buffer.concat(parts).toString('utf8');
}

async function refusal(text: string | Buffer, dialect: Partial<Dialect>, reading?: Reading) {
  const failure: unknown = await read(text, dialect, reading).then(
    () => undefined,
    (error) => error,
  );
  if (!(failure instanceof Failure)) throw new Error(`expected a Failure, not ${failure}`);
  const [{ code, message, hint, place }] = failure.diagnostics as [(typeof failure.diagnostics)[0]];
  return { code, message, hint, ...(place as Place) };
}

describe('dialectReader', () => {
  it.each<[string, string, Partial<Dialect>, string]>([
    ['single quotes, doubled', "a,b\n'it''s, so',2\n", { quote: "'", escape: "'" }, 'a,b\n"it\'s, so",2\n'],
    ['double quotes as text', `a,b\n'say "x"',2\n`, { quote: "'", escape: "'" }, 'a,b\n"say ""x""",2\n'],
    ['escape characters', 'a,b\n"x \\"y\\"\\\\",2\n', { escape: '\\' }, 'a,b\n"x ""y""\\",2\n'],
    ['no quotes at all', 'a|b\n"x|y"\n', { delimiter: '|', quote: '' }, 'a,b\n"""x","y"""\n'],
    ['comment lines', '# one\na,b\n# "two\n1,#2\n', { comment: '#' }, 'a,b\n1,#2\n'],
    ['delimiters of several characters', 'a||b\n1|2||3,4\n', { delimiter: '||' }, 'a,b\n1|2,"3,4"\n'],
    ['a delimiter beyond ASCII', 'a¦b\né¦ö\n', { delimiter: '¦' }, 'a,b\né,ö\n'],
    ['quotes in unquoted fields', 'a,b\n5" disk,2\n', { relaxQuotes: true }, 'a,b\n"5"" disk",2\n'],
    ['empty lines', '\na,b\n\n\r\n1,2\n\n', { skipEmptyLines: true }, 'a,b\n1,2\n'],
    ['white space around fields', ' a , b\n 1 ,\t" 2 " \n', { trim: true }, 'a,b\n1, 2 \n'],
    ['no-break spaces and letters whose bytes end alike', 'a\n\u00a0voilà\n', { trim: true }, 'a\nvoilà\n'],
    ['records that end otherwise', 'a,b;1,"x;y";', { recordDelimiters: [';'] }, 'a,b\n1,x;y\n'],
    ['line ends of old Macs', 'a,b\r1,2\r', { recordDelimiters: ['\r'] }, 'a,b\n1,2\n'],
    ['line ends of both kinds', 'a,b\n1,"x\r\ny"\r\n3,4', {}, 'a,b\n1,"x\r\ny"\n3,4\n'],
    ['an empty value of an only column', 'a\n""\n1\n', {}, 'a\n""\n1\n'],
    ['a byte order mark', '\ufeffa,b\n1,2\n', {}, '\ufeffa,b\n1,2\n'],
    ['nothing', '', {}, ''],
    ['comments alone', '# a\n# b', { comment: '#' }, ''],
  ])('reads %s, in pieces of any size', async (_, text, dialect, expected) => {
    for (const size of [1, 2, 3, 5, 1000]) expect(await read(text, dialect, { pieces: [size] })).toBe(expected);
  });

  const value = fc.string({
    unit: fc.constantFrom('a', '"', "'", '\\', ',', ';', '|', '\n', '\r\n', ' ', 'é', '😀', 'e\u0301', '#'),
    maxLength: 8,
  });

  it('gives back the fields that were written, wherever the pieces end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }).chain((columns) => {
          const record = fc.array(value, { minLength: columns, maxLength: columns });
          return fc.array(record, { minLength: 1, maxLength: 6 });
        }),
        fc.constantFrom(',', ';', '||', '<,>'),
        fc.constantFrom('"', "'"),
        fc.constantFrom(undefined, '\\'),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
        async (records, delimiter, quote, escaped, pieces) => {
          const escaping = escaped ?? quote;
          const fieldOf = (text: string): string => {
            const doubled = escaped === undefined ? text : text.replaceAll(escaped, escaped + escaped);
            return quote + doubled.replaceAll(quote, escaping + quote) + quote;
          };
          const text = records.map((record) => `${record.map(fieldOf).join(delimiter)}\n`).join('');
          const written = await read(text, { delimiter, quote, escape: escaping }, { pieces });
          expect(parse(written)).toEqual(records);
        },
      ),
    );
  });
});

describe('what is wrong with a file', () => {
  it.each<[string, string, Partial<Dialect>, object]>([
    [
      'a short row',
      '# x\na,b\n# y\n1,2\n\n\n1\n',
      { comment: '#', skipEmptyLines: true },
      { code: 'DATA-RAGGED', line: 7, row: 2 },
    ],
    [
      'a long row behind one of several lines',
      'a,b\n"x\r\ny\nz",2\n1,2,3\n',
      {},
      { code: 'DATA-RAGGED', line: 5, row: 2 },
    ],
    [
      'a blank line',
      'a,b\n1,2\n\n3,4\n',
      {},
      { code: 'DATA-RAGGED', line: 3, row: 2, hint: expect.stringContaining('skip-empty-lines') },
    ],
    [
      'an open quote',
      "a,b\n1,2\n3,'x\n4,5\n",
      { quote: "'", escape: "'" },
      { code: 'DATA-SYNTAX', line: 3, row: 2, field: 'b' },
    ],
    ['text behind a quote', 'a,b\n1,2\n"x"y,2\n', {}, { code: 'DATA-SYNTAX', line: 3, row: 2, field: 'a' }],
    [
      'a bare quote',
      'a,b\n1,x"y\n',
      {},
      { code: 'DATA-SYNTAX', line: 2, row: 1, field: 'b', hint: expect.stringContaining('relax-quotes') },
    ],
    ['a bare quote in the header', 'a,x"y\n1,2\n', {}, { code: 'DATA-SYNTAX', line: 1, row: 0 }],
    ['a record that is too long', `a,b\n1,2\n"${'x'.repeat(400)}",2\n`, {}, { code: 'DATA-SIZE', line: 3, row: 2 }],
    ['comments without end', `a,b\n${'# x\n'.repeat(400)}`, { comment: '#' }, { code: 'DATA-SIZE' }],
    ['line ends of old Macs', 'a,b\r1,2\r3\r', { recordDelimiters: ['\r'] }, { code: 'DATA-RAGGED', line: 3, row: 2 }],
  ])('%s is told at its line, wherever the pieces end', async (_, text, dialect, expected) => {
    for (const size of [1, 2, 3, 7, 100]) {
      expect(await refusal(text, dialect, { pieces: [size], maxRecordBytes: 300 })).toMatchObject(expected);
    }
  });

  it('counts rows from the first line where the columns have names already', async () => {
    const header = ['a', 'b'];
    expect(await read('1,2\n', {}, { header })).toBe('1,2\n');
    expect(await refusal('1,2\n3\n', {}, { header })).toMatchObject({ code: 'DATA-RAGGED', line: 2, row: 2 });
    expect(await refusal('1\n', {}, { header })).toMatchObject({ code: 'DATA-RAGGED', line: 1, row: 1 });
  });

  it('shows nothing of the data', async () => {
    for (const text of ['a,b\n1,CANARY"\n', 'a,b\n"CANARY" CANARY,1\n', 'a,b\nCANARY\n', 'a,b\n"CANARY\n']) {
      expect(JSON.stringify(await refusal(text, {}))).not.toContain('CANARY');
    }
  });

  it('refuses bytes that are not UTF-8 at their line, never replacing them', async () => {
    const text = Buffer.concat([Buffer.from('a,b\né,"x\n'), Buffer.from([0xe9, 0x2c]), Buffer.from('",2\n')]);
    for (const size of [1, 2, 3, 100]) {
      expect(await refusal(text, {}, { pieces: [size] })).toMatchObject({ code: 'DATA-ENCODING', line: 3 });
    }
    const cut = Buffer.from('a,b\n1,é').subarray(0, -1);
    expect(await refusal(cut, {}, { pieces: [3] })).toMatchObject({ code: 'DATA-ENCODING', line: 2 });
  });
});
