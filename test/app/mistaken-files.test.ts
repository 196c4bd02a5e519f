import { describe, expect, it } from 'vitest';
import { notPolicy, refusePolicyAsData } from '../../src/app/mistaken-files.ts';

const said = (content: string | Buffer) => {
  const [problem] = notPolicy(Buffer.from(content), 'given')?.diagnostics ?? [];
  return problem?.message;
};

describe('in the place of a policy', () => {
  it.each([
    ['', 'the policy is empty'],
    ['\ufeff\n# nothing yet\n\n', 'the policy is empty'],
    ['id,name\n1,Ann\n', 'this is a table, not a policy'],
    ['id;name\r\n1;Ann\r\n', 'this is a table, not a policy'],
    ['id\tname\n', 'this is a table, not a policy'],
    ['{"id":1}\n{"id":2}\n', 'this is JSON, and not a policy'],
    ['[1, 2]', 'this is JSON, and not a policy'],
    [Buffer.from('PK\x03\x04rest'), 'this is a zip archive or an Excel workbook, not a policy'],
    [Buffer.from('policy: anon/v1\n', 'utf16le'), 'this is UTF-16LE text, not a policy'],
    [Buffer.alloc(4096, 2), 'this is a binary file, not a policy'],
    ['services:\n  web: [a, b]\n', 'this is not a policy'],
  ])('%j', (content, message) => {
    expect(said(content)).toBe(message);
  });

  it.each(['policy: anon/v1\n', 'fields:\n\tid: drop\n', 'name: a, b\nlicense: {}\n', '{"policy": "anon/v1"}'])(
    '%j may be one with mistakes',
    (content) => {
      expect(said(content)).toBeUndefined();
    },
  );
});

describe('in the place of data', () => {
  it.each(['policy: anon/v1\nname: x\n', '# mine\npolicy: "anon/v1"\n', '{ "name": "x", "policy": "anon/v1" }'])(
    '%j is a policy',
    (content) => {
      expect(() => refusePolicyAsData(Buffer.from(content))).toThrow('this is a policy, not data');
    },
  );

  it.each(['id,policy\n1,anon/v1\n', '{"policy":"health"}\n', '{"a":{"policy":"anon/v1"}}'])('%j is not', (content) => {
    expect(() => refusePolicyAsData(Buffer.from(content))).not.toThrow();
  });
});
