import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Around } from '../../src/formats/batch.ts';
import { json } from '../../src/formats/json.ts';
import { drive, failureOf, type Options, request } from './json-drive.ts';
import { spaced, value } from './json-trees.ts';

const leaves = request([''], { unlisted: 0 });
const maxRecordBytes = 1 << 20;

const driven = (input: string | Buffer, more: Options = {}) => drive(input, leaves, { format: json, ...more });
const open = (input: string, more: Partial<Options> = {}, final = true) =>
  json.open(Buffer.from(input), final, { maxRecordBytes, ...more });

/** Head, records and tail. */
function parts(input: string, more: Options = {}): string[] {
  const { records, tail } = driven(input, more);
  return [open(input, more)!.head(new Set()).toString(), ...records.map(({ text }) => text), tail!];
}

describe('a document', () => {
  it.each([
    ['an array', '[{"a":1},{"a":2}]', undefined, ['[', '{"a":1}', ',{"a":2}', ']']],
    ['an array, said so', '[{}]', '$[*]', ['[', '{}', ']']],
    ['white space', ' [ {} ,\n\t{} , {}\r\n] \n', undefined, [' [', ' {}', ' ,\n\t{}', ' , {}', '\r\n] \n']],
    ['no records', '[ ]\n', undefined, ['[', ' ]\n']],
    ['one object', ' {"a":[1,{}]}\n', undefined, [' ', '{"a":[1,{}]}', '\n']],
    ['one object without a line end', '{}', '$', ['', '{}', '']],
    ['an array in an object', '{"items":[{},{}]}', '$.items[*]', ['{"items":[', '{}', ',{}', ']}']],
    ['an array far within', '{"a" : {"b c":[{}] } }', '$.a["b c"][*]', ['{"a" : {"b c":[', '{}', '] } }']],
    ['an object in an object', '{"a":{"b": {"c":1}}}', '$.a.b', ['{"a":{"b": ', '{"c":1}', '}}']],
    ['a key with escapes', '{"\\u0061":[{}]}', '$.a[*]', ['{"\\u0061":[', '{}', ']}']],
  ])('of %s is head, records and tail', (_, input, records, expected) => {
    expect(parts(input, records === undefined ? {} : { records })).toEqual(expected);
  });

  const around = '{ "n": 2, "o": {"x": [1, "]"]},\n "items": [{"a":1}] , "p": null, "q":"é"\n}\n';
  it.each<[Around, string, string]>([
    ['keep', '{ "n": 2, "o": {"x": [1, "]"]},\n "items": [', '] , "p": null, "q":"é"\n}\n'],
    ['drop', '{ "items": [', ']\n}\n'],
    ['redact', '{ "n": null, "o": null,\n "items": [', '] , "p": null, "q":null\n}\n'],
  ])('with members around its records: %s', (said, head, tail) => {
    expect(parts(around, { records: '$.items[*]', around: said })).toEqual([head, '{"a":1}', tail]);
    expect(JSON.parse(head + tail)).toEqual(
      said === 'drop'
        ? { items: [] }
        : said === 'keep'
          ? { ...JSON.parse(around), items: [] }
          : { n: null, o: null, items: [], p: null, q: null },
    );
  });

  it('drops what stands around at every level', () => {
    const input = '{"a":1,"b":{"c":[],"items":[{}],"d":{}},"e":[2]}';
    expect(parts(input, { records: '$.b.items[*]', around: 'drop' })).toEqual(['{"b":{"items":[', '{}', ']}}']);
  });

  it.each([
    ['in front', '{"n":{"name":"x"},"items":[{}]}', '$.n'],
    ['behind', '{"items":[{}],"n":1}', '$.n'],
    ['empty', '{"items":[{}],"n":{}}', '$.n'],
    ['one level down', '{"a":{"items":[{}],"n":[]}}', '$.a.n'],
  ])('is refused for a member %s of its records', (_, input, path) => {
    const records = path === '$.a.n' ? '$.a.items[*]' : '$.items[*]';
    expect(failureOf(() => driven(input, { records }))).toMatchObject({
      code: 'DATA-FIELDS',
      message: `\`${path}\` stands outside of the records`,
    });
  });

  it.each([
    ['nothing at the path', '{"a":[]}', '$.items[*]', 'the document has no `$.items`'],
    ['an empty object', '{}', '$.items[*]', 'the document has no `$.items`'],
    ['no array', '{"items":{}}', '$.items[*]', '`$.items` is no array'],
    ['no object', '{"items":[]}', '$.items', '`$.items` is no object'],
    ['an array on the way', '{"a":[]}', '$.a.b[*]', '`$.a` is no object'],
    ['an array in place of an object', '[]', '$', '`$` is no object'],
    ['an object in place of an array', '{}', '$[*]', '`$` is no array'],
  ])('is refused that has %s', (_, input, records, message) => {
    expect(failureOf(() => driven(input, { records, around: 'drop' }))).toMatchObject({ code: 'DATA-FIELDS', message });
  });

  it.each(['items', '$.*[*]', '$[*].items[*]', '$.a[*].b', '$..a'])('has no records at `%s`', (records) => {
    expect(failureOf(() => open('[]', { records })).code).toBe('POLICY-MEANING');
  });
});

