import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { type Input, openInput } from '../../src/io/input.ts';

async function opened(content: string | Buffer): Promise<{ path: string; input: Input }> {
  const dir = mkdtempSync(join(tmpdir(), 'anon-input-'));
  const path = join(dir, 'x');
  writeFileSync(path, content);
  const input = await openInput(path);
  onTestFinished(async () => {
    await input.close();
    rmSync(dir, { recursive: true });
  });
  return { path, input };
}

async function all(input: Input): Promise<string> {
  const stream = await input.open();
  const bytes = Buffer.alloc(1 << 20);
  let length = 0;
  for (let read = 1; read > 0; length += read) read = await stream.read(bytes, length, 1000);
  await stream.close();
  return bytes.toString('utf8', 0, length);
}

it.each([
  ['plain', (text: string) => text],
  ['gzip', (text: string) => gzipSync(text)],
])('reads a file as often as wanted: %s', async (_, pack) => {
  const text = 'some text\n'.repeat(5000);
  const { input } = await opened(pack(text));
  expect(await all(input)).toBe(text);
  expect(await all(input)).toBe(text);
});

it.each([
  ['plain', (text: string) => text],
  ['gzip', (text: string) => gzipSync(text)],
])('refuses a file that grew since it was opened: %s', async (_, pack) => {
  const { path, input } = await opened(pack('some text\n'));
  appendFileSync(path, pack('more\n'));
  await expect(all(input)).rejects.toMatchObject({ code: 'DATA-CHANGED' });
});

it('can be left in the middle of gzip', async () => {
  const { input } = await opened(gzipSync(Buffer.alloc(1 << 19)));
  const stream = await input.open();
  expect(await stream.read(Buffer.alloc(10), 0, 10)).toBe(10);
  await stream.close();
  expect((await all(input)).length).toBeGreaterThan(0);
});
