import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readFieldValues } from '../../src/app/field-values.ts';
import { checkHierarchies } from '../../src/app/hierarchy-check.ts';
import { draftFrom } from '../../src/app/hierarchy-draft.ts';
import { Failure } from '../../src/base/diagnostic.ts';
import type { Terminal } from '../../src/io/terminal.ts';

const terminal: Terminal = {
  env: {},
  color: false,
  now: () => 0,
  out: async () => {},
  send: async () => true,
  err: () => {},
  askSecret: async () => null,
};
const latin = { format: undefined, delimiter: ';', encoding: 'latin1', header: undefined };

/** Two files of one table in Latin-1, the second compressed; `at` gives paths beside them. */
function folder(second = 'id;city\n3;Genève\n4;Bern\n5;\n'): (name: string) => string {
  const root = mkdtempSync(join(tmpdir(), 'anon-values-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const at = (name: string) => join(root, name);
  writeFileSync(at('a.csv'), Buffer.from('id;city\n1;Zürich\n2;Genève\n', 'latin1'));
  writeFileSync(at('b.csv.gz'), gzipSync(Buffer.from(second, 'latin1')));
  return at;
}

async function refusal(work: Promise<unknown>): Promise<Failure> {
  const thrown = await work.catch((error: unknown) => error);
  if (thrown instanceof Failure) return thrown;
  throw thrown ?? new Error('nothing failed');
}

describe('values of a field', () => {
  it('come from all files of a table, each with the file and row of its first record', async () => {
    const at = folder();
    const values = await readFieldValues({ ...latin, data: [at('?.csv*')], field: 'city' });
    expect(values).toEqual([
      { text: 'Zürich', count: 1, place: { file: at('a.csv'), row: 1 } },
      { text: 'Genève', count: 2, place: { file: at('a.csv'), row: 2 } },
      { text: 'Bern', count: 1, place: { file: at('b.csv.gz'), row: 2 } },
    ]);
  });

  it('make a hierarchy of all of them', async () => {
    const at = folder();
    const request = { ...latin, data: [at('a.csv'), at('b.csv.gz')], field: 'city', kind: 'groups', levels: 1 };
    await draftFrom({ ...request, out: at('h.csv'), replace: false }, terminal);
    expect(readFileSync(at('h.csv'), 'utf8').trim().split('\n').sort()).toEqual([
      'Bern;?;*',
      'Genève;?;*',
      'Zürich;?;*',
    ]);
    // A file that is read is not written over, by whatever name or pattern it is read.
    const over = { ...request, data: [at('*.csv')], out: at('a.csv'), replace: true };
    expect((await refusal(draftFrom(over, terminal))).code).toBe('FILE-EXISTS');
    expect(readFileSync(at('a.csv'), 'latin1')).toContain('Zürich');
    const odd = { ...request, kind: 'interval', out: at('i.csv'), replace: false };
    expect((await refusal(draftFrom(odd, terminal))).diagnostics[0]!.place).toEqual({
      file: at('a.csv'),
      row: 1,
      field: 'city',
    });
  });

  it('are held against a hierarchy, file by file', async () => {
    const at = folder();
    writeFileSync(at('h.csv'), 'Zürich;*\nGenève;*\n');
    const data = { ...latin, data: [at('a.csv'), at('b.csv.gz')], field: 'city' };
    const { diagnostics } = await checkHierarchies([at('h.csv')], { delimiter: ';', encoding: undefined }, data);
    expect(diagnostics).toMatchObject([
      {
        message: `1 value of the field has no row in ${at('h.csv')}: once in the data, first in row 2`,
        place: { file: at('b.csv.gz'), row: 2, field: 'city' },
      },
    ]);
  });

  it('come from files of one table only', async () => {
    const at = folder('id;town\n3;Bern\n');
    const { diagnostics } = await refusal(
      readFieldValues({ ...latin, data: [at('a.csv'), at('b.csv.gz')], field: 'city' }),
    );
    expect(diagnostics).toMatchObject([{ code: 'DATA-FIELDS', place: { file: at('b.csv.gz') } }]);
  });
});
