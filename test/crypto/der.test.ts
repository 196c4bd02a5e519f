import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  derElement,
  derInteger,
  readDer,
  readDocument,
  readInteger,
  readSequence,
  tags,
} from '../../src/crypto/der.ts';

const seed = 20261121;
const hex = (text: string) => Buffer.from(text.replace(/ /g, ''), 'hex');

test('X.690 §8.3 and §8.1.3: integers and lengths in their shortest form', () => {
  const written = {
    0: '020100',
    127: '02017f',
    128: '02020080',
    256: '02020100',
    16384: '02024000',
    32768: '0203008000',
  };
  for (const [value, text] of Object.entries(written)) expect(derInteger(Number(value)).toString('hex')).toBe(text);
  expect(derElement(tags.octets, Buffer.alloc(127)).subarray(0, 2)).toEqual(hex('047f'));
  expect(derElement(tags.octets, Buffer.alloc(128)).subarray(0, 3)).toEqual(hex('048180'));
  expect(derElement(tags.octets, Buffer.alloc(255), Buffer.of(1)).subarray(0, 4)).toEqual(hex('04820100'));
});

test('integers come back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (value) => {
      expect(readInteger(readDer(derInteger(value))![0])).toBe(value);
    }),
    { seed },
  );
});

test('elements come back, and lose no byte', () => {
  const element = fc.record({ tag: fc.constantFrom(2, 3, 4, 6, 0x30, 0xa0), body: fc.uint8Array({ maxLength: 300 }) });
  fc.assert(
    fc.property(fc.array(element, { maxLength: 5 }), (elements) => {
      const encoded = Buffer.concat(elements.map(({ tag, body }) => derElement(tag, body)));
      expect(readDer(encoded)).toEqual(elements.map(({ tag, body }) => ({ tag, body: Buffer.from(body) })));
      if (encoded.length > 0) expect(readDer(encoded.subarray(0, -1))?.length ?? -1).toBeLessThan(elements.length);
    }),
    { seed, numRuns: 200 },
  );
});

test('whatever is read is written the same: there is one encoding only', () => {
  const byte = fc.constantFrom(0, 1, 2, 4, 0x30, 0x7f, 0x80, 0x81, 0x82, 0xff);
  let read = 0;
  fc.assert(
    fc.property(
      fc.array(byte, { maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
      (bytes) => {
        const elements = readDer(bytes);
        if (elements === null) return;
        read++;
        expect(Buffer.concat(elements.map(({ tag, body }) => derElement(tag, body)))).toEqual(bytes);
      },
    ),
    { seed, numRuns: 3000 },
  );
  expect(read).toBeGreaterThan(200);
});

test.each([
  ['indefinite length', '3080 0201 00 0000'],
  ['long form of a short length', '048101 00'],
  ['leading zero in a length', '04820080'.padEnd(8 + 256, '0')],
  ['length beyond the end', '0402 00'],
  ['length of the length beyond the end', '0482 01'],
  ['no length', '04'],
  ['a length of four bytes', '0484 00000001 00'],
])('%s is refused', (_, text) => {
  expect(readDer(hex(text))).toBeNull();
});

test.each([
  ['negative', '020180'],
  ['with a needless zero', '0202007f'],
  ['empty', '0200'],
  ['too large', '02050100000000'],
  ['octets', '040101'],
])('an integer that is %s is refused', (_, text) => {
  expect(readInteger(readDer(hex(text))![0])).toBeNull();
});

test('a document is one sequence and nothing else', () => {
  expect(readDocument(hex('3003 020101'))).toHaveLength(1);
  for (const text of ['', '3000', '3003020101 3003020101', '3003020101 00', '3103020101'])
    expect(readDocument(hex(text))).toBeNull();
  expect(readSequence(undefined)).toBeNull();
});
