import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openState, stateFolder } from '../../src/io/state.ts';

function place(): string {
  const root = mkdtempSync(join(tmpdir(), 'anon-state-'));
  onTestFinished(() => {
    chmodSync(root, 0o700);
    rmSync(root, { recursive: true, force: true });
  });
  return root;
}

describe('the folder of the state', () => {
  it('is that of the XDG specification', () => {
    expect(stateFolder({ XDG_STATE_HOME: '/s', HOME: '/h' })).toBe('/s/anon');
    expect(stateFolder({ HOME: '/h' })).toBe('/h/.local/state/anon');
    expect(stateFolder({ XDG_STATE_HOME: 'relative', HOME: '/h' })).toBe('/h/.local/state/anon');
    expect(stateFolder({ XDG_STATE_HOME: '', HOME: '/h' })).toBe('/h/.local/state/anon');
  });

  it('is made for its owner alone, and refused when others can write into it', async () => {
    const folder = join(place(), 'a', 'b');
    await openState(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const mode of [0o720, 0o702, 0o777]) {
      chmodSync(folder, mode);
      await expect(openState(folder)).rejects.toMatchObject({ code: 'STATE', exit: 2 });
    }
    chmodSync(folder, 0o755);
    await openState(folder);
  });

  it('is refused where none can be made', async () => {
    const root = place();
    writeFileSync(join(root, 'file'), '');
    for (const path of ['file', 'file/state', 'file/state/deep']) {
      await expect(openState(join(root, path))).rejects.toMatchObject({ code: 'STATE', exit: 2 });
    }
    await expect(openState('/proc/anon-state')).rejects.toMatchObject({ code: 'STATE' });
  });
});

describe('a file of the state', () => {
  it('is changed as a whole, and leaves nothing else behind', async () => {
    const folder = place();
    const state = await openState(folder);
    expect(await state.read('mark')).toBeNull();
    for (const text of ['one', 'two', 'three']) await state.update('mark', () => Buffer.from(text));
    expect((await state.read('mark'))?.toString()).toBe('three');
    await state.update('mark', () => null);
    await state.update('other', (current) => Buffer.from(String(current)));
    expect(await state.names()).toEqual(['mark', 'other']);
    expect(readdirSync(folder).sort()).toEqual(['mark.3', 'other.1']);
    await expect(
      state.update('mark', () => {
        throw new RangeError('no');
      }),
    ).rejects.toThrow(RangeError);
    expect(readdirSync(folder).sort()).toEqual(['mark.3', 'other.1']);
  });

  it('is read through no link, from no folder or pipe', async () => {
    const folder = place();
    const state = await openState(folder);
    writeFileSync(join(folder, 'elsewhere'), 'x');
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'link.1'));
    mkdirSync(join(folder, 'folder.1'));
    await promisify(execFile)('mkfifo', [join(folder, 'pipe.1')]);
    for (const name of ['link', 'folder', 'pipe'])
      await expect(state.read(name)).rejects.toMatchObject({ code: 'STATE' });
  });

  it('loses no change of processes that run at once', async () => {
    const folder = place();
    const built = fileURLToPath(new URL('../../dist/io/state.js', import.meta.url));
    expect(existsSync(built)).toBe(true);
    const script = `
      const { openState } = await import(${JSON.stringify(pathToFileURL(built).href)});
      const state = await openState(${JSON.stringify(folder)});
      for (let i = 0; i < 40; i++)
        await state.update('words', (bytes) => {
          const words = new Set(String(bytes ?? '').split(' ').filter(Boolean));
          return Buffer.from([...words.add(process.argv[1] + i)].join(' '));
        });`;
    const runs = ['a', 'b', 'c', 'd'].map((name) =>
      promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, name]),
    );
    await Promise.all(runs);
    const state = await openState(folder);
    expect((await state.read('words'))?.toString().split(' ')).toHaveLength(160);
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^words\.[0-9]+$/)]);
  });
});
