import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodings } from '../../src/formats/encodings/index.ts';
import { type DataFilesOptions, dataFiles } from '../../src/io/data-files.ts';
import { memorySpool } from './memory.ts';

const whole: DataFilesOptions = { codecs: [undefined], gzipLevel: undefined, split: undefined };
const head = 'id\n';

/** Write the records in blocks of so many; the contents of the files, each with how many records it says to have. */
async function files(records: readonly string[], options: Partial<DataFilesOptions>, inBlock = 3, tail?: string) {
  const spool = memorySpool();
  const sink = dataFiles(spool, { ...whole, ...options });
  await sink.begin(Buffer.from(head));
  for (let at = 0; at < records.length; at += inBlock) {
    const block = records.slice(at, at + inBlock).map((record) => Buffer.from(record));
    const start = new Int32Array(block.length + 1);
    block.forEach((record, i) => {
      start[i + 1] = start[i]! + record.length;
    });
    await sink.write(Buffer.concat(block), { records: block.length, start });
  }
  if (tail !== undefined) await sink.write(Buffer.from(tail));
  const written = await sink.end();
  const all = spool.bytes();
  expect(written.reduce((total, { facts }) => total + facts.bytes, 0)).toBe(all.length);
  return written.map(({ facts, from, records: count }) => {
    const bytes = all.subarray(from, from + facts.bytes);
    expect(facts.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    return { bytes, count };
  });
}

const record = fc.string({ unit: fc.constantFrom('a', 'é', '😀'), maxLength: 12 }).map((text) => `${text}\n`);
const lists = fc.array(record, { maxLength: 30 });

describe('dataFiles', () => {
  it('makes one file unless it is to split, with what stands around the records', async () => {
    const [file, ...more] = await files(['a\n', 'b\n'], {}, 1, 'end');
    expect(more).toEqual([]);
    expect(file).toMatchObject({ count: 2 });
    expect(file!.bytes.toString()).toBe(`${head}a\nb\nend`);
  });

  it('makes a file of each of the input, in its own byte order, split by itself', async () => {
    const codecs = ['feff', 'fffe'].map((mark) => encodings.get('utf-16')!.codecFor(Buffer.from(mark, 'hex')));
    const spool = memorySpool();
    const sink = dataFiles(spool, { ...whole, codecs: [...codecs, undefined], split: { records: 2 } });
    for (const head of ['a\n', 'b\n', 'c\n']) {
      await sink.begin(Buffer.from(head));
      const start = Int32Array.of(0, 2, 4, 6);
      if (head !== 'b\n') await sink.write(Buffer.from('1\n2\n3\n'), { records: 3, start });
    }
    const written = await sink.end();
    expect(written.map(({ input, records }) => [input, records])).toEqual([
      [0, 2],
      [0, 1],
      [1, 0],
      [2, 2],
      [2, 1],
    ]);
    const text = ({ from, facts }: (typeof written)[number]) =>
      spool
        .bytes()
        .subarray(from, from + facts.bytes)
        .toString('hex');
    expect(text(written[1]!)).toBe('feff0061000a0033000a');
    expect(text(written[2]!)).toBe('fffe62000a00');
    expect(text(written[4]!)).toBe(Buffer.from('c\n3\n').toString('hex'));
  });

  it('has a file with the head alone where there are no records', async () => {
    const [file, ...more] = await files([], { split: { records: 2 } });
    expect([file!.bytes.toString(), file!.count, more.length]).toEqual([head, 0, 0]);
  });

  it('splits between records: all are there, in order, each file with the head and as full as it may be', async () => {
    await fc.assert(
      fc.asyncProperty(
        lists,
        fc.record({
          records: fc.option(fc.integer({ min: 1, max: 7 }), { nil: undefined }),
          bytes: fc.option(fc.integer({ min: 1, max: 90 }), { nil: undefined }),
        }),
        fc.constantFrom('utf-8', 'utf-16le', 'utf-16be'),
        fc.boolean(),
        fc.integer({ min: 1, max: 9 }),
        async (records, split, encoding, gzip, inBlock) => {
          const codec = encodings.get(encoding)!.codecFor(Buffer.alloc(0));
          const encode = (text: string) => codec?.encode(Buffer.from(text)) ?? Buffer.from(text);
          const written = await files(records, { codecs: [codec], split, gzipLevel: gzip ? 1 : undefined }, inBlock);
          let next = 0;
          for (const { bytes, count } of written) {
            const plain = gzip ? gunzipSync(bytes) : bytes;
            const mine = records.slice(next, next + count);
            expect(plain).toEqual(encode(head + mine.join('')));
            if (split.records !== undefined) expect(count).toBeLessThanOrEqual(split.records);
            if (split.bytes !== undefined && count > 1) expect(plain.length).toBeLessThanOrEqual(split.bytes);
            next += count;
            // The record that begins the next file had no room in this one.
            if (next === records.length) continue;
            const more = plain.length + encode(records[next]!).length;
            expect(count === split.records || more > (split.bytes ?? Number.POSITIVE_INFINITY)).toBe(true);
          }
          expect(next).toBe(records.length);
        },
      ),
    );
  });

  it('writes the byte order mark in front of every file', async () => {
    const codec = encodings.get('utf-16')!.codecFor(Buffer.from('feff', 'hex'))!;
    const written = await files(['a\n', 'b\n', 'c\n'], { codecs: [codec], split: { bytes: 12 } });
    expect(written.map(({ bytes }) => bytes.toString('hex'))).toEqual(
      ['a', 'b', 'c'].map((c) => `feff00690064000a00${c.charCodeAt(0).toString(16)}000a`),
    );
  });

  it('packs harder at a higher level, and the same bytes every time, without a time in them', async () => {
    const records = Array.from({ length: 3000 }, (_, i) => `${(i * 7919) % 1000},some text\n`);
    const sizes = [];
    for (const gzipLevel of [1, 9]) {
      const [one] = await files(records, { gzipLevel });
      const [two] = await files(records, { gzipLevel }, 50);
      expect(one!.bytes.readUInt32LE(4)).toBe(0);
      expect(gunzipSync(two!.bytes)).toEqual(gunzipSync(one!.bytes));
      expect((await files(records, { gzipLevel }))[0]!.bytes).toEqual(one!.bytes);
      sizes.push(one!.bytes.length);
    }
    expect(sizes[1]).toBeLessThan(sizes[0]!);
  });

  it('refuses more files than a bundle can hold', async () => {
    const records = Array.from({ length: 4001 }, () => 'a\n');
    await expect(files(records, { split: { records: 1 } }, 500)).rejects.toMatchObject({ code: 'FILE-WRITE' });
  });
});
