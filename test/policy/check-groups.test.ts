import { describe, expect, test } from 'vitest';
import { parse, shown, withSections } from './policies.ts';

const fields = (rules: Readonly<Record<string, string>>) =>
  withSections(
    `fields:\n${Object.entries(rules)
      .map(([name, transform]) => `  ${JSON.stringify(name)}: { role: insensitive, transform: ${transform} }\n`)
      .join('')}`,
  );

describe('techniques over all values', () => {
  test('stand once in a field', () => {
    expect(shown(fields({ a: '[ shuffle, { round: { to: 1 } }, { microaggregate: { k: 3 } } ]' }))).toContain(
      '`microaggregate` stands behind `shuffle`, and both work on all values',
    );
    expect(parse(fields({ a: '[ { round: { to: 1 } }, shuffle ]' })).warnings).toEqual([]);
  });

  test('agree within a group, but may differ in what is a field’s own', () => {
    const wrong = shown(
      fields({
        a: '{ microaggregate: { k: 3, with: g } }',
        b: '{ microaggregate: { k: 4, with: g } }',
        c: '{ shuffle: { with: g, within: a } }',
        d: '{ shuffle: { with: g } }',
      }),
    );
    expect(wrong).toContain('`k` is not that of `a`, which is of the same group');
    expect(wrong).toContain('`within` is not that of `c`, which is of the same group');
    const right = {
      a: '{ microaggregate: { k: 3, with: g, decimals: 1 } }',
      b: '{ microaggregate: { k: 3, with: g, to: median } }',
      c: '{ microaggregate: { k: 4, with: h } }',
      'v_*': '{ shuffle: { with: g } }',
    };
    expect(parse(fields(right)).warnings).toEqual([]);
  });

  test('join no group where they repeat within a record', () => {
    const wrong = shown(fields({ '$.a': '{ shuffle: { with: g } }', '$.b[*]': '{ shuffle: { with: g } }' }));
    expect(wrong).toContain('`$.b[*]` repeats within a record, so it can join no group');
    expect(wrong).not.toContain('`$.a` repeats');
    expect(parse(fields({ '$.b[*]': 'shuffle' })).warnings).toEqual([]);
  });

  test('name fields that are there', () => {
    expect(shown(fields({ a: '{ shuffle: { within: bb } }', b: 'keep' }))).toContain('there is no field `bb`');
  });
});

describe('a sample', () => {
  const sample = (text: string, more = '') =>
    withSections(`fields: { a: { role: quasi-identifier, transform: keep }, b: { role: insensitive, transform: keep } }
privacy: { ${more}models: [ { k-anonymity: { k: 2 } } ] }
sample: ${text}\n`);

  test('is a share, by record or individual, or a number of records', () => {
    expect(parse(sample('{ share: 0.1 }')).sample).toEqual({ share: 0.1, records: undefined, per: undefined });
    expect(parse(sample('{ share: 0.1, per: a }', 'unit: b, ')).sample).toMatchObject({ per: 'a' });
    expect(parse(sample('{ share: 0.1 }', 'unit: b, ')).sample).toMatchObject({ per: 'b' });
    expect(parse(sample('{ records: 10 }')).sample).toMatchObject({ records: 10, share: undefined });
  });

  test.each([
    ['{}', 'either a `share` or a number of `records`'],
    ['{ share: 0.1, records: 3 }', 'either a `share` or a number of `records`'],
    ['{ share: 1 }', 'share'],
    ['{ share: 0 }', 'share'],
    ['{ records: 1.5 }', 'records'],
    ['{ share: 0.1, per: c }', 'there is no field `c`'],
    ['{ records: 3, per: a }', 'cut through the records of an individual (`a`)'],
    ['0.1', 'sample'],
  ])('%s is refused', (text, message) => {
    expect(shown(sample(text))).toContain(message);
  });

  test('of so many records is none of individuals', () => {
    expect(shown(sample('{ records: 3 }', 'unit: b, '))).toContain('cut through the records of an individual (`b`)');
  });
});
