import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kind } from '../../src/table/column.ts';
import { cellsOf, drive, failureOf, request } from './json-drive.ts';
import { type Json, spaced, value } from './json-trees.ts';

/** All leaves, as the slot for what no selector names. */
const leaves = request([''], { unlisted: 0 });
const nothing = request(['-'], { unlisted: 0 });

describe('what counts as JSON', () => {
  it('is what JSON.parse takes, apart from duplicate keys', () => {
    const edit = fc.record({
      at: fc.nat(),
      cut: fc.nat(3),
      put: fc.oneof(
        fc.constantFrom(
          '',
          '"',
          '\\',
          '\\u12',
          '\\u12aF',
          '{',
          '}',
          '[',
          ']',
          ',',
          ':',
          '0',
          '01',
          '1.',
          '-',
          'e5',
          'NaN',
          'null',
          'tru',
        ),
        fc.constantFrom(
          ' ',
          '\t',
          '\r',
          '\f',
          '\u0001',
          '\u007f',
          '\u00a0',
          '\ufeff',
          "'a'",
          '//',
          '+1',
          '.5',
          '1E+2',
          '\\x',
          '{}',
          '[]',
        ),
      ),
    });
    let valid = 0;
    fc.assert(
      fc.property(value, fc.infiniteStream(fc.nat(5)), fc.array(edit, { maxLength: 2 }), (tree, spaces, edits) => {
        let line = spaced(tree, spaces);
        for (const { at, cut, put } of edits) {
          const from = at % (line.length + 1);
          line = line.slice(0, from) + put + line.slice(from + cut);
        }
        // Half of a surrogate pair has no UTF-8.
        fc.pre(Buffer.from(line).toString() === line);
        const expected = parsed(line);
        if (expected === 'refused') {
          const marked = line.startsWith('\ufeff');
          expect(failureOf(() => drive(line, nothing)).code).toBe(marked ? 'DATA-ENCODING' : 'DATA-SYNTAX');
        } else if (line.trim() !== '') {
          valid++;
          expect(drive(line, nothing).records).toHaveLength(1);
        }
      }),
      { seed: 7, numRuns: 2500 },
    );
    expect(valid).toBeGreaterThan(500);
  });

  it.each([
    ['a key twice', '{"a":1,"b":2,"a":3}'],
    ['a key twice, once with escapes', '{"a":1,"\\u0061":3}'],
    ['a long key twice', `{"${'k'.repeat(300)}":1,"${'k'.repeat(300)}":2}`],
    ['a key twice around an inner object that has it', '{"x":{"a":{"a":1},"a":2}}'],
    ['half of a surrogate pair in a key', '{"\\ud800":1}'],
    ['a high surrogate before a character', '{"\\ud800\\u0041":1}'],
    ['an array', '[]'],
    ['a string', '"a"'],
    ['two objects', '{}{}'],
    ['an object over two lines', '{\n}'],
  ])('is not %s', (_, line) => {
    expect(failureOf(() => drive(line, nothing)).code).toBe('DATA-SYNTAX');
  });

  it('is nested at most 64 deep', () => {
    const nested = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
    expect(drive(nested(64), leaves).records).toHaveLength(1);
    expect(drive(nested(65), leaves).records).toHaveLength(1);
    expect(failureOf(() => drive(nested(66), leaves)).code).toBe('DATA-SIZE');
    const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    expect(drive(objects(64), leaves).records).toHaveLength(1);
    expect(failureOf(() => drive(objects(65), leaves)).code).toBe('DATA-SIZE');
  });

  it('has half of a surrogate pair only where nobody has to read it', () => {
    const line = '{"a":"\\udc00","b":"\\ud83d\\ud83d\\ude00"}';
    expect(drive(line, nothing).records).toHaveLength(1);
    expect(failureOf(() => drive(line, leaves))).toMatchObject({
      code: 'DATA-SYNTAX',
      place: { row: 1, field: '$.a' },
    });
  });

  it.each([
    ['an overlong form', [0xc0, 0x80]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
    ['Latin-1', [0xe9]],
    ['NUL', [0]],
  ])('is UTF-8 without %s', (_, bytes) => {
    const line = Buffer.concat([Buffer.from('{}\n{"a":"'), Buffer.from(bytes), Buffer.from('"}\n')]);
    expect(failureOf(() => drive(line, nothing))).toMatchObject({ code: 'DATA-ENCODING', place: { row: 2 } });
  });
});

describe('objects with many keys', () => {
  const object = (keys: readonly string[]) => `{${keys.map((key) => `"${key}":0`).join()}}`;
  const many = Array.from({ length: 100_000 }, (_, i) => `key-${i}`);

  it('may have each of them once', () => {
    const input = [many, many.toReversed(), many].map(object).join('\n');
    expect(drive(input, nothing, { maxRecordBytes: 1 << 22 }).records).toHaveLength(3);
  });

  it.each([0, 400, 600, 99_999])('may not have key %i again', (i) => {
    const input = `{}\n${object([...many, many[i]!])}`;
    const failure = failureOf(() => drive(input, nothing, { maxRecordBytes: 1 << 22 }));
    expect(failure).toMatchObject({
      code: 'DATA-SYNTAX',
      place: { row: 2, field: `$.key-${i}` },
    });
  });

  it('finds its selectors among them', () => {
    const selectors = ['$.key-7', '$.key-99999', '$.*8'];
    const tail = request([...selectors, '-'], { unlisted: 3 });
    const cells = cellsOf(`${object(many)}\n${object(many.toReversed())}`, tail, { maxRecordBytes: 1 << 22 });
    expect([0, 1, 2].map((slot) => cells.filter((cell) => cell[0] === slot).length)).toEqual([2, 2, 20_000]);
  });
});

describe('cells', () => {
  it('are the leaves, decoded, in the order of their bytes', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 3 }), fc.infiniteStream(fc.nat(5)), (trees, spaces) => {
        const lines = trees.map((tree) => spaced(tree, spaces));
        const { records } = drive(lines.join('\n'), leaves);
        expect(records.map(({ cells }) => cells.map(({ kind, text }) => [kind, parsedCell(kind, text)]))).toEqual(
          trees.map((tree) => Object.values(tree).flatMap(leavesOf)),
        );
      }),
      { seed: 8, numRuns: 500 },
    );
  });

  it('say which bytes are theirs', () => {
    const [record] = drive('{ "a" : "x\\n" ,"b":[ 1.10,true , {} ]}', leaves).records;
    expect(record!.cells).toEqual([
      { slot: 0, kind: Kind.text, text: 'x\n', outer: '"x\\n"', member: '"a" : "x\\n"' },
      { slot: 0, kind: Kind.number, text: '1.10', outer: '1.10', member: '1.10' },
      { slot: 0, kind: Kind.boolean, text: 'true', outer: 'true', member: 'true' },
      { slot: 0, kind: Kind.container, text: '{}', outer: '{}', member: '{}' },
    ]);
  });

  it('may be more than a batch has room for', () => {
    const count = 200_000;
    const line = `{"a":[${'1,'.repeat(count - 1)}1]}`;
    expect(cellsOf(line, request(['$.a[*]']))).toHaveLength(count);
    const wholes = `{"a":[${'[1],'.repeat(count - 1)}[1]]}`;
    expect(cellsOf(wholes, request(['!$.a[*]']))).toHaveLength(count);
  });
});

