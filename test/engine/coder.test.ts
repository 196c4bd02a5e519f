import { describe, expect, it } from 'vitest';
import { run } from './harness.ts';

/** What the models measure where every class is required to be of two. */
async function measured(input: string, options: { format?: string; nulls?: string; type?: string } = {}) {
  const { format = 'csv', nulls, type } = options;
  const at = format === 'csv' ? (name: string) => name : (name: string) => `"$.${name}"`;
  const policy = `${nulls === undefined ? '' : `input: { null-values: [${nulls}] }\n`}fields:
  ${at('q')}: { role: quasi-identifier, transform: keep }
  ${at('s')}: { role: sensitive, ${type === undefined ? '' : `type: ${type}, `}transform: keep }
privacy:
  models: [ { k-anonymity: { k: 2 } }, { l-diversity: { l: 2, sensitive: ${at('s')} } } ]
  on-violation: drop
  max-suppression: 1
`;
  const { result } = await run({ policy, input, format });
  return { written: result.records.written, ...Object.assign({}, ...result.models.map((model) => model.measured)) };
}

const safe = { csv: 'x,p\nx,q\n', ndjson: '{"q":"x","s":"p"}\n{"q":"x","s":"q"}\n' };

describe('quasi-identifiers are told apart as they are written', () => {
  it.each([
    ['nothing and an empty value in quotes', 'q,s\n,p\n"",q\n', 2, undefined],
    ['two of nothing', 'q,s\n,p\n,q\n', 4, undefined],
    ['two empty values in quotes', 'q,s\n"",p\n"",q\n', 4, undefined],
    ['nothing and NA', 'q,s\n,p\nNA,q\n', 2, '"", NA'],
    ['a value with and without quotes', 'q,s\na,p\n"a",q\n', 4, undefined],
  ])('%s', async (_, input, written, nulls) => {
    const options = nulls === undefined ? {} : { nulls };
    expect(await measured(input + safe.csv, options)).toMatchObject({ written, k: 2 });
  });
});

describe('sensitive values are told apart by what they say', () => {
  it.each([
    ['a number written in two ways', '{"q":1,"s":1}\n{"q":1,"s":1.0}\n{"q":1,"s":10e-1}\n', 2],
    ['a number and its text', '{"q":1,"s":1}\n{"q":1,"s":"1"}\n', 2],
    ['no value in four ways', '{"q":1,"s":null}\n{"q":1}\n{"q":1,"s":[]}\n{"q":1,"s":{ }}\n', 2],
    ['two numbers', '{"q":1,"s":1}\n{"q":1,"s":1.01}\n', 4],
    ['two texts that could be numbers', '{"q":1,"s":"1"}\n{"q":1,"s":"1.0"}\n', 4],
    ['zero and minus zero', '{"q":1,"s":0.0}\n{"q":1,"s":-0}\n', 2],
  ])('%s', async (_, input, written) => {
    expect(await measured(input + safe.ndjson, { format: 'ndjson' })).toMatchObject({ written, l: 2 });
  });

  it('numbers of a table, where the policy says that they are', async () => {
    const input = 'q,s\na,1\na,1.0\nb,1\nb,2\n';
    expect(await measured(input, { type: 'number' })).toMatchObject({ written: 2, l: 2 });
    expect(await measured(input)).toMatchObject({ written: 4, l: 2 });
  });
});
