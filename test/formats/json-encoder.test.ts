import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonEncoder } from '../../src/formats/json-encoder.ts';
import { Kind } from '../../src/table/column.ts';

function encode(kind: Kind, text: string): string {
  // Neighbours on both sides: no byte outside [from, to) may count.
  const bytes = Buffer.from(`12${text}34`);
  const room = jsonEncoder.bound(bytes.length - 4);
  const target = Buffer.alloc(room + 3, '!');
  const end = jsonEncoder.encode(target, 2, kind, bytes, 2, bytes.length - 2, true);
  expect(end).toBeLessThanOrEqual(room + 2);
  return target.toString('utf8', 2, end);
}

it.each([
  [Kind.text, 'a"\\/\b\f\n\r\t\u0000\u001f\u007fé😀\u2028', '"a\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007fé😀\u2028"'],
  [Kind.text, '', '""'],
  [Kind.number, '12345678901234567890', '12345678901234567890'],
  [Kind.number, '-1.10e+5', '-1.10e+5'],
  [Kind.number, '007', '"007"'],
  [Kind.number, '+5', '"+5"'],
  [Kind.number, '.5', '".5"'],
  [Kind.number, '5.', '"5."'],
  [Kind.number, '-', '"-"'],
  [Kind.number, '', '""'],
  [Kind.number, '1e', '"1e"'],
  [Kind.boolean, 'true', 'true'],
  [Kind.boolean, 'yes', '"yes"'],
  [Kind.null, 'whatever', 'null'],
  [Kind.null, '', 'null'],
  [Kind.container, '{"a" : [1]}', '{"a" : [1]}'],
])('writes kind %i, %j', (kind, text, written) => {
  expect(encode(kind, text)).toBe(written);
});

it('writes text that reads back', () => {
  const text = fc.string({ unit: 'binary', maxLength: 100 }).filter((s) => Buffer.from(s).toString() === s);
  fc.assert(
    fc.property(text, (s) => {
      expect(JSON.parse(encode(Kind.text, s))).toBe(s);
    }),
    { seed: 4, numRuns: 1000 },
  );
});

it('writes as numbers exactly those that JSON has', () => {
  const text = fc.string({ unit: fc.constantFrom(...'0019+-.eE'), maxLength: 8 });
  fc.assert(
    fc.property(text, (s) => {
      expect(encode(Kind.number, s)).toBe(isJsonNumber(s) ? s : JSON.stringify(s));
    }),
    { seed: 5, numRuns: 3000 },
  );
});

function isJsonNumber(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'number';
  } catch {
    return false;
  }
}
