import { describe, expect, it } from 'vitest';
import { Kind } from '../../src/table/column.ts';
import { cellsOf, drive, failureOf, request } from './json-drive.ts';

describe('which selector a value belongs to', () => {
  it.each<[string, readonly string[], string, [number, string][]]>([
    ['a path', ['$.a.b'], '{"a":{"b":1}}', [[0, '1']]],
    ['elements', ['$.a[*].b'], '{"a":[{"b":1},{"b":2},{}]}', [[0, '1'], [0, '2']]], // biome-ignore format: a table
    ['elements of elements', ['$.a[*][*]'], '{"a":[[1],[],[2,3]]}', [[0, '1'], [0, '2'], [0, '3']]], // biome-ignore format: a table
    ['exact before glob', ['$.*', '$.a'], '{"b":1,"a":2}', [[0, '1'], [1, '2']]], // biome-ignore format: a table
    ['exact before glob further down', ['$.*.x', '$.a.x'], '{"a":{"x":1},"b":{"x":2}}', [[1, '1'], [0, '2']]], // biome-ignore format: a table
    ['a glob within a key', ['$.*_name', '$.id'], '{"id":1,"last_name":"x","_name":"y"}', [[1, '1'], [0, 'x'], [0, 'y']]], // biome-ignore format: a table
    ['a star in quotes', ["$['*']", '$.a'], '{"a":1,"*":2}', [[1, '1'], [0, '2']]], // biome-ignore format: a table
    ['escapes in the data', ['$.né'], '{"n\\u00e9":1}', [[0, '1']]],
    ['escapes in the selector', ["$['\\u0061\"']"], '{"a\\"":1}', [[0, '1']]],
    ['backslashes are not escapes in a selector without quotes', ["$['a\\\\nb']", "$['a\\nb']"], '{"a\\nb":1,"a\\\\nb":2}', [[1, '1'], [0, '2']]], // biome-ignore format: a table
    ['a surrogate pair', ['$["😀"]'], '{"\\ud83d\\ude00":1}', [[0, '1']]],
    ['a key beyond ASCII', ['$.名前'], '{"名前":1}', [[0, '1']]],
    ['__proto__ is just a key', ['$.__proto__.constructor'], '{"__proto__":{"constructor":1}}', [[0, '1']]],
    ['the empty key', ["$['']"], '{"":1}', [[0, '1']]],
    ['a whole object', ['!$.a'], '{"a": {"b" : [1] } }', [[0, '{"b" : [1] }']]],
    ['a whole array in an array', ['!$.a[*]'], '{"a":[[1],2]}', [[0, '[1]'], [0, '2']]], // biome-ignore format: a table
    ['an empty object is a value', ['$.a'], '{"a":{ }}', [[0, '{ }']]],
    ['values beside deeper ones', ['$.a', '$.a.b'], '{"a":1}\n{"a":{"b":2}}', [[0, '1'], [1, '2']]], // biome-ignore format: a table
    ['null and empty on the way', ['$.a.b', '$.c[*].d'], '{"a":null,"c":[]}\n{"c":[null,{}]}', []],
    ['slots that are not wanted', ['-$.a', '$.b', '-!$.c'], '{"a":1,"b":2,"c":{"x":1}}', [[1, '2']]],
  ])('%s', (_, selectors, input, cells) => {
    expect(cellsOf(input, request(selectors))).toEqual(cells);
  });

  it('marks the slots that were found, wanted or not', () => {
    const { found } = drive('{"a":1,"c":{"x":1},"e":[]}', request(['-$.a', '$.b', '-!$.c', '!$.d', '$.e[*]']));
    expect(found).toEqual([1, 0, 1, 0, 0]);
  });

  it('emits what no selector names as the slot for it', () => {
    const input = '{"a":1,"x":{"y":2,"z":[3]},"b":"s","b2":null}\n{"b":{"q":null}}';
    const whole = request(['$.a', '$.b.c', '!'], { unlisted: 2 });
    expect(cellsOf(input, whole)).toEqual([[0, '1'], [2, '{"y":2,"z":[3]}'], [2, 's'], [2, 'null'], [2, 'null']]); // biome-ignore format: a table
    const single = request(['$.a', '$.b.c', ''], { unlisted: 2 });
    expect(cellsOf(input, single)).toEqual([[0, '1'], [2, '2'], [2, '3'], [2, 's'], [2, 'null'], [2, 'null']]); // biome-ignore format: a table
  });

  it('takes listed strings for null, decoded', () => {
    const asked = request(['$.a[*]'], { nullValues: [Buffer.from(''), Buffer.from('n/a')] });
    const [record] = drive('{"a":["","n\\/a","N/A",null,0]}', asked).records;
    expect(record!.cells.map((cell) => cell.kind)).toEqual([Kind.null, Kind.null, Kind.text, Kind.null, Kind.number]);
  });
});

describe('what is refused', () => {
  it.each([
    ['an unlisted field', ['$.a'], '{"a":1,"x":{"y":2}}', 'DATA-FIELDS', '$.x.y'],
    ['an unlisted null', ['$.a'], '{"x":null}', 'DATA-FIELDS', '$.x'],
    ['an unlisted empty array', ['$.a'], '{"x":[]}', 'DATA-FIELDS', '$.x'],
    ['an unlisted element', ['$.a.b'], '{"a":[{"b":1}]}', 'DATA-FIELDS', '$.a[*].b'],
    ['a single value on the way', ['$.a.b'], '{"a":1}', 'DATA-FIELDS', '$.a'],
    ['members of an array by `.*`', ['$.a.*'], '{"a":[1]}', 'DATA-FIELDS', '$.a[*]'],
    ['a container where single values are', ['$.a'], '{"a":{"b":1}}', 'DATA-FIELDS', '$.a'],
    ['a container where a glob takes single values', ['$.*'], '{"a":[1]}', 'DATA-FIELDS', '$.a'],
    ['two globs', ['$.a*', '$.*b'], '{"ab":1}', 'POLICY-MEANING', '$.ab'],
    ['two globs, one of them deeper', ['$.a.*', '$.*.b'], '{"a":{"b":1}}', 'POLICY-MEANING', '$.a.b'],
    ['two spellings of one path', ['$.a', "$['a']"], '{"a":1}', 'POLICY-MEANING', '$.a'],
    ['a container that two globs take', ['!$.a*', '$.*'], '{"a":[1]}', 'POLICY-MEANING', '$.a'],
  ])('%s', (_, selectors, input, code, field) => {
    expect(failureOf(() => drive(input, request(selectors)))).toMatchObject({ code, place: { row: 1, field } });
  });

  it('shows keys escaped and cut, and no values', () => {
    const { message } = failureOf(() => drive(`{"\\u001b${'k'.repeat(100)}":"secret"}`, request(['$.a'])));
    expect(message).toBe(`field \`$['\\u001b${'k'.repeat(79)}…']\` is not named in the policy`);
  });

  it('names both selectors', () => {
    const { message } = failureOf(() => drive('{"ab":1}', request(['$.a*', '$.*b'])));
    expect(message).toBe('`$.a*` and `$.*b` both match `$.ab`');
  });

  it.each(['a', '$', '$.a[0]'])('the selector %s', (selector) => {
    expect(failureOf(() => drive('{}', request([selector]))).code).toBe('POLICY-MEANING');
  });
});
