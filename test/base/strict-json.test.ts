import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { canonicalJson, type JsonValue, metadataLimits, parseStrictJson } from '../../src/base/strict-json.ts';

const seed = 20261121;
const parse = (text: string) => parseStrictJson(Buffer.from(text, 'utf8'));

function failureOf(bytes: string | Uint8Array, limits = metadataLimits): Failure {
  try {
    parseStrictJson(typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes, limits);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

/** The names are those of nst/JSONTestSuite, which collects what parsers get wrong about RFC 8259. */
const refusedByAll: Record<string, string> = {
  array_extra_comma: '["",]',
  array_just_comma: '[,]',
  array_missing_value: '[ , ""]',
  array_unclosed: '["x"',
  array_colon_instead_of_comma: '["": 1]',
  object_trailing_comma: '{"id":0,}',
  object_two_commas: '{"a":"b",,"c":"d"}',
  object_unquoted_key: '{a: "b"}',
  object_key_without_value: '{"a"}',
  object_non_string_key: '{1:1}',
  object_closed_as_array: '{"a":1]',
  number_leading_zero: '[012]',
  'number_-': '[-]',
  'number_.': '[.5]',
  number_real_without_fraction: '[1.]',
  number_plus: '[+1]',
  number_hex: '[0x1]',
  number_e: '[1e+]',
  number_infinity: '[Infinity]',
  number_nan: '[NaN]',
  'number_two_-': '[--1]',
  incomplete_true: '[tru]',
  capitalized_true: '[True]',
  string_single_quote: "['a']",
  string_escape_x: '["\\x00"]',
  string_incomplete_escape: '["\\"]',
  string_unescaped_tab: '["\t"]',
  string_unescaped_newline: '["a\nb"]',
  string_short_unicode: '["\\u00A"]',
  structure_no_data: '',
  structure_space: ' ',
  structure_trailing: '{}}',
  structure_two_values: '1 2',
  structure_comment: '[1] // x',
  structure_form_feed: '[\f]',
  structure_no_break_space: '\u00a0[]',
};

test.each(Object.entries(refusedByAll))('%s is refused, as JSON.parse does', (_, text) => {
  expect(() => JSON.parse(text)).toThrow();
  expect(failureOf(text).code).toBe('JSON');
});

const refusedHere: Record<string, string | Uint8Array> = {
  'a name twice': '{"a":1,"a":1}',
  'a name twice, once escaped': '{"a":1,"\\u0061":2}',
  'a name twice, deep inside': '[{"x":{"":1,"b":2,"":3}}]',
  __proto__: '{"__proto__":{"admin":true}}',
  '__proto__, escaped': '{"\\u005f_proto_\\u005F":1}',
  'a high surrogate alone': '["\\ud800"]',
  'a low surrogate alone': '["\\uDC00a"]',
  'surrogates in the wrong order': '["\\udc00\\ud800"]',
  'a lone surrogate in a name': '{"\\ud800":1}',
  'a raw surrogate (CESU-8)': Buffer.from('5b22eda08022 5d'.replace(' ', ''), 'hex'),
  'a byte order mark': '\ufeff{}',
  'invalid UTF-8': Buffer.from('5b22ff225d', 'hex'),
  'overlong UTF-8': Buffer.from('5b22c0af225d', 'hex'),
  'UTF-16': Buffer.from('[1]', 'utf16le'),
  '2^53': '9007199254740992',
  '-2^53': '-9007199254740992',
  'an integer beyond 2^53 with an exponent': '1e20',
  'too large for a double': '1e999',
  '-0': '-0',
  '-0.0': '[-0.0]',
  '-0 by underflow': '-1e-999',
};

test.each(Object.entries(refusedHere))('%s is refused', (_, text) => {
  expect(failureOf(text).code).toBe('JSON');
});

test('what is refused is placed by line and byte column, without its content', () => {
  const failure = failureOf('{\n  "é": "é", "secret": 1, "secret": 2\n}');
  expect(failure.diagnostics[0]!.place).toEqual({ line: 2, column: 28 });
  expect(failure.message).not.toContain('secret');
  expect(failureOf('[1,\n\n2').diagnostics[0]!.place).toEqual({ line: 3, column: 2 });
});

test('the edges of what is allowed', () => {
  expect(parse('[9007199254740991,-9007199254740991,0.1,5e-324,1E2,0e0]')).toEqual([
    2 ** 53 - 1,
    1 - 2 ** 53,
    0.1,
    5e-324,
    100,
    0,
  ]);
  expect(parse('"\\ud83d\\ude00\\u0000\\/"')).toBe('😀\0/');
  expect(parse(' \t\r\n"\ufeff" ')).toBe('\ufeff');
  const names = parse('{"constructor":1,"toString":2,"hasOwnProperty":3,"":4,"2":5,"1":6}') as object;
  expect(Object.getPrototypeOf(names)).toBeNull();
  expect(Object.keys(names)).toEqual(['1', '2', 'constructor', 'toString', 'hasOwnProperty', '']);
});

test('limits: the largest is read, one more is LIMIT', () => {
  const limits = { bytes: 40, depth: 3, members: 5, string: 8 };
  const code = (text: string) => failureOf(text, limits).code;
  const read = (text: string) => parseStrictJson(Buffer.from(text), limits);
  expect(read(`"12345678"${' '.repeat(30)}`)).toBe('12345678');
  expect(code(`"12345678"${' '.repeat(31)}`)).toBe('LIMIT');
  expect(code('"123456789"')).toBe('LIMIT');
  expect(code('{"éééé1":1}')).toBe('LIMIT');
  expect(read('[[[]],[[]]]')).toEqual([[[]], [[]]]);
  expect(code('[[[[1]]]]')).toBe('LIMIT');
  for (const empty of ['[]', '{}']) expect(code(`[[[${empty}]]]`)).toBe('LIMIT');
  expect(read('[1,{"a":1,"b":[1]}]')).toEqual([1, { a: 1, b: [1] }]);
  expect(code('[1,{"a":1,"b":[1,2]}]')).toBe('LIMIT');
});

test('deep nesting costs no stack', () => {
  expect(failureOf('['.repeat(1_000_000)).code).toBe('LIMIT');
  let value = parseStrictJson(Buffer.from('['.repeat(500_000) + ']'.repeat(500_000)), {
    ...metadataLimits,
    depth: 500_000,
    members: 500_000,
  });
  let depth = 0;
  for (; Array.isArray(value); depth++) value = value[0] as JsonValue;
  expect(depth).toBe(500_000);
});

/** Values without what the reader refuses. */
const jsonValue = fc
  .jsonValue({ maxDepth: 5, stringUnit: 'grapheme' })
  .filter((value) => isWithin(value as JsonValue)) as fc.Arbitrary<JsonValue>;

function isWithin(value: JsonValue): boolean {
  if (typeof value === 'number')
    return !Object.is(value, -0) && (!Number.isInteger(value) || Number.isSafeInteger(value));
  if (typeof value !== 'object' || value === null) return true;
  return !Object.keys(value).includes('__proto__') && Object.values(value).every(isWithin);
}

test('what is allowed equals what JSON.parse reads, however it is laid out', () => {
  fc.assert(
    fc.property(jsonValue, fc.constantFrom('', ' ', '\t', '\r\n'), (value, indent) => {
      const text = JSON.stringify(value, null, indent).replace(/\u00e9/g, '\\u00e9');
      expect(parse(text)).toEqual(JSON.parse(text));
    }),
    { seed, numRuns: 500 },
  );
});

test('damaged text is read as JSON.parse reads it, or refused', () => {
  let [accepted, refused] = [0, 0];
  const character = fc.constantFrom(...'[]{},:"\\u0123456789abcdefE+-. \n\ttrnl/é\u0001');
  fc.assert(
    fc.property(
      jsonValue,
      fc.nat(),
      fc.nat({ max: 2 }),
      fc.string({ unit: character, maxLength: 3 }),
      (value, at, cut, insert) => {
        const whole = JSON.stringify(value);
        // Through bytes, as the cut may go through a surrogate pair.
        const start = at % (whole.length + 1);
        const text = Buffer.from(whole.slice(0, start) + insert + whole.slice(start + cut)).toString();
        let strict: JsonValue;
        try {
          strict = parse(text);
          accepted++;
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
          refused++;
          return;
        }
        expect(strict).toEqual(JSON.parse(text));
      },
    ),
    { seed, numRuns: 3000 },
  );
  expect(Math.min(accepted, refused)).toBeGreaterThan(500);
});

test('canonicalJson writes what JSON.stringify writes, and the reader reads it back', () => {
  fc.assert(
    fc.property(jsonValue, (value) => {
      const text = canonicalJson(value);
      expect(text).toBe(JSON.stringify(value));
      expect(canonicalJson(parse(text))).toBe(text);
    }),
    { seed, numRuns: 500 },
  );
});

const notJson: Record<string, unknown> = {
  undefined: undefined,
  'an undefined member': { a: undefined },
  // biome-ignore lint/suspicious/noSparseArray: the hole is the case
  'a hole': [1, , 2],
  NaN: Number.NaN,
  infinity: [Number.POSITIVE_INFINITY],
  'an unsafe integer': 2 ** 53,
  'a bigint': 1n,
  'a function': () => 1,
  'a symbol': Symbol('x'),
  'a Date': new Date(0),
  'a Map': new Map(),
  'a boxed string': new String('x'),
  'a lone surrogate': { '\ud800': 1 },
  'an own __proto__': JSON.parse('{"__proto__":1}'),
};

test.each(Object.entries(notJson))('canonicalJson refuses %s', (_, value) => {
  expect(() => canonicalJson(value as JsonValue)).toThrow(TypeError);
});
