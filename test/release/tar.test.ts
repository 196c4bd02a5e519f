import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { blockBytes, maxTarFileBytes, tarEnd, tarHeader, tarPadding } from '../../src/release/tar.ts';
import { tarBundle } from '../../src/release/tar-bundle.ts';
import { packTar } from './sample.ts';

const files = new Map([
  ['license.intoto.json', Buffer.from('{}\n')],
  ['LICENSE.md', Buffer.alloc(512, 'x')],
  ['data/empty.csv', Buffer.alloc(0)],
  ['data/Über uns (1).csv', Buffer.alloc(1000, 'y')],
]);
const tar = packTar(files);

const memory = (bytes: Buffer) => ({
  size: bytes.length,
  read: async (at: number, length: number) => bytes.subarray(at, at + length),
});

async function read(bytes: Buffer): Promise<Map<string, Buffer>> {
  const source = tarBundle(memory(bytes));
  const files = new Map<string, Buffer>();
  for (const { name } of await source.list()) {
    const parts: Buffer[] = [];
    for await (const part of source.read(name)) parts.push(part);
    files.set(name, Buffer.concat(parts));
  }
  return files;
}

async function codeOf(run: Promise<unknown>): Promise<string> {
  try {
    await run;
    return 'none';
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
}

/** A header with bytes changed and its checksum made right again. */
function forged(name: string, size: number, changes: Readonly<Record<number, string>>): Buffer {
  const header = tarHeader(name, size);
  for (const [at, text] of Object.entries(changes)) header.write(text, Number(at));
  header.write('        ', 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

const hasTar = spawnSync('tar', ['--version']).stdout?.includes('GNU tar') === true;

describe('tarHeader', () => {
  it.runIf(hasTar)('is read by GNU tar', () => {
    const listing = execFileSync('tar', ['--quoting-style=literal', '--full-time', '--utc', '-tvf', '-'], {
      input: tar,
    });
    expect(listing.toString().trimEnd().split('\n')).toEqual(
      [...files.values()].map(({ length }) =>
        expect.stringMatching(new RegExp(`^-rw-r--r-- 0/0 +${length} 1970-01-01 00:00:00 `)),
      ),
    );
    expect(listing.toString()).toContain('data/Über uns (1).csv');
    const content = execFileSync('tar', ['-xOf', '-', 'data/Über uns (1).csv'], { input: tar });
    expect(content.equals(files.get('data/Über uns (1).csv')!)).toBe(true);
  });

  it.runIf(hasTar)('is read by GNU tar at the limits of name and size', () => {
    const name = 'n'.repeat(100);
    const input = Buffer.concat([tarHeader(name, 0), tarHeader('large', maxTarFileBytes)]);
    const { stdout } = spawnSync('tar', ['-tvf', '-'], { input });
    expect(stdout.toString()).toContain(name);
    expect(stdout.toString()).toContain('8589934591');
  });

  it('refuses what does not fit', () => {
    for (const name of ['', 'n'.repeat(101)]) {
      expect(() => tarHeader(name, 0)).toThrow(expect.objectContaining({ code: 'PATH' }));
    }
    for (const size of [maxTarFileBytes + 1, -1, 0.5, Number.NaN]) {
      expect(() => tarHeader('a', size)).toThrow(expect.objectContaining({ code: 'LIMIT' }));
    }
  });
});

describe('a tar', () => {
  it('gives back what went in', async () => expect(await read(tar)).toEqual(files));

  it('must go on to its end at every block', async () => {
    for (let size = 0; size < tar.length; size += blockBytes) {
      expect(await codeOf(read(tar.subarray(0, size))), `${size} bytes`).toBe('TRUNCATED');
    }
    expect(await codeOf(read(tar.subarray(0, tar.length - 1)))).toBe('TRUNCATED');
  });

  it.each([1, 512, 8192])('must end where it ends, without %d more bytes', async (extra) => {
    expect(await codeOf(read(Buffer.concat([tar, Buffer.alloc(extra)])))).toBe('ARCHIVE');
  });

  it.each([
    ['PAX extended header', forged('PaxHeaders/a', 30, { 156: 'x' })],
    ['PAX global header', forged('pax_global_header', 30, { 156: 'g' })],
    ['GNU long name', forged('././@LongLink', 30, { 156: 'L' })],
    ['GNU sparse file', forged('a', 30, { 156: 'S' })],
    ['old regular file', forged('a', 30, { 156: '\0' })],
    ['hard link', forged('a', 0, { 156: '1', 157: '/etc/passwd' })],
    ['symbolic link', forged('a', 0, { 156: '2', 157: '/etc/passwd' })],
    ['device', forged('a', 0, { 156: '3' })],
    ['folder', forged('data/', 0, { 156: '5' })],
    ['FIFO', forged('a', 0, { 156: '6' })],
    ['other mode', forged('a', 30, { 100: '0000755\0' })],
    ['owner', forged('a', 30, { 108: '0001750\0' })],
    ['owner name', forged('a', 30, { 265: 'root' })],
    ['time', forged('a', 30, { 136: '14720000000\0' })],
    ['prefix', forged('a', 30, { 345: 'data' })],
    ['bytes behind the name', forged('a', 30, { 2: 'hidden' })],
    ['bytes in the last 12', forged('a', 30, { 500: 'x' })],
    ['GNU magic', forged('a', 30, { 257: 'ustar  \0' })],
    ['base-256 size', forged('a', 30, { 124: '\u0000' })],
    ['size in spaces', forged('a', 30, { 124: '         36 ' })],
    ['checksum of another', tarHeader('a', 30).fill('0', 148, 154)],
  ])('refuses a %s', async (_, header) => {
    const bytes = Buffer.concat([header, Buffer.alloc(30, 'x'), tarPadding(30), tarEnd]);
    expect(await codeOf(read(bytes))).toBe('ARCHIVE');
  });

  it.each(['../x', '/etc/passwd', 'data/../../x', 'data/nul.csv', 'a\u202eb'])('refuses the name %j', async (name) => {
    expect(await codeOf(read(packTar(new Map([[name, Buffer.alloc(3)]]))))).toBe('PATH');
  });

  it('refuses a name that is not UTF-8', async () => {
    const header = tarHeader('ab', 0);
    header[0] = 0xff;
    expect(await codeOf(read(Buffer.concat([header, tarEnd])))).toBe('ARCHIVE');
  });

  it.runIf(hasTar)('refuses what GNU tar itself writes', async () => {
    for (const format of ['gnu', 'pax', 'ustar']) {
      const bytes = execFileSync('tar', [`--format=${format}`, '-cf', '-', 'package.json']);
      expect(await codeOf(read(bytes)), format).toBe('ARCHIVE');
    }
  });

  it('notices any bit outside of the files', async () => {
    const outside: number[] = [];
    let at = 0;
    for (const bytes of files.values()) {
      const end = at + blockBytes + bytes.length;
      for (let i = at; i < at + blockBytes; i++) outside.push(i);
      at = end + tarPadding(bytes.length).length;
      for (let i = end; i < at; i++) outside.push(i);
    }
    for (; at < tar.length; at++) outside.push(at);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...outside), fc.nat(7), async (i, bit) => {
        const broken = Buffer.from(tar);
        broken[i]! ^= 1 << bit;
        expect(await codeOf(read(broken))).toBe('ARCHIVE');
      }),
      { seed: 1, numRuns: 400 },
    );
  });
});

describe('tarBundle', () => {
  it('holds the files to their order', async () => {
    const reversed = packTar(new Map([...files].reverse()));
    expect(await codeOf(tarBundle(memory(reversed)).list())).toBe('ARCHIVE');
  });

  it('refuses a second file of the same name', async () => {
    const twice = Buffer.concat([tar.subarray(0, 1024), tar]);
    expect(await codeOf(tarBundle(memory(twice)).list())).toBe('ARCHIVE');
  });

  it('stops at its limit of files', async () => {
    expect(await codeOf(tarBundle(memory(tar), 4).list())).toBe('none');
    expect(await codeOf(tarBundle(memory(tar), 3).list())).toBe('LIMIT');
  });

  it('notices a file that shrinks while it is read', async () => {
    const source = tarBundle({ size: tar.length, read: async (at, length) => tar.subarray(at, at + length - 1) });
    expect(await codeOf(source.list())).toBe('TRUNCATED');
  });
});
