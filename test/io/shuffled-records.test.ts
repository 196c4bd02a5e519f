import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAddressedRandom } from '../../src/crypto/addressed-random.ts';
import { boundedDraws, drawBytes } from '../../src/crypto/bounded-draw.ts';
import { formats } from '../../src/formats/index.ts';
import { dataFiles, type Split } from '../../src/io/data-files.ts';
import { shuffledRecords } from '../../src/io/shuffled-records.ts';
import { memorySpool } from './memory.ts';

interface Job {
  readonly format: 'csv' | 'tsv' | 'json' | 'ndjson';
  readonly head?: string;
  readonly tail?: string;
  readonly split?: Split;
  readonly inBlock?: number;
  readonly seed?: number;
}

/** Write files of records through the sink; the texts of the files that come out, each with its number of records. */
async function shuffledFiles(inputs: readonly (readonly string[])[], job: Job) {
  const spool = memorySpool();
  const random = createAddressedRandom(Buffer.alloc(32, job.seed ?? 1), drawBytes);
  const sink = shuffledRecords(
    dataFiles(spool, { codecs: inputs.map(() => undefined), gzipLevel: undefined, split: job.split }),
    { spool: memorySpool(), draw: boundedDraws(random), bare: formats.get(job.format)!.bare },
  );
  const { inBlock = 3 } = job;
  for (const records of inputs) {
    await sink.begin(Buffer.from(job.head ?? ''));
    for (let at = 0; at < records.length; at += inBlock) {
      const block = records.slice(at, at + inBlock).map((record) => Buffer.from(record));
      const start = new Int32Array(block.length + 1);
      block.forEach((record, i) => {
        start[i + 1] = start[i]! + record.length;
      });
      await sink.write(Buffer.concat(block), { records: block.length, start });
    }
    if (job.tail !== undefined) await sink.write(Buffer.from(job.tail));
  }
  const written = await sink.end();
  const all = spool.bytes();
  return written.map(({ facts, from, records }) => {
    const bytes = all.subarray(from, from + facts.bytes);
    expect(facts.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    return { text: bytes.toString(), records };
  });
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => `${i}`);
const lines = (text: string) => text.split('\n').slice(0, -1);
/** By number, compared as numbers. */
const sorted = (values: readonly string[]) => [...values].sort((a, b) => Number(a) - Number(b));

describe('records in random order', () => {
  it('are those that came, each once, whatever the blocks', async () => {
    const record = fc.string({ unit: fc.constantFrom('a', 'é', '😀', ' '), maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 40 }), fc.nat(100), async (records, seed) => {
        const input = records.map((text) => `${text}\n`);
        const job: Job = { format: 'csv', head: 'id\n', seed };
        const [file] = await shuffledFiles([input], job);
        const [header, ...rest] = lines(file!.text);
        expect(header).toBe('id');
        expect(rest.sort()).toEqual([...records].sort());
        expect(file!.records).toBe(records.length);
        expect(await shuffledFiles([input], { ...job, inBlock: 7 })).toEqual([file]);
      }),
      { numRuns: 50 },
    );
  });

  it('stay in the file that they came from, also when that is split', async () => {
    const inputs = [numbers(20), numbers(9).map((n) => `${Number(n) + 100}`), []];
    const job: Job = { format: 'csv', head: 'id\n' };
    const files = await shuffledFiles(
      inputs.map((records) => records.map((record) => `${record}\n`)),
      { ...job, split: { records: 8 } },
    );
    expect(files.map(({ records }) => records)).toEqual([8, 8, 4, 8, 1, 0]);
    const found = files.map(({ text }) => lines(text).slice(1));
    expect(sorted(found.slice(0, 3).flat())).toEqual(inputs[0]);
    expect(found.slice(0, 3).flat()).not.toEqual(inputs[0]);
    expect(sorted(found.slice(3, 5).flat())).toEqual(inputs[1]);
  });

  it('all have the line end of the first, also the one that had none', async () => {
    for (const [end, format] of [
      ['\r\n', 'csv'],
      ['\n', 'tsv'],
      ['\r\n', 'ndjson'],
    ] as const) {
      const records = numbers(9).map((n) => (n === '8' ? `{${n}}` : `{${n}}${end}`));
      const [file] = await shuffledFiles([records], { format });
      const written = file!.text.split(end);
      expect(written.pop()).toBe('');
      expect(written.sort()).toEqual(numbers(9).map((n) => `{${n}}`));
      expect(await shuffledFiles([['only']], { format })).toEqual([{ text: 'only', records: 1 }]);
    }
  });

  it('of JSON have a comma between them, and white space that does not tell the first', async () => {
    const values = numbers(9).map((n) => `{"n": ${n}}`);
    for (const [lead, between] of [
      ['', ', '],
      ['\n  ', ',\n  '],
    ] as const) {
      const records = values.map((value, n) => (n === 0 ? lead : between) + value);
      const [file] = await shuffledFiles([records], { format: 'json', head: '[', tail: '\n]' });
      const inside = file!.text.slice(1 + lead.length, -2).split(between);
      expect(inside).not.toEqual(values);
      expect(inside.sort()).toEqual(values);
      expect(JSON.parse(file!.text)).toHaveLength(9);
    }
  });

  it('of NDJSON leave blank lines behind, but for those in front', async () => {
    const [file] = await shuffledFiles([['\n{"n":0}\n\n\n', ' {"n":1}\n', '{"n":2}\n\n']], { format: 'ndjson' });
    expect(lines(file!.text).filter((line) => line === '')).toHaveLength(1);
    expect(sorted(lines(file!.text).flatMap((line) => (line === '' ? [] : [String(JSON.parse(line).n)])))).toEqual(
      numbers(3),
    );
  });

  it('of more bytes than wait in memory come out as they went in', async () => {
    // A heap of 32 KiB is put aside: each of 300 records of 40 kB does that, and some of the 512 heaps get several.
    const records = Array.from({ length: 3000 }, (_, n) => `${n} ${'x'.repeat(n % 10 === 0 ? 40_000 : 20)}\n`);
    const [file] = await shuffledFiles([records], { format: 'csv', inBlock: 100 });
    expect(file!.records).toBe(records.length);
    const written = lines(file!.text).map((line) => `${line}\n`);
    expect(sorted(written.map((line) => line.slice(0, line.indexOf(' '))))).toEqual(numbers(records.length));
    for (const line of written) if (line !== records[Number.parseInt(line, 10)]) throw new Error('a record changed');
  });
});

