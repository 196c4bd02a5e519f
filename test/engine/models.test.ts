import { describe, expect, it } from 'vitest';
import { csvOf, failureOf, records, run } from './harness.ts';

const fields = `fields:
  q: { role: quasi-identifier, transform: keep }
  s: { role: sensitive, type: number, transform: keep }
  d: { role: sensitive, transform: keep }
`;
const policy = (models: string, more = 'max-suppression: 1', before = '') =>
  `${before}${fields}privacy: { models: [${models}], ${more} }\n`;
const head = ['q', 's', 'd'];
const near = [
  ['a', '1', 'flu'],
  ['a', '9', 'cold'],
  ['b', '1.0', 'cold'],
  ['b', '9', 'flu'],
];
const far = [
  ['c', '5', 'flu'],
  ['c', '5', 'flu'],
];

describe('models that compare classes with all records', () => {
  it('measure the output against the input, suppressed records included', async () => {
    const { output, result } = await run({
      policy: policy('{ t-closeness: { t: 0.4, sensitive: s } }'),
      input: csvOf([head, ...near, ...far]),
    });
    expect(records(output)).toEqual([head, ...near]);
    // All: 1, 5, 9 a third each. A class of 1 and 9 has ½ of each: ½ (1/6 + 1/6 + 1/3) = 1/3; that of 5 is 2/3 away.
    expect(result.models[0]).toEqual({
      name: 't-closeness',
      required: { t: 0.4, variant: 'equal', sensitive: 's' },
      measured: { t: 0.333333333333 },
      holds: true,
    });
  });

  it('look at several fields, several models and a hierarchy of the policy', async () => {
    const models = `{ t-closeness: { t: 0.5, variant: ordered, order: [9, 5, 1], sensitive: s } },
      { t-closeness: { t: 0.4, variant: hierarchical, hierarchy: illness, sensitive: d } },
      { l-diversity: { l: 2, variant: entropy, sensitive: d } },
      { delta-disclosure: { delta: 2, sensitive: d } },
      { beta-likeness: { beta: 0.6, sensitive: s } }`;
    const { output, result } = await run({
      policy: policy(models, undefined, 'hierarchies: { illness: { file: ./illness.csv } }\n'),
      files: { './illness.csv': 'flu;airways;*\ncold;airways;*\n' },
      input: csvOf([head, ...near, ...far]),
    });
    expect(records(output)).toEqual([head, ...near]);
    expect(result.models.map(({ measured }) => measured)).toEqual([
      // 9, 5, 1: cumulative ½ ½ 1 against ⅓ ⅔ 1.
      { t: 0.166666666667 },
      // flu ⅔, cold ⅓ against ½ each, which meet at half the height.
      { t: 0.0833333333333 },
      { l: 2 },
      // cold: ½ against ⅓.
      { delta: 0.584962500721 },
      // 1 and 9: ½ against ⅓.
      { beta: 0.5 },
    ]);
  });

  it('count no value as a value, also where the output is written in another format', async () => {
    const json = (models: string) => `fields:
  "$.q": { role: quasi-identifier, transform: keep }
  "$.s": { role: sensitive, transform: keep }
privacy: { models: [${models}], max-suppression: 1 }
output: { format: csv }
`;
    const input = '{"q":1,"s":null}\n{"q":1,"s":"x"}\n{"q":2}\n{"q":2,"s":"x"}\n';
    const { result } = await run({
      policy: json('{ t-closeness: { t: 0, sensitive: $.s } }, { delta-disclosure: { delta: 0.1, sensitive: $.s } }'),
      input,
      format: 'ndjson',
    });
    expect(result.models.map(({ measured }) => measured)).toEqual([{ t: 0 }, { delta: 0 }]);
  });

  it('say at their place what the options have no place for, and never show it', async () => {
    const failure = await failureOf({
      policy: policy('{ t-closeness: { t: 0.5, variant: ordered, order: [flu, none], sensitive: d } }'),
      input: csvOf([head, ...near]),
    });
    expect(failure).toEqual({
      code: 'POLICY-MEANING',
      message: '`order` has no place for one value of the field',
      hint: 'name every value that the field has once it is transformed',
    });
  });
});

describe('models of the whole table', () => {
  const sizes = (...all: number[]) =>
    csvOf([head, ...all.flatMap((size, c) => Array.from({ length: size }, () => [`q${c}`, '1', 'flu']))]);

  it('suppress as many of the smallest classes as they need', async () => {
    const { result } = await run({ policy: policy('{ average-risk: { max: 0.25 } }'), input: sizes(1, 5, 1, 2, 3) });
    // 5/12, 4/11, 3/10, then 2/8.
    expect(result.records).toMatchObject({ suppressed: 4, written: 8 });
    expect(result.models[0]).toMatchObject({ required: { max: 0.25 }, measured: { max: 0.25 }, holds: true });
    const unique = await run({ policy: policy('{ uniqueness: { max: 0.1 } }'), input: sizes(1, 5, 1, 2, 3) });
    expect(unique.result.records.suppressed).toBe(1);
    expect(unique.result.models[0]!.measured).toEqual({ max: 0.0909090909091 });
  });

  it('look at what the other models leave', async () => {
    const models = '{ uniqueness: { max: 0 } }, { k-anonymity: { k: 2 } }, { average-risk: { max: 0.4 } }';
    const { result } = await run({ policy: policy(models), input: sizes(1, 5, 1, 2, 3) });
    expect(result.records.suppressed).toBe(2);
    expect(result.models.map(({ measured }) => measured)).toEqual([{ max: 0 }, { k: 2 }, { max: 0.3 }]);
  });

  it('stop the run where the policy does not allow that', async () => {
    const models = '{ uniqueness: { max: 0.1 } }';
    expect(
      await failureOf({ policy: policy(models, 'max-suppression: 0.05'), input: sizes(1, 5, 1, 2, 3) }),
    ).toMatchObject({
      code: 'MODEL',
      message: 'uniqueness does not hold without leaving out 1 record of 12',
    });
    expect((await failureOf({ policy: policy(models, 'on-violation: fail'), input: sizes(1, 1, 2) })).code).toBe(
      'MODEL',
    );
    expect((await failureOf({ policy: policy(models), input: sizes(1, 1) })).message).toMatch(/nothing would be left$/);
  });
});