describe('messages', () => {
  it.each([
    ['{"a":1 "b":2}', 'expected `,` or `}` at byte 8 of the line'],
    ['{"a":[1 2]}', 'expected `,` or `]` at byte 9 of the line'],
    ['{"a":1,}', 'expected a key in quotes at byte 8 of the line'],
    ['{"a" 1}', 'expected `:` at byte 6 of the line'],
    ['{"a":x}', 'expected a value at byte 6 of the line'],
    ['{"a":-x}', 'expected a digit at byte 7 of the line'],
    ['{"a":"\\x"}', 'unknown escape at byte 8 of the line'],
    ['{"a":"\t"}', 'control character without escape at byte 7 of the line'],
    ['{} x', 'expected the end of the line at byte 4 of the line'],
    ['7', 'expected a JSON object at byte 1 of the line'],
    ['{"a":', 'the input ends within a record'],
  ])('of %s', (line, message) => {
    expect(failureOf(() => drive(`{}\n${line}`, leaves))).toMatchObject({ message, place: { row: 2 } });
  });
});

/** What JSON.parse says of an object; the same key twice is refused. */
function parsed(text: string): 'refused' | 'object' | 'blank' {
  if (/^[ \t\r]*$/.test(text)) return 'blank';
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'refused';
  }
  if (json === null || typeof json !== 'object' || Array.isArray(json)) return 'refused';
  if (hasLoneSurrogateKey(json)) return 'refused';
  return keysWritten(text) === keysLeft(json) ? 'object' : 'refused';
}

/** Colons outside strings, of valid JSON. */
function keysWritten(text: string): number {
  return text.replace(/"(?:[^"\\]|\\.)*"/g, '').split(':').length - 1;
}

function keysLeft(json: unknown): number {
  if (json === null || typeof json !== 'object') return 0;
  const inner = Object.values(json).reduce((sum: number, one) => sum + keysLeft(one), 0);
  return inner + (Array.isArray(json) ? 0 : Object.keys(json).length);
}

function hasLoneSurrogateKey(json: unknown): boolean {
  if (json === null || typeof json !== 'object') return false;
  return Object.entries(json).some(([key, one]) => /\p{Cs}/u.test(key) || hasLoneSurrogateKey(one));
}

function parsedCell(kind: number, text: string): unknown {
  return kind === Kind.text ? text : JSON.parse(text);
}

function leavesOf(json: Json): [number, unknown][] {
  if (typeof json === 'string') return [[Kind.text, json]];
  if (typeof json === 'number') return [[Kind.number, json]];
  if (typeof json === 'boolean') return [[Kind.boolean, json]];
  if (json === null) return [[Kind.null, null]];
  const inner = Object.values(json);
  return inner.length === 0 ? [[Kind.container, json]] : inner.flatMap(leavesOf);
}
