import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPath, globMatches, parsePath, pathKind } from '../../src/formats/json-path.ts';

const key = (name: string) => ({ kind: 'key', key: name });
const glob = (pattern: string) => ({ kind: 'glob', pattern });
const each = { kind: 'each' };

describe('parsePath', () => {
  it.each([
    ['$', []],
    ['$.a.b', [key('a'), key('b')]],
    ['$.a[*].b', [key('a'), each, key('b')]],
    ['$[*]', [each]],
    ['$.a.*', [key('a'), glob('*')]],
    ['$.a.*_name', [key('a'), glob('*_name')]],
    ['$.given-name', [key('given-name')]],
    ['$.größe.名前', [key('größe'), key('名前')]],
    ["$['odd key']", [key('odd key')]],
    ['$["it\'s"].b', [key("it's"), key('b')]],
    ["$['a*b']", [key('a*b')]],
    ["$['']", [key('')]],
    ['$["\\u00e9\\n\\"\\\\\\ud83d\\ude00"]', [key('é\n"\\😀')]],
    ['$.__proto__', [key('__proto__')]],
  ])('reads %s', (text, segments) => {
    expect(parsePath(text)).toEqual(segments);
  });

  it.each([
    ['', 0],
    ['a.b', 0],
    ['$a', 1],
    ['$..a', 1],
    ['$.', 2],
    ['$.1a', 2],
    ['$.a b', 3],
    ['$.a[0]', 4],
    ['$.a[-1]', 4],
    ['$.a[b]', 4],
    ["$['a", 2],
    ["$['a'", 5],
    ["$['\\x']", 3],
    ["$['\\constructor']", 3],
    ["$['\\ud800']", 2],
  ])('refuses %s', (text, at) => {
    expect(parsePath(text)).toMatchObject({ message: expect.any(String), at });
  });
});

describe('formatPath', () => {
  it.each([
    [[], '$'],
    [['a', 'b-c'], '$.a.b-c'],
    [['a', 3, 'b'], '$.a[*].b'],
    [['odd key', "it's", 'x\\y', 'a\u0000\u202eb'], "$['odd key']['it\\'s']['x\\\\y']['a\\u0000\\u202eb']"],
    [['1', '', '*'], "$['1']['']['*']"],
  ])('writes %j', (keys, text) => {
    expect(formatPath(keys)).toBe(text);
  });

  it('writes what parsePath reads', () => {
    const segment = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constant(0));
    fc.assert(
      fc.property(fc.array(segment), (keys) => {
        const text = formatPath(keys);
        expect(parsePath(text)).toEqual(keys.map((k) => (typeof k === 'number' ? each : key(k))));
        expect(pathKind(text)).toBe('path');
      }),
      { seed: 1 },
    );
  });
});

it('tells paths from globs', () => {
  expect(['$.a[*]', "$['*']", '$.a.*', '$.*_name', '$.x*.y'].map(pathKind)).toEqual([
    'path',
    'path',
    'glob',
    'glob',
    'glob',
  ]);
});

it('matches globs as the regular expression would', () => {
  const few = (letters: string) => fc.string({ unit: fc.constantFrom(...letters), maxLength: 8 });
  fc.assert(
    fc.property(few('ab*'), few('ab'), (pattern, text) => {
      expect(globMatches(pattern, text)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text));
    }),
    { seed: 2, numRuns: 2000 },
  );
});
