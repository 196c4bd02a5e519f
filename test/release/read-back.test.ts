import { describe, expect, it } from 'vitest';
import { buildBundle } from '../../src/release/build.ts';
import { memoryBundle } from '../../src/release/bundle-source.ts';
import { readRelease } from '../../src/release/integrity.ts';
import { checkDescription, checkFileCount } from '../../src/release/read-back.ts';
import { dataBytes, parts, releaseFile, sampleBundle, verify } from './sample.ts';

const file = releaseFile('data/patients.csv', dataBytes);
const columns = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `c${i}`, type: 'string' }));
/** Bytes of the statement beside the text, about. */
const withText = (length: number) => ({
  ...parts.statement,
  transforms: [{ ...parts.statement.transforms![0]!, parameters: { note: 'x'.repeat(length) } }],
});
const tooLarge = (message: RegExp) =>
  expect.objectContaining({ code: 'LIMIT', message: expect.stringMatching(message) });

describe('a bundle is made only if it can be read again:', () => {
  it('an envelope, of which the payload alone would still be within the limit', async () => {
    // Base64 makes 4 MiB of 3. A text of a megabyte stands in the statement, and in the statement alone.
    const files = sampleBundle(undefined, withText((1 << 20) - 10));
    expect(await verify(files)).toMatchObject({ decision: 'allow' });
    const three = { ...parts.statement, transforms: [0, 1, 2].flatMap(() => withText((1 << 20) - 10).transforms) };
    expect(() => buildBundle({ ...parts, statement: three, files: [file] })).toThrow(
      tooLarge(/^the license would be too large to be read again: /),
    );
  });

  it('a list of columns that datapackage.json may have, but no reader of it', async () => {
    // 40,000 columns are more members than other metadata may have.
    const wide = { ...file, fields: columns(40_000) };
    const { members } = buildBundle({ ...parts, files: [wide] });
    const files = new Map([...members.map(({ name, bytes }) => [name, bytes] as const), [file.name, dataBytes]]);
    expect((await readRelease(memoryBundle(files))).schema.get(file.name)).toHaveLength(40_000);
    expect(() => buildBundle({ ...parts, files: [{ ...file, fields: columns(340_000) }] })).toThrow(
      tooLarge(/^datapackage.json would be too large/),
    );
    expect(() => checkDescription('report.json', Buffer.from('[0]'))).not.toThrow();
  });

  it('no more files than verify lists', () => {
    expect(() => checkFileCount(10_000)).not.toThrow();
    expect(() => checkFileCount(10_001)).toThrow(tooLarge(/10001 files, of at most 10000/));
  });
});