const row = (n: number) => ({ row: n });
const wrongs: [string, string | Buffer, string, object, string][] = [
  ['trailing garbage', '[{}]x', 'DATA-SYNTAX', {}, 'expected the end of the document at byte 5 of the document'],
  ['a second document', '[{}]\n[{}]', 'DATA-SYNTAX', {}, 'at byte 6 of the document'],
  ['lines', '{"a":1}\n{"a":2}\n', 'DATA-SYNTAX', {}, 'expected the end of the document at byte 9'],
  ['a missing comma', '[{},{} {}]', 'DATA-SYNTAX', row(2), 'behind the record, at byte 8 of the document'],
  ['a comma too many', '[{},]', 'DATA-SYNTAX', row(2), 'expected a JSON object at byte 1 of the record'],
  ['a comma in front', '[,{}]', 'DATA-SYNTAX', row(1), 'expected a JSON object'],
  ['two commas', '[{},,{}]', 'DATA-SYNTAX', row(2), 'expected a JSON object'],
  ['another bracket', '[{}}', 'DATA-SYNTAX', row(1), 'expected `,` or `]`'],
  ['no end', '[{},{}', 'DATA-SYNTAX', row(2), 'ends within the document'],
  ['no end behind a comma', '[{},', 'DATA-SYNTAX', row(1), 'ends within'],
  ['no end in a record', '[{},{"a', 'DATA-SYNTAX', row(2), 'ends within a record'],
  ['a number as a record', '[{},1]', 'DATA-SYNTAX', row(2), 'expected a JSON object'],
  ['an array as a record', '[[]]', 'DATA-SYNTAX', row(1), 'expected a JSON object'],
  ['a key twice', '[{},{"a":1,"\\u0061":2}]', 'DATA-SYNTAX', { row: 2, field: '$.a' }, 'the same key twice'],
  ['a bad number', '[{},{"a":01}]', 'DATA-SYNTAX', row(2), 'at byte 7 of the record'],
  ['a scalar', '17', 'DATA-SYNTAX', {}, 'expected an array or object at byte 1 of the document'],
  ['text', 'a,b\n1,2\n', 'DATA-SYNTAX', {}, 'expected an array or object'],
  ['Latin-1', Buffer.from('[{},{"a":"\xe9"}]', 'latin1'), 'DATA-ENCODING', row(2), 'UTF-8'],
  ['a NUL byte', '[{}\0]', 'DATA-ENCODING', row(1), 'NUL'],
  ['a NUL byte behind', '[{}]\0', 'DATA-ENCODING', {}, 'NUL'],
  ['a byte order mark', '\ufeff[]', 'DATA-ENCODING', row(1), 'byte order mark'],
  ['white space alone', ' \n', 'DATA-EMPTY', {}, 'empty'],
  ['depth', `[{"a":${'['.repeat(70)}${']'.repeat(70)}}]`, 'DATA-SIZE', row(1), `64 deep`],
];

