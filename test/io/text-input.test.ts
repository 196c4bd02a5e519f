import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodings } from '../../src/formats/encodings/index.ts';
import { dataFiles } from '../../src/io/data-files.ts';
import { decodedInput } from '../../src/io/text-input.ts';
import { csvOf, failureOf, run } from '../engine/harness.ts';
import { memoryInput, memorySpool } from './memory.ts';

const kept = 'fields: { a: { role: insensitive, transform: keep }, b: { role: insensitive, transform: keep } }\n';
const notUndefined = [...'€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸéßÿ ax,"\n'];

const texts = {
  latin1: fc.string({
    unit: fc.integer({ min: 1, max: 255 }).map((point) => String.fromCharCode(point)),
    maxLength: 30,
  }),
  'windows-1252': fc.string({ unit: fc.constantFrom(...notUndefined), maxLength: 30 }),
  'utf-16le': fc.string({ unit: 'binary', maxLength: 30 }),
  'utf-16be': fc.string({ unit: 'binary', maxLength: 30 }),
  'utf-16': fc.string({ unit: 'grapheme', maxLength: 30 }),
};

/** Text as a file of this encoding: a mark where the encoding goes by one. */
function encoded(name: keyof typeof texts, text: string): Buffer {
  const head = name === 'utf-16' ? Buffer.from('fffe', 'hex') : Buffer.alloc(0);
  const codec = encodings.get(name)!.codecFor(head)!;
  return Buffer.concat([codec.mark, codec.encode(Buffer.from(text))]);
}

describe.each(Object.keys(texts) as (keyof typeof texts)[])('%s', (name) => {
  const value = texts[name].filter((text) => !/[\p{Cs}\u0000-\u0008\u000e-\u001f]/u.test(text));
  const rows = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 20 });

  it('what no transform replaces comes out byte for byte, wherever the pieces end', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom('\n', '\r\n'), fc.integer(), async (records, end, seed) => {
        const bytes = encoded(name, csvOf([['a', 'b'], ...records], end));
        const source = await decodedInput(memoryInput(bytes, seed), encodings.get(name)!);
        const { text } = await run({ policy: kept, input: '', source });
        const spool = memorySpool();
        const sink = dataFiles(spool, { codecs: [source.codec], gzipLevel: undefined, split: undefined });
        await sink.begin(Buffer.from(text));
        await sink.end();
        expect(spool.bytes()).toEqual(bytes);
        expect(source.digest()).toEqual(memoryInput(bytes).digest());
      }),
      { numRuns: 60 },
    );
  });
});

it('is the input itself where it is UTF-8', async () => {
  const input = memoryInput(Buffer.from('a,b\n'));
  const source = await decodedInput(input, encodings.get('utf-8')!);
  expect(source.open).toBe(input.open);
  expect(source.codec).toBeUndefined();
});

it('refuses what is cut in the middle of a character, with its byte', async () => {
  const bytes = encoded('utf-16le', 'a,b\nx,y\n').subarray(0, -1);
  const source = await decodedInput(memoryInput(bytes), encodings.get('utf-16le')!);
  expect(await failureOf({ policy: kept, input: '', source })).toMatchObject({
    code: 'DATA-ENCODING',
    message: 'the input ends with half a unit of UTF-16, at byte 15',
  });
});
