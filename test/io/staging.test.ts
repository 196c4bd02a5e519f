import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { fail } from '../../src/base/diagnostic.ts';
import { stageDirectory, stageFile, writeTogether } from '../../src/io/staging.ts';

function folder(): (name: string) => string {
  const dir = mkdtempSync(join(tmpdir(), 'anon-staging-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return (name) => join(dir, name);
}

const bytes = (text: string): Buffer[] => [Buffer.from(text)];
const text = (path: string): string => readFileSync(path, 'utf8');

it('shows nothing under its name before everything is written', async () => {
  const at = folder();
  await writeTogether(async (stage) => {
    const directory = stage(stageDirectory(at('out'), false));
    await directory.write('a.txt', bytes('a'));
    await directory.write('x/y/b.txt', bytes('b'));
    await stage(stageFile(at('file'), false, 0o600)).write('', bytes('c'));
    expect(readdirSync(at('')).every((name) => name.endsWith('.tmp'))).toBe(true);
    for (const name of readdirSync(at(''))) expect(statSync(at(name)).mode & 0o777).toBe(0o700);
  });
  expect(readdirSync(at('')).sort()).toEqual(['file', 'out']);
  expect([text(at('out/a.txt')), text(at('out/x/y/b.txt')), text(at('file'))]).toEqual(['a', 'b', 'c']);
});

it('takes all outputs back when one of them cannot get its name', async () => {
  const at = folder();
  writeFileSync(at('old'), 'old');
  const run = writeTogether(async (stage) => {
    await stage(stageFile(at('old'), true)).write('', bytes('new'));
    await stage(stageFile(at('first'), false)).write('', bytes('new'));
    await stage(stageDirectory(at('taken'), false)).write('a', bytes('new'));
    writeFileSync(at('taken'), 'by somebody else');
  });
  await expect(run).rejects.toMatchObject({ code: 'FILE-EXISTS' });
  expect(readdirSync(at('')).sort()).toEqual(['old', 'taken']);
  expect([text(at('old')), text(at('taken'))]).toEqual(['old', 'by somebody else']);
});

it('hands a failure of what is written on as it is, and leaves nothing', async () => {
  const at = folder();
  const failing = (async function* () {
    yield Buffer.from('half');
    throw fail('DATA-CHANGED', 'the input changed');
  })();
  const run = writeTogether((stage) => stage(stageDirectory(at('out'), false)).write('data/x', failing));
  await expect(run).rejects.toMatchObject({ code: 'DATA-CHANGED', message: 'the input changed' });
  expect(readdirSync(at(''))).toEqual([]);
});

it('does not come back after it was cleared in the middle, as an interrupt does', async () => {
  const at = folder();
  const staging = stageDirectory(at('out'), false);
  await staging.write('data/a', bytes('a'));
  staging.clear();
  await expect(staging.write('data/b', bytes('b'))).rejects.toMatchObject({ code: 'FILE-MISSING' });
  await expect(staging.write('more/c', bytes('c'))).rejects.toMatchObject({ code: 'FILE-MISSING' });
  expect(existsSync(at('out'))).toBe(false);
  expect(readdirSync(at(''))).toEqual([]);
});