/** The same for documents with members around the records. */
const wrongAround: [string, string | Buffer, string][] = [
  ['a key twice in front', '{"a":1,"a":2,"items":[]}', 'the same key twice'],
  ['a key twice behind', '{"items":[],"a":1,"a":2}', 'the same key twice'],
  ['one key in front and behind', '{"a":1,"items":[],"\\u0061":2}', 'the same key twice'],
  ['the records twice', '{"items":[],"items":[]}', 'the same key twice'],
  ['a key twice within', '{"a":{"b":1,"b":2},"items":[]}', 'the same key twice'],
  ['no comma', '{"a":1 "items":[]}', 'expected `,` or `}` at byte 8 of the document'],
  ['no comma behind', '{"items":[]"a":1}', 'expected `,` or `}` at byte 12 of the document'],
  ['no colon', '{"a" 1,"items":[]}', 'expected `:` at byte 6'],
  ['no key', '{1:1}', 'expected a key in quotes at byte 2'],
  ['no key behind a comma', '{"items":[],}', 'expected a key in quotes at byte 13'],
  ['a bad value', '{"a":tru,"items":[]}', 'expected a value at byte 9'],
  ['a bad value behind', '{"items":[],"a":{"b":-}}', 'expected a digit at byte 23'],
  ['a bad escape in a key', '{"\\x":1}', 'unknown escape at byte 4'],
  ['a line break in a key', '{"a\nb":1}', 'control character without escape at byte 4'],
  ['half of a surrogate pair', '{"\\ud800":1}', 'surrogate'],
  ['no end', '{"items":[]', 'ends within the document'],
  ['no end in front', '{"a":1,', 'ends within the document'],
  ['garbage', '{"items":[]}}', 'expected the end of the document at byte 13'],
  ['Latin-1 in a key', Buffer.from('{"\xe9":1,"items":[]}', 'latin1'), 'not valid UTF-8'],
  ['Latin-1 in a value', Buffer.from('{"items":[],"a":"\xe9"}', 'latin1'), 'not valid UTF-8'],
];

describe('what is no document', () => {
  it.each(wrongs)('is refused: %s', (_, input, code, place, says) => {
    const failure = failureOf(() => driven(input));
    expect(failure.code).toBe(code);
    expect(failure.place ?? {}).toMatchObject(place);
    expect(failure.message).toContain(says);
  });

  it.each(wrongAround)('is refused around the records: %s', (_, input, says) => {
    for (const around of ['drop', 'redact', 'keep'] as const) {
      expect(failureOf(() => driven(input, { records: '$.items[*]', around })).message).toContain(says);
    }
  });

  it('is refused alike wherever blocks end', () => {
    const reads = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });
    const inner = wrongs.map(([, input]) => [input, {}] as const);
    const outer = wrongAround.map(([, input]) => [input, { records: '$.items[*]', around: 'keep' }] as const);
    fc.assert(
      fc.property(fc.constantFrom(...inner, ...outer), reads, ([input, more], sizes) => {
        const cut = failureOf(() => driven(input, { ...more, reads: sizes }));
        expect(cut).toEqual(failureOf(() => driven(input, more)));
      }),
      { seed: 11, numRuns: 1000 },
    );
  });
});

const space = fc.constantFrom('', ' ', '\n', '\r\n  ', '\t');
const record = fc.tuple(value, fc.infiniteStream(fc.nat(5))).map(([tree, spaces]) => spaced(tree, spaces));
/** Documents in every layout, with their records. */
const documents = fc
  .record({
    records: fc.array(fc.tuple(space, record, space), { maxLength: 6 }),
    front: fc.array(fc.tuple(space, value), { maxLength: 2 }),
    behind: fc.array(fc.tuple(value, space), { maxLength: 2 }),
    spaces: fc.tuple(space, space, space, space),
    framed: fc.boolean(),
  })
  .map(({ records, front, behind, spaces: [a, b, c, d], framed }) => {
    const array = `[${records.map(([x, text, y]) => x + text + y).join(',')}${records.length === 0 ? b : ''}]`;
    const text = framed
      ? `{${front.map(([s, v], i) => `${s}"f${i}"${a}:${JSON.stringify(v)}${s},`).join('')}${b}"items"${c}:${a}${array}${behind
          .map(([v, s], i) => `${s},"b${i}":${s}${JSON.stringify(v)}`)
          .join('')}${d}}`
      : array;
    return { text: a + text + d, texts: records.map(([, r]) => r), records: framed ? '$.items[*]' : '$[*]' };
  });

