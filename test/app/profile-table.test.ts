import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { profileTable } from '../../src/app/profile-table.ts';
import { loadRecognition } from '../../src/profile/recognize.ts';

const dir = mkdtempSync(join(tmpdir(), 'anon-profile-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
await loadRecognition();

const usual = { name: 't', format: undefined, delimiter: undefined, encoding: undefined, records: 1000 };

async function profiled(file: string, content: string | Buffer, more: Partial<typeof usual> = {}) {
  writeFileSync(join(dir, file), content);
  const { records, fields, form } = await profileTable({ ...usual, ...more, path: join(dir, file) });
  return { records, fields: fields.map(({ selector }) => selector), form: form.map((of) => [of.option, of.value]) };
}

const table = 'id;straße\r\n1;Jürgen\r\n2;Müller\r\n';
const columns = { records: 2, fields: ['id', 'straße'] };

describe('what a file is written in', () => {
  it.each([
    ['latin1', Buffer.from(table, 'latin1'), [['encoding', 'windows-1252']]],
    ['with a byte that windows-1252 has not', Buffer.from(`${table}3;\x81\r\n`, 'latin1'), [['encoding', 'latin1']]],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${table}`, 'utf16le'), [['encoding', 'utf-16']]],
    ['UTF-16 without', Buffer.from(table.replaceAll('ß', 'ss'), 'utf16le'), [['encoding', 'utf-16le']]],
    ['UTF-8', Buffer.from(table), []],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${table}`), []],
  ])('is told by its bytes: %s', async (_, bytes, form) => {
    const { fields, ...found } = await profiled('t.csv', bytes);
    expect(found.form).toEqual([...form, ['delimiter', ';']]);
    expect(fields).toHaveLength(2);
  });

  it('is as it was said, where it was', async () => {
    const bytes = Buffer.from(table, 'latin1');
    const form = [
      ['encoding', 'latin1'],
      ['delimiter', ';'],
    ];
    expect(await profiled('t.csv', bytes, { encoding: 'latin1', delimiter: ';' } as never)).toEqual({
      ...columns,
      form,
    });
  });

  it.each(['\t', '|', ';'])('has its delimiter told by its first line: %j', async (delimiter) => {
    const text = ['id,"x"', 'a'].join(delimiter).replace(',"x"', '');
    const found = await profiled('t.csv', `${text}\n1${delimiter}2\n`);
    expect(found).toEqual({ records: 1, fields: ['id', 'a'], form: [['delimiter', delimiter]] });
  });

  it('has its records told by where they stand', async () => {
    const items = Array.from({ length: 20 }, (_, i) => ({ id: i, city: 'Bergen' }));
    expect(await profiled('t.json', JSON.stringify({ page: 1, items }))).toEqual({
      records: 20,
      fields: ['$.id', '$.city'],
      form: [
        ['records', '$.items[*]'],
        ['around', 'drop'],
      ],
    });
    expect(await profiled('t.json', JSON.stringify(items))).toMatchObject({ records: 20, form: [] });
  });
});
