import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expandPath, matchingFiles, realPath } from '../../src/io/glob.ts';

const root = mkdtempSync(join(tmpdir(), 'anon-glob-'));
const files = [
  '2024.csv',
  '2025.csv',
  '2025.csv.gz',
  'a1.csv',
  'ab.csv',
  'a[b].csv',
  'a+b.csv',
  'é.csv',
  '.hidden.csv',
  '-',
  'deep/x.csv',
  'deep/er/y.csv',
  'deep/.off/z.csv',
  'utf/\u{ff5e}.tsv',
  'utf/\u{1f600}.tsv',
];
beforeAll(() => {
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '');
  }
  mkdirSync(join(root, 'folder.csv'));
  symlinkSync('2025.csv', join(root, 'latest.csv'));
  symlinkSync('deep', join(root, 'link'));
});
afterAll(() => rmSync(root, { recursive: true }));

const inRoot = async (pattern: string) =>
  (await matchingFiles(join(root, pattern))).map((path) => path.slice(root.length + 1));

describe('a pattern', () => {
  it.each([
    ['20*.csv', '2024.csv', '2025.csv'],
    ['*.csv', '2024.csv', '2025.csv', 'a+b.csv', 'a1.csv', 'a[b].csv', 'ab.csv', 'latest.csv', 'é.csv'],
    ['*.csv*', '2024.csv', '2025.csv', '2025.csv.gz', 'a+b.csv', 'a1.csv', 'a[b].csv', 'ab.csv', 'latest.csv', 'é.csv'],
    ['?.csv', 'é.csv'],
    ['a?.csv', 'a1.csv', 'ab.csv'],
    ['a[0-9].csv', 'a1.csv'],
    ['a[!0-9].csv', 'ab.csv'],
    ['a[^0-9].csv', 'ab.csv'],
    ['a[[]b].csv', 'a[b].csv'],
    ['a+?.csv', 'a+b.csv'],
    ['202[45].csv', '2024.csv', '2025.csv'],
    ['.h*', '.hidden.csv'],
    ['deep/*', 'deep/x.csv'],
    ['d*/er/y.csv', 'deep/er/y.csv'],
    ['link/*.csv', 'link/x.csv'],
    ['deep/**', 'deep/er/y.csv', 'deep/x.csv'],
    ['deep/**/*.csv', 'deep/er/y.csv', 'deep/x.csv'],
    ['**/y.csv', 'deep/er/y.csv'],
    ['deep/../2024.c?v', '2024.csv'],
    ['nowhere/*.csv'],
    ['2024.csv/*'],
    ['[z-a]*'],
  ])('%s', async (pattern, ...expected) => {
    expect(await inRoot(pattern)).toEqual(expected);
  });

  it('puts names in the order of their code points', async () => {
    expect(await inRoot('utf/*.tsv')).toEqual(['utf/\u{ff5e}.tsv', 'utf/\u{1f600}.tsv']);
  });
});

describe('expandPath', () => {
  it('leaves paths alone, and a file that is named like a pattern', async () => {
    expect(await expandPath('nowhere.csv')).toEqual(['nowhere.csv']);
    expect(await expandPath('-')).toEqual(['-']);
    expect(await expandPath(join(root, 'a[b].csv'))).toEqual([join(root, 'a[b].csv')]);
    expect(await expandPath(join(root, '2024.*'))).toEqual([join(root, '2024.csv')]);
  });

  it.each([
    ['dep/*.csv', `there is no folder \`${join(root, 'dep')}\`; did you mean \`deep\`?`],
    ['deep/*.cvs', `\`${join(root, 'deep')}\` holds \`x.csv\``],
    ['deep/er/*.ndjson', `\`${join(root, 'deep/er')}\` holds \`y.csv\``],
  ])('says why %s matches nothing', async (pattern, hint) => {
    await expect(expandPath(join(root, pattern))).rejects.toMatchObject({
      diagnostics: [{ code: 'FILE-MISSING', message: 'no file matches', hint }],
    });
  });
});

it('knows that a link leads to a file', async () => {
  expect(await realPath(join(root, 'latest.csv'))).toBe(await realPath(join(root, '2025.csv')));
  expect(await realPath(join(root, 'nowhere'))).toBe(join(root, 'nowhere'));
});
