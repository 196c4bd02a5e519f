import { describe, expect, it } from 'vitest';
import { TreeProfile } from '../../src/profile/tree.ts';

function fieldsOf(...records: unknown[]) {
  const tree = new TreeProfile();
  for (const record of records) tree.add(record);
  return tree.fields('data').map(({ selector, repeated, values, nulls, dataKeys, mixed }) => {
    return { selector, repeated, values, nulls, ...(dataKeys > 0 && { dataKeys }), ...(mixed && { mixed }) };
  });
}

describe('the fields of JSON records', () => {
  it('are paths, with [*] for elements', () => {
    expect(fieldsOf({ a: { b: 1 }, c: [{ d: 'x' }, { d: null }], 'odd key': true, t: [1, 2] }, { a: null })).toEqual([
      { selector: '$.a.b', repeated: false, values: 1, nulls: 0 },
      { selector: '$.c[*].d', repeated: true, values: 1, nulls: 1 },
      { selector: "$['odd key']", repeated: false, values: 1, nulls: 0 },
      { selector: '$.t[*]', repeated: true, values: 2, nulls: 0 },
    ]);
  });

  it('are named where there is never a value', () => {
    expect(fieldsOf({ a: null, b: [], c: {} }).map(({ selector }) => selector)).toEqual(['$.a', '$.b', '$.c']);
  });

  it('with keys that are data count as one, and no key is named', () => {
    const visits = Object.fromEntries(Array.from({ length: 3 }, (_, i) => [`MRN-10000${i}`, { ward: 'x' }]));
    expect(fieldsOf({ visits })).toEqual([
      { selector: '$.visits.*.ward', repeated: true, values: 3, nulls: 0, dataKeys: 1 },
    ]);
    const words = Object.fromEntries(
      Array.from({ length: 101 }, (_, i) => [`k${String.fromCharCode(97 + (i % 26))}${'x'.repeat(i / 26)}`, i]),
    );
    expect(fieldsOf({ words })).toEqual([
      { selector: '$.words.*', repeated: true, values: 101, nulls: 0, dataKeys: 101 },
    ]);
  });

  it('with keys that differ from record to record count as one too', () => {
    const friends = ['Ada', 'Bo', 'Cy', 'Di', 'Ed', 'Flo'].map((name) => ({ friends: { [name]: 1 } }));
    expect(fieldsOf(...friends)).toEqual([
      { selector: '$.friends.*', repeated: true, values: 6, nulls: 0, dataKeys: 6 },
    ]);
  });

  it('that are objects in some records and values in others are told', () => {
    expect(fieldsOf({ a: 1 }, { a: { b: 2 } })).toEqual([
      { selector: '$.a', repeated: false, values: 1, nulls: 0, mixed: true },
    ]);
  });
});
