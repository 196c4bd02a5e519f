import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openData } from '../../src/app/open-data.ts';
import { textDigest } from '../../src/app/text-digest.ts';
import { sha256Hex } from '../../src/crypto/digest.ts';
import { InputFiles } from '../../src/engine/input-files.ts';
import { sourceOf } from '../engine/harness.ts';

async function digestOf(texts: readonly string[]): Promise<string> {
  const files = texts.map(async (text, i) => {
    const source = sourceOf(text, i, 'csv');
    return { source, opened: (await openData(source, 'csv', {})).opened };
  });
  return (await textDigest(new InputFiles(await Promise.all(files)))).toString('hex');
}

it('is that of the table in one file, wherever it is cut, with or without a last line end', async () => {
  const rows = fc.array(fc.constantFrom('1,a\n', '22,"b\nc"\n', '3,é\n'), { minLength: 2, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(rows, fc.nat(12), fc.nat(12), fc.boolean(), async (all, one, two, open) => {
      const [a, b] = [Math.min(one, two, all.length), Math.min(Math.max(one, two), all.length)];
      const head = 'x,"y"\n';
      const parts = [all.slice(0, a), all.slice(a, b), all.slice(b)].map((part) => head + part.join(''));
      expect(await digestOf([head + all.join('')])).toBe(sha256Hex(Buffer.from(head + all.join(''))));
      const isLast = (i: number) => parts.slice(i + 1).every((part) => part === head);
      const texts = open ? parts.map((part, i) => (isLast(i) ? part : part.slice(0, -1))) : parts;
      expect(await digestOf(texts)).toBe(await digestOf([head + all.join('')]));
    }),
  );
  expect(await digestOf(['x\n1\n2\n'])).not.toBe(await digestOf(['x\n12\n']));
  expect(await digestOf(['x\n1', 'x\n2\n'])).not.toBe(await digestOf(['x\n12\n']));
});
