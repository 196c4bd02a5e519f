import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Diagnostic, Failure } from '../../src/base/diagnostic.ts';
import { readTable } from '../../src/formats/small-table.ts';

const read = (text: string | Buffer, delimiter = ';') => readTable(Buffer.from(text), 't.csv', delimiter);

function problems(text: string | Buffer): readonly Diagnostic[] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof Failure) return error.diagnostics;
    throw error;
  }
  return [];
}

/** Line and message of each problem. */
const said = (text: string | Buffer) => problems(text).map(({ place, message }) => [place?.line, message]);

describe('a small table', () => {
  it('gives rows with the line on which they begin', () => {
    expect(read('a;b\n\n"x\ny";""""\r\nc;\n')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 3, cells: ['x\ny', '"'] },
      { line: 5, cells: ['c', ''] },
    ]);
  });

  it.each(['\n', '\r\n', '\r'])('takes %j as the end of a line', (end) => {
    expect(read(`\ufeffä;b${end}${end}"c${end}d";e${end}f;g`)).toEqual([
      { line: 1, cells: ['ä', 'b'] },
      { line: 3, cells: [`c${end}d`, 'e'] },
      { line: 5, cells: ['f', 'g'] },
    ]);
  });

  it('takes line ends of several kinds', () => {
    expect(read('a;b\r\nc;d\ne;f\r').map(({ line, cells }) => [line, ...cells])).toEqual([
      [1, 'a', 'b'],
      [2, 'c', 'd'],
      [3, 'e', 'f'],
    ]);
  });

  it('tells of all ragged rows at once, with their lines', () => {
    expect(said('a;b\nc\nd;e\nf;g;h\n')).toEqual([
      [2, 'the row has 1 column, the first has 2 columns'],
      [4, 'the row has 3 columns, the first has 2 columns'],
    ]);
    const many = problems(`a;b\n${'c\n'.repeat(30)}`);
    expect(many).toHaveLength(21);
    expect(many.at(-1)).toEqual({ code: 'POLICY-MEANING', message: '10 more such lines', place: { file: 't.csv' } });
  });

  it.each([
    ['', 1, 'the file holds no rows'],
    ['\n\n', 1, 'the file holds no rows'],
    ['a;b\n"canary" x;d\n', 2, 'text stands behind the closing quote of a value'],
    ['a;b\nc;canary"\n', 2, 'a quote stands within a value that is not in quotes'],
    ['a;b\nc;d\n\n"canary;\n\nf;g\n', 4, 'a quote is opened and never closed'],
    [Buffer.from('a;b\nc;canary\xe9\n', 'latin1'), 2, 'the file is not valid UTF-8'],
  ])('refuses %j', (text, line, message) => {
    const found = problems(text);
    expect(found.map(({ place, message: told }) => [place, told])).toEqual([[{ file: 't.csv', line }, message]]);
    expect(JSON.stringify(found)).not.toContain('canary');
  });

  it('reads what was written, whatever it holds', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ';', '"', '\n', '\r', 'é', '🙂', ' '), maxLength: 5 });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), fc.constantFrom('\n', '\r\n'), (rows, end) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = rows.map((cells) => cells.map(quoted).join(';')).join(end);
        let line = 1;
        const expected = rows.map((cells) => {
          const at = line;
          line += 1 + cells.join('').split(/\r\n|\r|\n/).length - 1;
          return { line: at, cells };
        });
        const found = read(text);
        expect(found.map(({ cells }) => cells)).toEqual(rows);
        // Where a line end is cut in two by a cell's border it counts as two lines in the file.
        if (!rows.some(([a, b]) => a.endsWith('\r') && b.startsWith('\n'))) expect(found).toEqual(expected);
      }),
      { seed: 4 },
    );
  });
});