describe('random orders', () => {
  it('are each as likely', async () => {
    const files = 3840;
    const counts = new Map<string, number>();
    for (const { text } of await shuffledFiles(
      Array.from({ length: files }, () => ['a\n', 'b\n', 'c\n', 'd\n']),
      { format: 'csv' },
    )) {
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    const expected = files / 24;
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 23 degrees of freedom: mean 23, variance 46. Six standard deviations.
    expect(chiSquare).toBeLessThan(23 + 6 * Math.sqrt(46));
  });

  it('have no rank correlation with the order that the records came in, nor with that of another key', async () => {
    const count = 20_000;
    const orders = [];
    for (const seed of [1, 2]) {
      const [file] = await shuffledFiles([numbers(count).map((n) => `${n}\n`)], { format: 'csv', seed, inBlock: 999 });
      orders.push(lines(file!.text).map(Number));
    }
    const [one, other] = orders as [number[], number[]];
    const placeInOther = new Float64Array(count);
    other.forEach((n, place) => {
      placeInOther[n] = place;
    });
    const identity = Float64Array.from(one, (_, place) => place);
    // Spearman's coefficient of independent orders has mean 0 and variance 1 / (n - 1). Five standard deviations.
    const most = 5 / Math.sqrt(count - 1);
    expect(Math.abs(spearman(identity, Float64Array.from(one)))).toBeLessThan(most);
    expect(
      Math.abs(
        spearman(
          identity,
          Float64Array.from(one, (n) => placeInOther[n]!),
        ),
      ),
    ).toBeLessThan(most);
    // Neighbours of the source are no nearer to each other: rank correlation of the order with itself, one place on.
    expect(
      Math.abs(
        spearman(
          identity.subarray(1),
          Float64Array.from(one.slice(1), (n, i) => n - one[i]!),
        ),
      ),
    ).toBeLessThan(most);
  });
});

/** 1 - 6 Σd² / (n (n² - 1)), for two lists of ranks; of values, their ranks are taken. */
function spearman(a: Float64Array, b: Float64Array): number {
  const [x, y] = [ranksOf(a), ranksOf(b)];
  const n = x.length;
  return 1 - (6 * x.reduce((sum, rank, i) => sum + (rank - y[i]!) ** 2, 0)) / (n * (n * n - 1));
}

function ranksOf(values: Float64Array): Float64Array {
  const order = Array.from(values, (_, i) => i).sort((i, j) => values[i]! - values[j]! || i - j);
  const ranks = new Float64Array(values.length);
  order.forEach((i, rank) => {
    ranks[i] = rank;
  });
  return ranks;
}
