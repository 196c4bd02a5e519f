import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Column, ColumnBuffer, Kind, textAt } from '../../src/table/column.ts';

const kinds = Object.values(Kind);
const value = fc.record({
  kind: fc.constantFrom(...kinds),
  text: fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant('é'.repeat(300))),
  by: fc.constantFrom('text', 'copy', 'bytes'),
});

function put(column: ColumnBuffer, kind: Kind, text: string, by: string): void {
  const bytes = Buffer.from(`>${text}<`);
  if (kind === Kind.null) column.null();
  else if (kind === Kind.invalid) column.invalid();
  else if (by === 'text') column.text(kind, text);
  else if (by === 'copy') column.copy(kind, bytes, 1, bytes.length - 1);
  else {
    column.reserve(bytes.length);
    const from = column.length;
    column.length += bytes.copy(column.bytes, from, 1, bytes.length - 1);
    column.close(kind, from);
  }
}

function emptyColumn(count: number): Column {
  return Object.assign(new ColumnBuffer(count), {
    count,
    base: 40,
    index: Int32Array.from({ length: count }, (_, i) => i),
  });
}

describe('a column that is written', () => {
  it('holds every value that was put in, however it grew, and again after a reset', () => {
    fc.assert(
      fc.property(fc.array(fc.array(value, { maxLength: 40 }), { minLength: 1, maxLength: 3 }), (batches) => {
        const column = new ColumnBuffer(1, 1);
        for (const batch of batches) {
          column.reset(emptyColumn(batch.length));
          for (const { kind, text, by } of batch) put(column, kind, text, by);
          expect(column.count).toBe(batch.length);
          batch.forEach(({ kind, text }, i) => {
            const gone = kind === Kind.null || kind === Kind.invalid;
            expect([column.kind[i], textAt(column, i)]).toEqual([kind, gone ? '' : text]);
          });
        }
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it('takes the addresses of the column that it is made from', () => {
    const column = new ColumnBuffer();
    const from = emptyColumn(3);
    column.reset(from);
    expect([column.base, column.index]).toEqual([40, from.index]);
  });

  it('keeps its values when room is made for more', () => {
    const column = new ColumnBuffer(1, 4);
    column.text(Kind.text, 'first');
    column.ensureValues(5000);
    column.reserve(5000);
    expect(textAt(column, 0)).toBe('first');
    expect(column.bytes.length).toBeGreaterThanOrEqual(5005);
  });
});
