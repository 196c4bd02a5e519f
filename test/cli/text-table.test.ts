import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../src/cli/printable.ts';
import { textTable } from '../../src/cli/text-table.ts';

describe('a table of text', () => {
  it('puts numbers under each other, whatever stands before them', () => {
    expect(
      textTable(
        ['field', 'n'],
        [
          ['age', '7'],
          ['患者の名前', '1,234'],
        ],
      ),
    ).toEqual(['field           n', 'age             7', '患者の名前  1,234']);
  });

  it('leaves out the middle of what is wider than the terminal', () => {
    const lines = textTable(
      ['field', 'n'],
      [
        ['患者の名前患者の名前', '12'],
        [`a${'e\u0301'.repeat(20)}z`, '3'],
      ],
      20,
    );
    expect(lines[1]).toBe('患者の名…の名前   12');
    expect(lines[2]).toBe(`a${'e\u0301'.repeat(7)}…${'e\u0301'.repeat(6)}z   3`);
    for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(20);
  });
});
