import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WrittenKeys } from '../../src/engine/written-keys.ts';
import { ColumnBuffer, Kind } from '../../src/table/column.ts';

const secret = Buffer.alloc(32, 1);

function columnOf(values: readonly (string | null)[]): ColumnBuffer {
  const column = new ColumnBuffer(Math.max(1, values.length));
  for (const value of values) value === null ? column.null() : column.text(Kind.text, value);
  return column;
}

/** Add one batch of a record for each value; `written[r]` says whether record r is. */
function add(keys: WrittenKeys, values: readonly (string | null)[], written: readonly boolean[]): void {
  const source = Int32Array.from(written.flatMap((is, r) => (is ? [r] : [])));
  const record = Int32Array.from(values, (_, i) => i);
  keys.add(columnOf(values), record, values.length, { source, records: source.length });
}

const value = fc.oneof(
  fc.constantFrom('', '1', 'é', 'e\u0301', '👩‍👩‍👧', 'x'.repeat(400)),
  fc.string({ unit: 'grapheme' }),
);

describe('the written values of a field', () => {
  it('are told from those of records that are left out, and from all others', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.tuple(fc.option(value), fc.boolean()), { maxLength: 30 }), { maxLength: 5 }),
        fc.array(value, { minLength: 1 }),
        (batches, asked) => {
          const keys = new WrittenKeys(secret);
          const expected = new Map<string, string>();
          for (const batch of batches) {
            add(
              keys,
              batch.map(([v]) => v),
              batch.map(([, written]) => written),
            );
            for (const [v, written] of batch) {
              if (v !== null) expected.set(v, written ? 'written' : (expected.get(v) ?? 'left out'));
            }
          }
          const all = [...asked, ...expected.keys()];
          const states = keys.states(columnOf(all));
          expect(all.map((_, i) => states(i))).toEqual(all.map((v) => expected.get(v) ?? 'unknown'));
          expect(keys.size).toBe(expected.size);
        },
      ),
      { numRuns: 200, seed: 1 },
    );
  });

  it('are many', () => {
    const keys = new WrittenKeys(secret);
    const values = Array.from({ length: 30_000 }, (_, i) => `MRN-${i}`);
    for (let from = 0; from < values.length; from += 1000) {
      const batch = values.slice(from, from + 1000);
      add(
        keys,
        batch,
        batch.map((_, i) => i % 3 !== 0),
      );
    }
    expect(keys.size).toBe(30_000);
    const states = keys.states(columnOf([...values, 'MRN-30000', 'MRN-00']));
    values.forEach((_, i) => {
      if (states(i) !== ((i % 1000) % 3 === 0 ? 'left out' : 'written')) throw new Error(`value ${i} is ${states(i)}`);
    });
    expect([states(30_000), states(30_001)]).toEqual(['unknown', 'unknown']);
  });

  it('compare as text, a number like the same digits in quotes', () => {
    const keys = new WrittenKeys(secret);
    add(keys, ['17'], [true]);
    const numbers = new ColumnBuffer(1);
    numbers.text(Kind.number, '17');
    expect(keys.states(numbers)(0)).toBe('written');
  });
});
