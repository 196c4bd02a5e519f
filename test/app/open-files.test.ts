import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openFiles } from '../../src/app/open-files.ts';
import { inputForm } from '../../src/app/table-form.ts';
import { Failure } from '../../src/base/diagnostic.ts';
import type { Input } from '../../src/io/input.ts';

const root = mkdtempSync(join(tmpdir(), 'anon-files-'));
const open: Input[] = [];
const form = inputForm(undefined, { format: undefined, delimiter: undefined, encoding: undefined, header: undefined });
afterEach(async () => {
  for (const input of open.splice(0)) await input.close();
});
afterAll(() => rmSync(root, { recursive: true }));

/** Write files and open them as one table. */
function opened(files: Readonly<Record<string, string | Uint8Array>>) {
  const paths = Object.entries(files).map(([name, content]) => {
    writeFileSync(join(root, name), content);
    return join(root, name);
  });
  return openFiles({ paths, form, opened: (input) => open.push(input) });
}

async function problems(files: Readonly<Record<string, string | Uint8Array>>): Promise<string[]> {
  try {
    await opened(files);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.diagnostics.map(({ code, message, place }) => {
      const where = `${place?.file}${place?.row === undefined ? '' : ` row ${place.row}`}: ${code} ${message}`;
      return where.replaceAll(`${root}/`, '');
    });
  }
  throw new Error('the files were expected to be refused');
}

describe('the files of a table', () => {
  it('have one header, however it is quoted, and may be compressed', async () => {
    const { files, inputs } = await opened({
      'a.csv': 'x,y\n1,2\n',
      'b.csv': gzipSync('"x",y\r\n3,4\r\n'),
      'c.csv.gz': gzipSync('\ufeffx,y\n'),
    });
    expect(files.all.map(({ opened: { fields } }) => fields)).toEqual(Array(3).fill(['x', 'y']));
    expect(inputs.map(({ compressed }) => compressed)).toEqual([false, true, true]);
  });

  it.each([
    ['another order', 'y,x,z\n', 'the columns stand in another order than in a.csv: column 1 is `y`, there it is `x`'],
    ['a field less', 'x,z\n', 'the columns are those of a.csv without `y`'],
    ['a field more', 'x,y,z,w\n', 'the columns are those of a.csv with `w` besides'],
    ['another name', 'x,y,Z\n', 'the columns are those of a.csv without `z`, and with `Z` besides'],
    ['no header', 'secret,y,value\n', '2 of the 3 columns of a.csv are not in the header'],
  ])('have no header with %s', async (_, text, message) => {
    expect(await problems({ 'a.csv': 'x,y,z\n', 'b.csv': text })).toEqual([`b.csv row 0: DATA-FIELDS ${message}`]);
  });

  it('are each told what is wrong with them', async () => {
    mkdirSync(join(root, 'folder'), { recursive: true });
    const files = {
      'a.csv': 'x\n',
      'b.csv': '',
      'c.tsv': 'x\n',
      'd.csv': 'q\n',
      'e.csv': gzipSync('x\n1\n').subarray(0, 9),
    };
    expect(await problems(files)).toEqual([
      'b.csv: DATA-EMPTY the input is empty',
      'e.csv: DATA-COMPRESSION the gzip data ends too early',
      'c.tsv: DATA-FORMAT the file is tsv, and a.csv is csv',
      'd.csv row 0: DATA-FIELDS 1 of the 1 columns of a.csv are not in the header',
    ]);
    const paths = [join(root, 'folder'), join(root, 'nowhere.csv')];
    await expect(openFiles({ paths, form, opened: () => {} })).rejects.toMatchObject({
      diagnostics: [{ code: 'FILE-READ' }, { code: 'FILE-MISSING' }],
    });
  });

  it('that have no columns are documents, whatever is in them', async () => {
    const { files } = await opened({ 'a.json': '[]', 'b.json': '{"x":1}' });
    expect(files.all).toHaveLength(2);
  });
});
