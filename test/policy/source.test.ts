import { describe, expect, test } from 'vitest';
import type { Failure } from '../../src/base/diagnostic.ts';
import { readSource } from '../../src/policy/source.ts';
import { shown, withSections } from './policies.ts';

describe('YAML that is refused', () => {
  const cases = {
    'a tab': withSections('checks:\n\tleak: fail'),
    'a key twice': withSections('checks: { leak: fail }\nchecks: { leak: report }'),
    'text with a colon': withSections('checks: leak: fail'),
    'an unquoted glob': withSections('fields:\n  *_name: { role: sensitive, transform: keep }\n  b: 1'),
    'an unclosed brace': withSections('checks: { leak: fail\noutput: { compress: gzip }'),
    'an unclosed quote': withSections('checks: { leak: "fail }\noutput: { compress: gzip }'),
    'two documents': withSections('---\nchecks: {}'),
    'a tag': withSections('checks: !!map { leak: !secret fail }'),
    'an older version': `%YAML 1.1\n---\n${withSections('')}`,
    'a key that is a list': withSections('? [checks]\n: { leak: fail }'),
    'an alias of nothing': withSections('checks: *nothing'),
    'an alias of itself': withSections('checks: &a { leak: *a }'),
    'an unknown escape': withSections('input: { delimiter: "\\q" }'),
  };
  test.each(Object.entries(cases))('%s', (name, text) => {
    expect(shown(text)).toMatchSnapshot(name);
  });

  test.each([
    ['  a: { role: sensitive, transform: keep }\n b: x\n  c: x\n  d: x', 'indented too little'],
    ['  a: { role: sensitive, transform: keep }\n\tb: x\n  c: x\n  d: x', 'a tab is used'],
  ])('of what misleads the parser, the first: %j', (fields, says) => {
    const text = shown(withSections(`fields:\n${fields}\n`));
    expect(text).toContain(says);
    expect(text.match(/error\[/g)).toHaveLength(1);
  });

  test('a merge key is an ordinary, unknown one', () => {
    expect(shown(withSections('<<: { checks: { leak: report } }'))).toContain('unknown section `<<`');
  });
});

describe('limits', () => {
  test('1 MiB', () => {
    const padding = (bytes: number) => `${'#'.repeat(bytes - 1)}\n`;
    const text = withSections('');
    expect(shown(padding((1 << 20) - text.length) + text)).toBe('');
    expect(shown(padding((1 << 20) - text.length + 1) + text)).toContain('larger than 1 MiB');
  });

  test('100 aliases', () => {
    const fields = (aliases: number) =>
      `fields:\n  a: &a { role: sensitive, transform: keep }\n${Array.from({ length: aliases }, (_, i) => `  a${i}: *a\n`).join('')}`;
    expect(shown(withSections(fields(100)))).toBe('');
    expect(shown(withSections(fields(101)))).toContain('more than 100 aliases');
  });

  test('aliases of aliases', () => {
    const levels = Array.from(
      { length: 9 },
      (_, i) => `  l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]\n`,
    );
    expect(shown(withSections(`checks:\n  l0: &l0 x\n${levels.join('')}`))).toContain('aliases expand to too much');
  });

  test('nesting', () => {
    expect(shown('['.repeat(1 << 20))).toContain('nested too deeply');
    expect(shown('- '.repeat(1 << 19))).toContain('nested too deeply');
    expect(shown(withSections(`checks: ${'['.repeat(200)}${']'.repeat(200)}`))).not.toContain('nested too deeply');
  });

  test('UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from(withSections('name: ')), Buffer.of(0xff)]);
    expect(() => readSource(bytes, 'policy.yaml', [])).toThrow('the policy is not UTF-8');
  });
});

test('a byte order mark and CR LF change no column', () => {
  const problemsOf = (text: string) => {
    try {
      readSource(Buffer.from(text), 'policy.yaml', []);
      return [];
    } catch (error) {
      return (error as Failure).diagnostics;
    }
  };
  const text = 'a: 1\nb: @x\n';
  expect(problemsOf(text)).toHaveLength(1);
  expect(problemsOf(`\ufeff${text.replaceAll('\n', '\r\n')}`)).toEqual(problemsOf(text));
});
