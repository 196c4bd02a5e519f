import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellList, cellTable } from '../../src/cli/cell-table.ts';
import { columnsOf, fitted, padded } from '../../src/cli/printable.ts';

const text = fc.string({
  unit: fc.constantFrom('a', 'b', ' ', '名', 'é', 'e\u0301', '👩‍👩‍👧', '\x1b', '\n', '\u202e', '\u200b', '\ud800'),
  maxLength: 60,
});
const cell = fc.record({ text, mark: fc.constantFrom('', '~') });
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe('cellTable', () => {
  it('shows what fits as it is, and cuts the widest columns first', () => {
    const rows = [[{ text: 'p_3mxbqmc5zanrw5', mark: '~' }, { text: 'F' }, { text: 'Cardiology' }]];
    expect(cellTable(['patient', 'sex', 'ward'], rows, 40)).toEqual([
      'patient            sex  ward',
      '~p_3mxbqmc5zanrw5  F    Cardiology',
    ]);
    expect(cellTable(['patient', 'sex', 'ward'], rows, 29)).toEqual([
      'patient       sex  ward',
      '~p_3mxbqmc5…  F    Cardiology',
    ]);
    expect(cellTable(['patient', 'sex', 'ward'], rows, 20)).toBeUndefined();
  });

  it('cuts nothing that fits, however long, and nothing below what must be kept', () => {
    const rows = [[{ text: 'p'.repeat(90) }, { text: 'F' }]];
    expect(cellTable(['patient', 'sex'], rows, 95)![1]).toBe(`${'p'.repeat(90)}  F`);
    expect(cellTable(['patient', 'sex'], rows, 45, 40)![1]).toBe(`${'p'.repeat(39)}…  F`);
    expect(cellTable(['patient', 'sex'], rows, 44, 40)).toBeUndefined();
  });

  it('sets colours around what they are for, and none without', () => {
    const rows = [[{ text: 'a', mark: '~', style: '\x1b[36m' }, { text: 'b' }]];
    expect(cellTable(['x', 'y'], rows, 80)![1]).toBe('\x1b[36m~a\x1b[0m  b');
  });

  it('is never wider than it may be, and nothing in it acts on the terminal', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(text, cell, cell), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 10, max: 120 }),
        (columns, width) => {
          const lines =
            cellTable(
              columns.map(([name]) => name),
              [columns.map(([, first]) => first), columns.map(([, , second]) => second)],
              width,
            ) ??
            cellList(
              columns.map(([name, first]) => ({ name, cell: first })),
              Math.max(width, 24),
            );
          for (const line of lines) {
            expect(columnsOf(line)).toBeLessThanOrEqual(Math.max(width, 24));
            expect(line).not.toMatch(unsafe);
          }
        },
      ),
      { numRuns: 300, seed: 5 },
    );
  });
});

describe('fitted', () => {
  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['名前名前', 7, '名前名…'],
    ['名前名前', 6, '名前…'],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
  ])('%s in %i columns', (whole, columns, shown) => {
    expect(fitted(whole, columns)).toBe(shown);
    expect(columnsOf(padded(shown, 9))).toBe(9);
  });
});