describe('blocks', () => {
  const reads = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });

  it('may end anywhere', () => {
    fc.assert(
      fc.property(documents, reads, fc.constantFrom('keep', 'drop', 'redact'), ({ text, records }, sizes, around) => {
        const whole = driven(text, { records, around });
        expect(driven(text, { records, around, reads: sizes })).toEqual(whole);
      }),
      { seed: 9, numRuns: 500 },
    );
  });

  it('hold the records, and all bytes in their order', () => {
    fc.assert(
      fc.property(documents, ({ text, records, texts }) => {
        const [head, ...rest] = parts(text, { records, around: 'keep' });
        expect([head, ...rest].join('')).toBe(text);
        expect(rest.slice(0, -1).map((one) => one.replace(/^\s*,?\s*/, ''))).toEqual(texts);
      }),
      { seed: 10, numRuns: 300 },
    );
  });

  it('have the numbers of all records before', () => {
    const firsts: number[] = [];
    driven('[{},{},{},{}]', { reads: [4, 6], each: (batch) => firsts.push(batch.firstRecord) });
    expect(firsts).toEqual([0, 1, 3]);
  });
});

describe('a part of the output', () => {
  const scan = (text: string) => {
    const { records } = drive(text, leaves, { format: { ...json, open: () => partsOpened } });
    return records.map((one) => one.text);
  };
  const whole = json.open(Buffer.from('[]'), true, { maxRecordBytes })!;
  const partsOpened = { ...whole, inputHead: Buffer.alloc(0), scanner: whole.partScanner };

  it.each([
    ['with a comma in front', ',\n{"a":1} , {}', [',\n{"a":1}', ' , {}']],
    ['without', ' {"a":1},{}', [' {"a":1}', ',{}']],
    ['of no record', '', []],
  ])('is read %s', (_, text, records) => {
    expect(scan(text)).toEqual(records);
  });

  it.each(['{} {}', ',', '{},', '{"a":', '{}]'])('is refused when it is `%s`', (text) => {
    expect(failureOf(() => scan(text)).code).toBe('DATA-SYNTAX');
  });

  it.each([
    [' , {}', ' {}'],
    [',{}', '{}'],
    ['\n{}', '\n{}'],
    ['{}', '{}'],
  ])('begins without the comma of `%s`', (text, first) => {
    expect(text.slice(whole.separatorEnd!(Buffer.from(text), 0))).toBe(first);
  });
});

describe('size', () => {
  const long = 'x'.repeat(90);
  it.each([
    ['a record', `[{},{"a":"${long}"}]`, 95, row(2), 'the record'],
    ['white space in front of a record', `[{},${' '.repeat(100)}{}]`, 95, row(2), 'the record'],
    ['the head', `{"a":"${long}","items":[{}]}`, 95, {}, 'the document has more than 95 bytes in front'],
    ['the tail', `{"items":[{}],"a":"${long}"}`, 95, {}, 'the document has more than 95 bytes behind'],
  ])('of %s has a limit', (_, input, limit, place, says) => {
    const more = input.startsWith('{') ? { records: '$.items[*]', around: 'keep' as const } : {};
    expect(() => driven(input, { ...more, maxRecordBytes: 200 })).not.toThrow();
    for (const reads of [[1000], [20]]) {
      const failure = failureOf(() => driven(input, { ...more, maxRecordBytes: limit, reads }));
      expect(failure).toMatchObject({ code: 'DATA-SIZE' });
      expect(failure.place ?? {}).toEqual(place);
      expect(failure.message).toContain(says);
    }
  });
});

describe('open', () => {
  it('waits for enough bytes to tell', () => {
    for (const text of ['', '[', '  ', '{"items"', '{"items":', '{"a":1', '{"a":"x', '{"a":[1,2']) {
      expect(open(text, { records: '$.items[*]', around: 'keep' }, false), text).toBeUndefined();
    }
    expect(open('{"items":[', { records: '$.items[*]' }, false)).toBeDefined();
    expect(open('[{"a"', {}, false)).toBeDefined();
  });
});
