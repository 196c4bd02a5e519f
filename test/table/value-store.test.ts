import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ColumnBuffer, Kind, textAt } from '../../src/table/column.ts';
import { ValueStore } from '../../src/table/value-store.ts';

const kinds = [Kind.text, Kind.number, Kind.boolean, Kind.null, Kind.container] as const;

it('gives back bytes and kinds of rows in any order, and knows which rows have none', () => {
  const value = fc.tuple(fc.constantFrom(...kinds), fc.string({ unit: 'binary', maxLength: 60 }), fc.nat(3));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 50 }), fc.integer({ min: 0, max: 5000 }), (values, first) => {
      const column = new ColumnBuffer(values.length + 1);
      const store = new ValueStore();
      const rows: number[] = [];
      let row = first;
      values.forEach(([kind, text, gap], i) => {
        column.text(kind, kind === Kind.null ? '' : text);
        row += gap + 1;
        rows.push(row);
        store.add(row, column, i);
      });
      const output = new ColumnBuffer(values.length + 1);
      for (const r of [...rows].reverse()) store.copyTo(output, r);
      const shown = Array.from({ length: values.length }, (_, i) => [output.kind[i], textAt(output, i)]).reverse();
      expect(shown).toEqual(values.map((_, i) => [column.kind[i], textAt(column, i)]));
      for (let r = 0; r < row + 3; r++) expect(store.has(r)).toBe(rows.includes(r));
      expect(store.rows).toBe(rows.length === 0 ? 0 : row + 1);
      if (rows.length > 0) expect(() => store.add(row, column, 0)).toThrow('in order');
    }),
    { numRuns: 60, seed: 1 },
  );
});
