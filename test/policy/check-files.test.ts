import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { parsePolicy } from '../../src/policy/parse.ts';
import type { Policy } from '../../src/policy/policy.ts';

function parsed(sections: string, field = 'a'): Policy {
  const start = 'policy: anon/v1\nname: t\nversion: "1"\n';
  const text = `${start}fields: { "${field}": { role: sensitive, transform: keep } }\n${sections}\n`;
  return parsePolicy(Buffer.from(text), { file: 'policy.yaml', directory: '.' });
}

/** What is said of a policy, `[line, column, message]`. */
function problems(sections: string, field?: string): readonly unknown[] {
  try {
    parsed(sections, field);
    return [];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.diagnostics.map(({ message, place }) => [place?.line, place?.column, message]);
  }
}

describe('how the input is written', () => {
  it('has its defaults', () => {
    expect(parsed('').input).toMatchObject({ dialect: undefined, header: undefined });
    expect(parsed('').input.encoding.name).toBe('utf-8');
    expect(parsed('input: { delimiter: ";", dialect: {} }').input.dialect).toEqual({
      delimiter: ';',
      quote: '"',
      escape: '"',
      comment: undefined,
      recordDelimiters: ['\r\n', '\n'],
      relaxQuotes: false,
      skipEmptyLines: false,
      trim: false,
    });
    // A quote that is named is doubled, unless another escape is named.
    expect(parsed('input: { dialect: { quote: "\'" } }').input.dialect?.escape).toBe("'");
  });

  it.each<[string, string, number, string]>([
    ['input: { encoding: utf-7 }', 'a', 20, 'unknown encoding `utf-7`'],
    ['input: { delimiter: ";", dialect: { delimiter: "||" } }', 'a', 10, 'the delimiter is named twice'],
    ['input: { dialect: { quote: "," } }', 'a', 28, '`quote` and `delimiter` begin alike'],
    ['input: { dialect: { comment: "##", escape: "#" } }', 'a', 30, '`comment` and `escape` begin alike'],
    ['input: { dialect: { delimiter: "\\n" } }', 'a', 32, '`record-delimiter` and `delimiter` begin alike'],
    ['input: { dialect: { quote: "", escape: "x" } }', 'a', 32, 'there are no quotes to escape'],
    ['input: { dialect: { delimiter: "" } }', 'a', 32, '`delimiter` must not be empty'],
    ['input: { format: tsv, dialect: {} }', 'a', 23, 'only csv has a dialect to choose'],
    ['input: { dialect: {} }', '$.a', 10, 'only csv has a dialect to choose'],
    ['input: { header: [a] }', '$.a', 10, 'only tables have a header'],
    ['input: { header: [a, b, a] }', 'a', 10, '`header` must not name a column twice'],
    ['input: { header: [] }', 'a', 10, '`header` needs at least one item'],
    ['output: { level: 9 }', 'a', 11, 'nothing is compressed'],
    ['output: { compress: gzip, level: 10 }', 'a', 34, '`level` must be at most 9'],
    ['output: { split: {} }', 'a', 11, '`split` needs `bytes`, `records` or both'],
    ['output: { split: { bytes: 100M } }', 'a', 27, '`bytes` must be a whole number and B, kB, MB'],
    ['output: { split: { records: 0 } }', 'a', 29, '`records` must be at least 1'],
  ])('%s', (sections, field, column, message) => {
    expect(problems(sections, field)).toEqual([[5, column, expect.stringContaining(message)]]);
  });

  it('says how large files may be in bytes', () => {
    expect(parsed('output: { split: { bytes: 64MiB } }').output.split).toEqual({ bytes: 1 << 26 });
    expect(parsed('output: { split: { bytes: 5000, records: 7 } }').output.split).toEqual({ bytes: 5000, records: 7 });
    expect(parsed('output: { compress: gzip }').output.gzipLevel).toBe(6);
    expect(parsed('output: { compress: gzip, level: 1 }').output.gzipLevel).toBe(1);
  });
});
