import { execFileSync } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { openBundle } from '../../src/io/bundle-files.ts';
import { openBundleFolder } from '../../src/io/bundle-folder.ts';
import { checkDigests } from '../../src/release/digests.ts';
import { type CheckContents, verifyBundle } from '../../src/release/verify.ts';
import { options, packTar, sampleBundle } from '../release/sample.ts';

const bundle = sampleBundle();
const dataName = 'data/patients.csv';
let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'anon-folder-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

let made = 0;
function folder(files: ReadonlyMap<string, Buffer> = bundle): string {
  const path = join(root, `bundle-${made++}`);
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), bytes);
  }
  return path;
}

/** Code of the refusal, or of the failure; null: allowed. `between` acts when the files have been listed, or behind the license. */
async function codeOf(
  path: string,
  between: { listed?: () => void; license?: () => void } = {},
): Promise<string | null> {
  try {
    const { source, close } = await openBundle(path);
    onTestFinished(close);
    const list = async () => {
      const files = await source.list();
      between.listed?.();
      return files;
    };
    const contents: CheckContents = ({ statement }) => {
      between.license?.();
      return checkDigests(statement, source);
    };
    return (await verifyBundle({ ...source, list }, { ...options, contents })).code;
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
}

function replaced(path: string, name: string, make: (path: string) => void): () => void {
  return () => {
    unlinkSync(join(path, name));
    make(join(path, name));
  };
}

const fifo = (path: string) => void execFileSync('mkfifo', [path]);

describe('a bundle in a directory', () => {
  it('is accepted, also by a link to it, and with files that have another name as well', async () => {
    const path = folder();
    expect(await codeOf(path)).toBeNull();
    symlinkSync(path, `${path}-link`);
    expect(await codeOf(`${path}-link`)).toBeNull();
    linkSync(join(path, dataName), `${path}-hard`);
    expect(await codeOf(path)).toBeNull();
  });

  it.each<[string, string, (path: string) => void]>([
    ['a link to a file', 'LINK', (path) => symlinkSync('LICENSE.md', join(path, 'link.md'))],
    ['a link to nothing', 'LINK', (path) => symlinkSync('nothing', join(path, 'link.md'))],
    ['a FIFO', 'LINK', (path) => fifo(join(path, 'data/fifo'))],
    [
      'a folder by a link',
      'LINK',
      (path) => {
        renameSync(join(path, 'data'), `${path}-data`);
        symlinkSync(`${path}-data`, join(path, 'data'));
      },
    ],
    ['deep folders', 'PATH', (path) => mkdirSync(join(path, 'a/b/c/d'), { recursive: true })],
    [
      'a name that is no UTF-8',
      'PATH',
      (path) => writeFileSync(Buffer.concat([Buffer.from(`${path}/`), Buffer.of(0xff)]), ''),
    ],
    ['a decomposed name', 'EXTRA', (path) => writeFileSync(join(path, 'data/u\u0308.csv'), '')],
    ['a twin by case', 'EXTRA', (path) => writeFileSync(join(path, 'License.md'), '')],
    ['a device name', 'EXTRA', (path) => writeFileSync(join(path, 'data/nul.csv'), '')],
    [
      'many folders in folders',
      'EXTRA',
      (path) => {
        for (let i = 0; i < 200; i++) mkdirSync(join(path, `${i}`));
        writeFileSync(join(path, '199/x'), '');
      },
    ],
    ['1 TB of holes for data', 'DIGEST', (path) => truncateSync(join(path, dataName), 2 ** 40)],
    ['1 TB of holes for a report', 'LIMIT', (path) => truncateSync(join(path, 'report.json'), 2 ** 40)],
    ['1 TB of holes for the envelope', 'LIMIT', (path) => truncateSync(join(path, 'license.intoto.json'), 2 ** 40)],
  ])('is refused with %s', async (_, code, change) => {
    const path = folder();
    change(path);
    expect(await codeOf(path)).toBe(code);
  });

  it('is refused when it holds more files, or twice as many entries, as it may', async () => {
    const path = folder();
    const list = async (maxFiles: number) => {
      const { source, close } = await openBundleFolder(path, maxFiles);
      onTestFinished(close);
      return source.list();
    };
    expect(await list(bundle.size)).toHaveLength(bundle.size);
    await expect(list(bundle.size - 1)).rejects.toMatchObject({ code: 'LIMIT' });
    for (let i = 0; i < bundle.size; i++) mkdirSync(join(path, `${i}`));
    await expect(list(bundle.size)).rejects.toMatchObject({ code: 'LIMIT' });
  });

  it('is refused when it holds a socket', async () => {
    const path = folder();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(path, 's'), resolve));
    onTestFinished(() => void server.close());
    expect(await codeOf(path)).toBe('LINK');
    expect(await codeOf(join(path, 's'))).toBe('FILE-READ');
  });

  it.each<[string, string, (path: string) => () => void]>([
    ['a file is a link', 'LINK', (path) => replaced(path, dataName, (to) => symlinkSync('../LICENSE.md', to))],
    ['a file is a FIFO', 'LINK', (path) => replaced(path, dataName, fifo)],
    ['a file is a device', 'LINK', (path) => replaced(path, dataName, (to) => symlinkSync('/dev/zero', to))],
    ['a file is a folder', 'LINK', (path) => replaced(path, dataName, (to) => mkdirSync(to))],
    ['a file is gone', 'FILE-MISSING', (path) => () => unlinkSync(join(path, dataName))],
    ['a file is another', 'DIGEST', (path) => () => writeFileSync(join(path, dataName), 'x')],
    ['a file is empty', 'DIGEST', (path) => () => truncateSync(join(path, dataName), 0)],
    ['a file is endless', 'DIGEST', (path) => () => truncateSync(join(path, dataName), 2 ** 40)],
  ])('is refused when by the time of reading %s', async (_, code, change) => {
    for (const when of ['listed', 'license'] as const) {
      const path = folder();
      expect(await codeOf(path, { [when]: change(path) }), when).toBe(code);
    }
  });

  it.runIf(process.platform === 'linux')('is read through its own folders when others take their place', async () => {
    const path = folder();
    const swap = () => {
      renameSync(join(path, 'data'), `${path}-aside`);
      mkdirSync(`${path}-other`);
      writeFileSync(`${path}-other/patients.csv`, 'x');
      symlinkSync(`${path}-other`, join(path, 'data'));
    };
    expect(await codeOf(path, { listed: swap })).toBeNull();
  });

  it('is a directory by the time it is opened', async () => {
    const path = join(root, 'fifo');
    fifo(path);
    await expect(openBundleFolder(path)).rejects.toMatchObject({ code: 'FILE-MISSING' });
  });
});

describe('a bundle that is no directory', () => {
  it.each([
    ['a FIFO', 'FILE-READ', (path: string) => fifo(path)],
    ['a device', 'FILE-READ', (path: string) => symlinkSync('/dev/null', path)],
    ['nothing', 'FILE-MISSING', () => {}],
    ['an empty file', 'TRUNCATED', (path: string) => writeFileSync(path, '')],
    [
      '1 TB of holes',
      'ARCHIVE',
      (path: string) => {
        writeFileSync(path, '');
        truncateSync(path, 2 ** 40);
      },
    ],
    ['text', 'TRUNCATED', (path: string) => writeFileSync(path, 'text')],
    ['a tar', null, (path: string) => writeFileSync(path, packTar(bundle))],
  ])('%s: %s', async (_, code, make) => {
    const path = join(root, `file-${made++}`);
    make(path);
    expect(await codeOf(path)).toBe(code);
  });

  it('is refused when it is cut off while it is read', async () => {
    for (const when of ['listed', 'license'] as const) {
      const path = join(root, `file-${made++}`);
      writeFileSync(path, packTar(bundle));
      expect(await codeOf(path, { [when]: () => truncateSync(path, 6000) }), when).toBe('TRUNCATED');
    }
  });
});
