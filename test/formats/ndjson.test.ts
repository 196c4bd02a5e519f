import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ndjson } from '../../src/formats/ndjson.ts';
import { drive, failureOf, request } from './json-drive.ts';
import { spaced, value } from './json-trees.ts';

const leaves = request([''], { unlisted: 0 });
const options = { maxRecordBytes: 1 << 20 };

const lines = (input: string | Buffer) => drive(input, leaves).records.map(({ text }) => text);

describe('lines', () => {
  it.each([
    ['LF', '{}\n{"a":1}\n', ['{}\n', '{"a":1}\n']],
    ['CRLF', '{}\r\n{"a":1}\r\n', ['{}\r\n', '{"a":1}\r\n']],
    ['no last line end', '{}\n{"a":1}', ['{}\n', '{"a":1}']],
    ['white space around', ' {} \n\t{"a":1}\t\r\n', [' {} \n', '\t{"a":1}\t\r\n']],
    ['blank lines between', '{}\n\n \r\n{"a":1}\n', ['{}\n\n \r\n', '{"a":1}\n']],
    ['blank lines in front', '\n\r\n {}\n', ['\n\r\n {}\n']],
    ['blank lines behind', '{}\n\n\n', ['{}\n\n\n']],
    ['nothing', '', []],
    ['only blank lines', '\n \n', []],
  ])('with %s', (_, input, records) => {
    expect(lines(input)).toEqual(records);
  });

  it('are counted without the blank ones', () => {
    expect(failureOf(() => drive('\n{}\n\n{}\nx', leaves)).place).toEqual({ row: 3 });
  });

  it('have the numbers of all batches before', () => {
    const firsts: number[] = [];
    drive('{}\n{}\n{}\n{}\n', leaves, { reads: [7, 3], each: (batch) => firsts.push(batch.firstRecord) });
    expect(firsts).toEqual([0, 2, 3]);
  });
});

describe('blocks', () => {
  const line = fc
    .tuple(value, fc.infiniteStream(fc.nat(5)), fc.constantFrom('\n', '\r\n', '\n\n', ' \n\t\n'))
    .map(([tree, spaces, end]) => spaced(tree, spaces) + end);
  const input = fc
    .tuple(fc.constantFrom('', '\n'), fc.array(line, { maxLength: 6 }))
    .map(([front, all]) => front + all.join(''));
  const reads = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });

  it('may end anywhere', () => {
    fc.assert(
      fc.property(input, reads, (text, sizes) => {
        expect(drive(text, leaves, { reads: sizes })).toEqual(drive(text, leaves));
      }),
      { seed: 9, numRuns: 500 },
    );
  });

  it('may end anywhere before something wrong', () => {
    const wrong = fc.constantFrom(
      '{"a":1,"a":2}',
      '{"a":tru}',
      '{"a":-}',
      '{"a":"\\u12"}',
      '[]',
      '{"a":"\\ud800"}',
      '{"',
      '{"a":1}x',
      '{"\xe9":01}',
    );
    fc.assert(
      fc.property(input, wrong, reads, fc.constantFrom('utf8', 'latin1'), (text, last, sizes, encoding) => {
        const bytes = Buffer.concat([Buffer.from(text), Buffer.from(last, encoding as BufferEncoding)]);
        expect(failureOf(() => drive(bytes, leaves, { reads: sizes }))).toEqual(failureOf(() => drive(bytes, leaves)));
      }),
      { seed: 10, numRuns: 500 },
    );
  });
});

describe('size', () => {
  it('of a record has a limit', () => {
    const input = `{}\n{"a":"${'x'.repeat(91)}"}\n{}\n`;
    expect(drive(input, leaves, { maxRecordBytes: 100 }).records).toHaveLength(3);
    for (const reads of [[1000], [50]]) {
      const failure = failureOf(() => drive(input, leaves, { maxRecordBytes: 99, reads }));
      expect(failure).toMatchObject({ code: 'DATA-SIZE', place: { row: 2 } });
    }
  });
});

describe('open', () => {
  it('has no head', () => {
    const opened = ndjson.open(Buffer.from('{}\n'), false, options)!;
    expect(opened).toMatchObject({ inputHead: Buffer.alloc(0), fields: undefined });
    expect(opened.head(new Set())).toHaveLength(0);
  });

  it('waits for enough bytes to tell', () => {
    expect(ndjson.open(Buffer.from([0xef, 0xbb]), false, options)).toBeUndefined();
    expect(ndjson.open(Buffer.from('{}'), true, options)).toBeDefined();
  });

  it.each([
    ['UTF-8', [0xef, 0xbb, 0xbf, 0x7b]],
    ['UTF-16, little-endian', [0xff, 0xfe, 0x7b, 0]],
    ['UTF-16, big-endian', [0xfe, 0xff, 0, 0x7b]],
  ])('refuses the byte order mark of %s', (_, bytes) => {
    expect(failureOf(() => ndjson.open(Buffer.from(bytes), false, options)).code).toBe('DATA-ENCODING');
  });
});

it('resolves escapes for searching', () => {
  const opened = ndjson.open(Buffer.from('{}'), true, options)!;
  const bytes = Buffer.from('__{"a\\u0062":"\\ud83d\\ude00\\n\\ud800\\""}__');
  const text = opened.withoutEscapes!(bytes, 2, bytes.length - 2);
  expect(text.toString()).toBe('{"ab":"😀\n\ufffd""}');
  expect(bytes.toString()).toContain('\\u0062');
});
