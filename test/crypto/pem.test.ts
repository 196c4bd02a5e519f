import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPem, writePem } from '../../src/crypto/pem.ts';

const label = 'PUBLIC KEY';

test('what is written is read back, with either line end', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (bytes) => {
      const der = Buffer.from(bytes);
      const text = writePem({ label, der });
      expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(64);
      for (const form of [text, text.slice(0, -1), text.replaceAll('\n', '\r\n')])
        expect(readPem(form)).toEqual({ label, der });
    }),
    { seed: 20261121 },
  );
});

const text = writePem({ label, der: Buffer.alloc(70, 7) });
const lines = text.split('\n');

test.each([
  ['nothing', ''],
  ['two blocks', text + text],
  ['text before it', `key:\n${text}`],
  ['a blank line before it', `\n${text}`],
  ['text behind it', `${text}# end`],
  ['a second final line end', `${text}\n`],
  ['a space at the end', `${text} `],
  ['a byte order mark', `\ufeff${text}`],
  ['headers', text.replace('\n', '\nProc-Type: 4,ENCRYPTED\n\n')],
  ['labels that differ', text.replace('END PUBLIC', 'END PRIVATE')],
  ['no end', lines.slice(0, -2).join('\n')],
  ['an empty body', [lines[0], lines.at(-2), ''].join('\n')],
  ['a blank line inside', text.replace('\n', '\n\n')],
  ['lines of another length', text.replace('Bw', 'B\nw')],
  ['indented lines', text.replaceAll('\n', '\n ')],
  ['URL-safe base64', text.replace(/\nBwcH/, '\n-wcH')],
  ['no padding', text.replaceAll('=', '')],
  ['stray bits', text.replace(/w==/, 'x==')],
  ['far more than a key', writePem({ label, der: Buffer.alloc(20_000) })],
])('%s is refused', (_, damaged) => {
  expect(damaged).not.toBe(text);
  expect(readPem(damaged)).toBeNull();
});
