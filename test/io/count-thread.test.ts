import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type * as CountThreads from '../../src/io/count-thread.ts';
import { RecordCounts } from '../../src/table/record-counts.ts';

// A thread runs a built file.
const { createCountThread }: typeof CountThreads = await import('../../dist/io/count-thread.js' as string);

const width = 3;
const sensitiveFields = 2;

const batches = fc.array(
  fc.array(fc.array(fc.nat(6), { minLength: width + sensitiveFields, maxLength: width + sensitiveFields }), {
    maxLength: 60,
  }),
  { maxLength: 60, size: 'max' },
);

function coded(rows: readonly number[][]) {
  return {
    records: rows.length,
    // There is more room than records, as in the batches of a coder.
    tuples: Int32Array.from([...rows.flatMap((row) => row.slice(0, width)), 9, 9, 9]),
    sensitive: [0, 1].map((s) => Int32Array.from([...rows.map((row) => row[width + s]!), 9])),
  };
}

function shown({ records, tuples, pairs }: RecordCounts) {
  return { records, tables: [tuples, ...pairs].map((table) => [table.columns(), table.counts()]) };
}

describe('a thread that counts records', () => {
  it('finds what is found without, wherever it takes over', async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(batches, fc.nat(200), async (list, first) => {
        const thread = createCountThread(width, sensitiveFields, first);
        const plain = RecordCounts.none(width, sensitiveFields);
        try {
          for (const rows of list) {
            const batch = coded(rows);
            plain.add(batch);
            const waits = thread.add(batch);
            if (waits !== undefined) taken++;
            await waits;
            // A coder uses its arrays again.
            batch.tuples.fill(-1);
            for (const column of batch.sensitive) column.fill(-1);
          }
          const counts = await thread.finish();
          expect(shown(counts)).toEqual(shown(plain));
          // It can be gone on with.
          const more = coded([[1, 2, 3, 4, 5]]);
          counts.add(more);
          plain.add(more);
          expect(shown(counts)).toEqual(shown(plain));
        } finally {
          await thread.close();
        }
      }),
      { numRuns: 40, seed: 1 },
    );
    expect(taken).toBeGreaterThan(500);
  });

  it('says what went wrong in it', async () => {
    const thread = createCountThread(1, 1, 0);
    onTestFinished(() => thread.close());
    // Behind the tuple of half a record no column can begin.
    await thread.add({ records: 0.5, tuples: Int32Array.of(1), sensitive: [Int32Array.of(1)] });
    await expect(thread.finish()).rejects.toThrow('multiple of 4');
  });
});
