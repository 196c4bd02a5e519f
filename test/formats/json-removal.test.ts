import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Batch, Opened } from '../../src/formats/batch.ts';
import { drive, request } from './json-drive.ts';
import { type Json, spaced, value } from './json-trees.ts';

/** `input` without the cells. */
function removeAll(input: string, selectors: readonly string[]): string {
  let left = '';
  drive(input, request(selectors), { each: (batch, opened) => (left += without(batch, opened)) });
  return left;
}

function without({ ...batch }: Batch, opened: Opened): string {
  let left = '';
  for (let r = 0; r < batch.records; r++) {
    let at = batch.recordStart[r]!;
    let removed = -1;
    for (let c = batch.firstCell[r]!; c < batch.firstCell[r + 1]!; c++) {
      const [begin, end] = opened.removal(batch, c, removed);
      expect(begin).toBeGreaterThanOrEqual(at);
      left += batch.bytes.toString('utf8', at, begin);
      at = removed = end;
    }
    left += batch.bytes.toString('utf8', at, batch.recordStart[r + 1]!);
  }
  return left;
}

it.each([
  ['the first', '{"d":1,"a":2,"b":3}', '{"a":2,"b":3}'],
  ['the last', '{"a":2,"b":3,"d":1}', '{"a":2,"b":3}'],
  ['one within', '{"a":2,"d":1,"b":3}', '{"a":2,"b":3}'],
  ['the only one', '{"d":1}', '{}'],
  ['all', '{"d":1,"d2":[1],"d3":"x"}', '{}'],
  ['several at the beginning', '{"d":1,"d2":2,"a":3}', '{"a":3}'],
  ['several at the end', '{"a":3,"d":1,"d2":2}', '{"a":3}'],
  ['several within', '{"a":3,"d":1,"d2":2,"b":4}', '{"a":3,"b":4}'],
  ['first and last', '{"d":1,"a":3,"d2":2}', '{"a":3}'],
  ['with white space', '{ "d" : 1 , "a" : 3 ,\t"d2" : 2 }\r\n', '{ "a" : 3  }\r\n'],
  ['all with white space', '{ "d" : 1 , "d2" : 2 }\n', '{  }\n'],
  ['in inner objects', '{"a":{"d":1},"b":{"x":1,"d":2}}', '{"a":{},"b":{"x":1}}'],
  ['commas in strings', '{"a":",","d":",","b":","}', '{"a":",","b":","}'],
])('removes %s', (_, input, left) => {
  expect(removeAll(input, ['!$.d*', '$.*.d', '-$.a', '-$.b', '-$.b.x'])).toBe(left);
});

it('removes elements of arrays', () => {
  expect(removeAll('{"d":[1,[2], {"x":3}],"a":4}', ['!$.d[*]', '-$.a'])).toBe('{"d":[],"a":4}');
  expect(removeAll('{"d":[[1,2],[],[3]]}', ['$.d[*][*]'])).toBe('{"d":[[],[],[]]}');
});

it('leaves what JSON without the members would be', () => {
  // Keys that begin with `d` go, wherever they stand.
  const selectors = Array.from({ length: 20 }, (_, depth) => `!$${'.*'.repeat(depth)}.d*`);
  fc.assert(
    fc.property(value, fc.infiniteStream(fc.nat(5)), (tree, spaces) => {
      const line = spaced(tree, spaces);
      let left = '';
      const asked = request([...selectors, '-'], { unlisted: selectors.length });
      drive(line, asked, { each: (batch, opened) => (left += without(batch, opened)) });
      expect(JSON.parse(left)).toEqual(pruned(tree));
    }),
    { seed: 6, numRuns: 500 },
  );
});

function pruned(json: Json): Json {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) return json;
  const kept = Object.entries(json).filter(([key]) => !key.startsWith('d'));
  return Object.fromEntries(kept.map(([key, inner]) => [key, pruned(inner)]));
}
