import { execFileSync, spawn } from 'node:child_process';
import {
  chownSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { sha256Hex } from '../../src/crypto/digest.ts';
import { openBundle } from '../../src/io/bundle-files.ts';
import { openState } from '../../src/io/state.ts';
import { memoryBundle } from '../../src/release/bundle-source.ts';
import { tarEnd, tarHeader, tarPadding } from '../../src/release/tar.ts';
import { tarBundle } from '../../src/release/tar-bundle.ts';
import { verifyBundle } from '../../src/release/verify.ts';
import { dataBytes, type Json, options, packTar, rewritten, sampleBundle } from '../release/sample.ts';
import { answerTo, bundle, withFile } from './attacks.ts';

const dataName = 'data/patients.csv';

describe('a file name that is signed is refused', () => {
  const names = [
    'data/../patients.csv', 'data/./x.csv', 'data//x.csv', 'data/x.csv/', 'data/', '/data/x.csv', 'data\\x.csv', 'C:/x.csv', 'data/C:x.csv',
    'data/a/b/c.csv', 'data/x.csv.', 'data/x.csv ', 'data/ x.csv', 'data/.x.csv', 'data/..', 'data/...', 'data/-x.csv', 'data/~x.csv',
    'data/CON', 'data/con.csv', 'data/Aux.csv', 'data/NUL.tar.gz', 'data/nul .csv', 'data/COM1.csv', 'data/lpt9', 'data/PRN/x.csv',
    'data/cafe\u0301.csv', 'data/\u212b.csv', 'data/x\u0000.csv', 'data/x\n.csv', 'data/x\u001b[2J.csv', 'data/x\u009b2J.csv', 'data/\u202evsc.x',
    'data/x\u200b.csv', 'data/x\ufeff.csv', 'data/x\u00a0y.csv', 'data/x|y.csv', 'data/x*.csv', 'data/x?.csv', 'data/"x".csv', 'data/<x>.csv',
    'data/x:stream.csv', 'data/$HOME.csv', 'data/`id`.csv', 'data/x;y.csv', 'data/x&y.csv', 'data/x\'y.csv', `data/${'x'.repeat(96)}`,
    `data/${'é'.repeat(48)}`, 'data/PATIENTS.csv', 'data/patients.csv/x.csv', 'Data/x.csv', 'license.MD', 'trust.json', '.git/config', '', '..', '.',
  ]; // biome-ignore format: one list
  it.each(names)('%j', async (name) => {
    for (const file of name.startsWith('data/')
      ? [name, 'attestations/'.concat(name.slice(5), '.intoto.json')]
      : [name]) {
      const isData = file.startsWith('data/');
      const chunks = `${file}.chunks`;
      const list = `${sha256Hex(dataBytes)}\n`;
      const files = new Map([...bundle, [file, dataBytes], ...(isData ? [[chunks, Buffer.from(list)] as const] : [])]);
      const signed = rewritten(files, ({ subject, predicate }) => {
        subject.push({ name: file, digest: { sha256: sha256Hex(dataBytes) } });
        if (!isData) return;
        subject.push({ name: chunks, digest: { sha256: sha256Hex(Buffer.from(list)) } });
        predicate.files.push({ name: file, bytes: dataBytes.length, records: 1, chunk: 1 << 20, chunks });
      });
      const answer = await answerTo(signed);
      // Where the dots and device names are harmless behind `.intoto.json` or in front of it, the name is one like any other.
      if (isData || name === '') expect(answer).toBe('PATH');
      else expect(['PATH', 'allow']).toContain(answer);
    }
  });

  it.each(['data/Größe (2).csv', 'data/日本.csv', 'data/a-b_c+d%20 e.csv', 'data/sub/x.csv', `data/${'x'.repeat(88)}`])(
    'but %j is taken',
    async (name) => expect(await answerTo(sampleBundle(new Map([[name, dataBytes]])))).toBe('allow'),
  );
});

describe('the files of a folder', () => {
  async function answerIn(change: (at: (name: string) => string) => unknown): Promise<string> {
    const root = mkdtempSync(join(tmpdir(), 'anon-attack-'));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const at = (name: string) => join(root, 'bundle', name);
    for (const [name, bytes] of bundle) {
      mkdirSync(dirname(at(name)), { recursive: true });
      writeFileSync(at(name), bytes);
    }
    await change(at);
    const { source, close } = await openBundle(at(''));
    try {
      const { code, decision } = await verifyBundle(source, options);
      return code ?? decision;
    } catch (error) {
      if (error instanceof Failure) return `${error.exit} ${error.code}`;
      throw error;
    } finally {
      await close();
    }
  }
  const moved = (from: string, to: string) => (at: (name: string) => string) => renameSync(at(from), at(to));

  const attacks: [string, string, (at: (name: string) => string) => unknown][] = [
    ['renamed by case', 'EXTRA', moved(dataName, 'data/Patients.csv')],
    ['one more', 'EXTRA', (at) => writeFileSync(at('data/more.csv'), '')],
    ['one more, hidden', 'EXTRA', (at) => writeFileSync(at('.hidden'), '')],
    ['one more, named by the system', 'EXTRA', (at) => writeFileSync(at('data/Thumbs.db'), '')],
    ['one more, with an escape sequence', 'EXTRA', (at) => writeFileSync(at('data/\u001b[2J'), '')],
    ['one more, no UTF-8', 'PATH', (at) => writeFileSync(Buffer.concat([Buffer.from(at('data/')), Buffer.of(0xff)]), '')],
    ['in a folder too deep', 'PATH', (at) => mkdirSync(at('data/a/b/c'), { recursive: true })],
    ['a folder of nothing', 'EXTRA', (at) => mkdirSync(at('data/empty'))],
    ['a hidden folder of nothing', 'EXTRA', (at) => mkdirSync(at('.git'))],
    ['one less', 'MISSING', (at) => rmSync(at('report.json'))],
    ['no envelope', 'MISSING', (at) => rmSync(at('license.intoto.json'))],
    ['a link in the place of a file', 'LINK', (at) => [renameSync(at(dataName), at('../x')), symlinkSync('../../x', at(dataName))]],
    ['a link within', 'LINK', (at) => symlinkSync('patients.csv', at('data/y.csv'))],
    ['a link to nowhere', 'LINK', (at) => symlinkSync('/nowhere', at('data/y.csv'))],
    ['a link in the place of the envelope', 'LINK', (at) => [renameSync(at('license.intoto.json'), at('../x')), symlinkSync('../x', at('license.intoto.json'))]],
    ['a link in the place of a folder', 'LINK', (at) => [renameSync(at('data'), at('../x')), symlinkSync('../x', at('data'))]],
    ['a link to the folder above', 'LINK', (at) => symlinkSync('..', at('data/up'))],
    ['a pipe', 'LINK', (at) => [rmSync(at(dataName)), execFileSync('mkfifo', [at(dataName)])]],
    ['a pipe in the place of the envelope', 'LINK', (at) => [rmSync(at('license.intoto.json')), execFileSync('mkfifo', [at('license.intoto.json')])]],
    ['a folder in the place of a file', 'EXTRA', (at) => [rmSync(at(dataName)), mkdirSync(at(dataName))]],
    ['of another size, with holes', 'DIGEST', (at) => truncateSync(at(dataName), 2 ** 40)],
    ['metadata of a terabyte of holes', 'LIMIT', (at) => truncateSync(at('report.json'), 2 ** 40)],
    ['an envelope of a terabyte of holes', 'LIMIT', (at) => truncateSync(at('license.intoto.json'), 2 ** 40)],
    ['cut short', 'DIGEST', (at) => truncateSync(at(dataName), 3)],
    ['emptied', 'DIGEST', (at) => truncateSync(at('report.json'), 0)],
    ['too many', 'LIMIT', (at) => { for (let i = 0; i < 10_001; i++) writeFileSync(at(`data/${i}`), ''); }],
    ['two swapped', 'DIGEST', (at) => [moved('report.json', 'x')(at), moved('datapackage.json', 'report.json')(at), moved('x', 'datapackage.json')(at)]],
  ]; // biome-ignore format: one list
  it.each(attacks)('%s: %s', async (_, code, change) => expect(await answerIn(change)).toBe(code));

  it('a socket: LINK', async () => {
    expect(
      await answerIn(async (at) => {
        const script = `require('net').createServer().listen(process.argv[1], () => console.log())`;
        const child = spawn(process.execPath, ['-e', script, at('data/s')], { stdio: ['ignore', 'pipe', 'ignore'] });
        onTestFinished(() => void child.kill('SIGKILL'));
        await new Promise((resolve) => child.stdout.once('data', resolve));
      }),
    ).toBe('LINK');
  });

  it.each<[string, (at: (name: string) => string) => unknown]>([
    ['hard links', (at) => linkSync(at(dataName), at('../other'))],
    [
      'two names of one file',
      (at) => [rmSync(at(dataName)), writeFileSync(at('../x'), dataBytes), linkSync(at('../x'), at(dataName))],
    ],
    ['read only', (at) => execFileSync('chmod', ['-R', 'a-w', at('')])],
    ['of other times', (at) => execFileSync('touch', ['-d', '1971-01-01', at(dataName)])],
  ])('%s are taken', async (_, change) => expect(await answerIn(change)).toBe('allow'));
});

describe('a tar', () => {
  const tar = packTar(bundle);
  const ofTar = async (bytes: Buffer): Promise<string> => {
    const source = tarBundle({ size: bytes.length, read: async (at, length) => bytes.subarray(at, at + length) });
    const { decision, code } = await verifyBundle(source, options);
    return code ?? decision;
  };
  const member = (name: string, bytes: Buffer | string, header = tarHeader(name, Buffer.byteLength(bytes))) =>
    Buffer.concat([header, Buffer.from(bytes), tarPadding(Buffer.byteLength(bytes))]);
  /** The first header with other bytes at an offset, and the checksum that goes with them. */
  const header = (offset: number, text: string | Buffer): Buffer => {
    const changed = Buffer.from(tar);
    Buffer.from(text).copy(changed, offset);
    changed.write('        ', 148);
    const sum = changed.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    changed.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return changed;
  };
  const behind = (block: Buffer) => Buffer.concat([tar.subarray(0, -1024), block, tarEnd]);
  const front = (block: Buffer) => Buffer.concat([block, tar]);
  const typed = (type: string, name: string, bytes: string) => {
    const block = Buffer.from(tarHeader(name, Buffer.byteLength(bytes)));
    block.write(type, 156);
    block.write('        ', 148);
    const sum = block.reduce((total, byte) => total + byte, 0);
    block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return member(name, bytes, block);
  };
  const reordered = (() => {
    const [first, second, ...rest] = [...bundle];
    return packTar(new Map([second!, first!, ...rest]));
  })();

  const attacks: [string, string, Buffer][] = [
    ['of nothing', 'TRUNCATED', Buffer.alloc(0)],
    ['of zeros', 'MISSING', tarEnd],
    ['of many zeros', 'ARCHIVE', Buffer.alloc(10_240)],
    ['that is no tar', 'ARCHIVE', Buffer.from('PK\u0003\u0004'.padEnd(2048, 'x'))],
    ['that is compressed', 'ARCHIVE', Buffer.from([0x1f, 0x8b, 8, ...Buffer.alloc(1021)])],
    ['without its end', 'TRUNCATED', tar.subarray(0, -1024)],
    ['with half of its end', 'TRUNCATED', tar.subarray(0, -512)],
    ['with less than a block at its end', 'TRUNCATED', tar.subarray(0, -1)],
    ['with a block behind its end', 'ARCHIVE', Buffer.concat([tar, Buffer.alloc(512)])],
    ['padded to a record', 'ARCHIVE', Buffer.concat([tar, Buffer.alloc(10_240 - (tar.length % 10_240))])],
    ['with another tar behind', 'ARCHIVE', Buffer.concat([tar, tar])],
    ['with a byte behind its end', 'ARCHIVE', Buffer.concat([tar, Buffer.of(0)])],
    ['with a file twice', 'ARCHIVE', behind(member('report.json', bundle.get('report.json')!))],
    ['with one file more', 'EXTRA', behind(member('attestations/x.intoto.json', ''))],
    ['with a file out of its place', 'ARCHIVE', behind(member('data/a.csv', ''))],
    ['with the envelope second', 'ARCHIVE', reordered],
    ['with a PAX header', 'ARCHIVE', front(typed('x', 'PaxHeader', '20 path=../../evil\n'))],
    ['with a global PAX header', 'ARCHIVE', front(typed('g', 'PaxHeader', '14 comment=x\n'))],
    ['with a long GNU name', 'ARCHIVE', front(typed('L', '././@LongLink', 'x'.repeat(200)))],
    ['with a symbolic link', 'ARCHIVE', behind(typed('2', 'data/x', ''))],
    ['with a hard link', 'ARCHIVE', behind(typed('1', 'data/x', ''))],
    ['with a device', 'ARCHIVE', behind(typed('3', 'data/x', ''))],
    ['with a folder', 'ARCHIVE', behind(typed('5', 'data/', ''))],
    ['with a pipe', 'ARCHIVE', behind(typed('6', 'data/x', ''))],
    ['with a sparse file', 'ARCHIVE', behind(typed('S', 'data/x', ''))],
    ['with an old type', 'ARCHIVE', header(156, '\0')],
    ['with another mode', 'ARCHIVE', header(100, '0000755\0')],
    ['with a set-uid mode', 'ARCHIVE', header(100, '0004755\0')],
    ['with an owner', 'ARCHIVE', header(108, '0001750\0')],
    ['with the name of an owner', 'ARCHIVE', header(265, 'root')],
    ['with a time', 'ARCHIVE', header(136, '14000000000\0')],
    ['with the name of a link', 'ARCHIVE', header(157, '/etc/passwd')],
    ['with a prefix', 'ARCHIVE', header(345, '../..')],
    ['of GNU', 'ARCHIVE', header(257, 'ustar  \0')],
    ['with a size in base 256', 'ARCHIVE', header(124, Buffer.from([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]))],
    ['with a size in spaces', 'ARCHIVE', header(124, '        100\0')],
    ['with a negative size', 'ARCHIVE', header(124, '-0000000001\0')],
    ['with the largest size', 'TRUNCATED', header(124, '77777777777\0')],
    ['with bytes behind the name', 'ARCHIVE', header(60, 'x')],
    ['with a device number', 'ARCHIVE', header(329, '0000001\0')],
    ['with bytes at the end of a header', 'ARCHIVE', header(500, 'x')],
    ['with another checksum', 'ARCHIVE', (() => { const t = Buffer.from(tar); t.write('000000\0 ', 148); return t; })()],
    ['with a checksum of spaces', 'ARCHIVE', (() => { const t = Buffer.from(tar); t.write(' ', 148); return t; })()],
    ['with a path upwards', 'PATH', behind(member('data/../../x', ''))],
    ['with an absolute path', 'PATH', behind(member('/etc/passwd', ''))],
    ['with an empty segment', 'PATH', behind(member('data//x', ''))],
    ['with ./', 'PATH', front(member('./license.intoto.json', ''))],
    ['with a back slash', 'PATH', behind(member('data\\x', ''))],
    ['with a name that is no UTF-8', 'ARCHIVE', header(0, Buffer.of(0xff))],
    ['with an escape sequence', 'PATH', behind(member('data/\u001b[2J', ''))],
    ['with bytes in the padding', 'ARCHIVE', (() => { const t = Buffer.from(tar); t[tar.length - 1024 - 1] = 1; return t; })()],
    ['with bytes in its end', 'ARCHIVE', (() => { const t = Buffer.from(tar); t[tar.length - 1] = 1; return t; })()],
  ]; // biome-ignore format: one list
  it.each(attacks)('%s: %s', async (_, code, bytes) => expect(await ofTar(bytes)).toBe(code));
  it('as anon writes it is taken', async () => expect(await ofTar(tar)).toBe('allow'));
});

describe('subjects and files', () => {
  it('are held against each other in both directions', async () => {
    expect(await answerTo(withFile('data/x.csv', ''))).toBe('EXTRA');
    expect(await answerTo(withFile('report.html', ''))).toBe('EXTRA');
    for (const name of bundle.keys())
      expect(await answerTo(new Map([...bundle].filter(([other]) => other !== name)))).toBe('MISSING');
    const twice = memoryBundle(bundle);
    const list = async () => [...(await twice.list()), ...(await twice.list()).slice(-1)];
    expect((await verifyBundle({ ...twice, list }, options)).code).toBe('EXTRA');
    const digests = (s: Json) => s.subject.map((one: Json) => one.digest);
    const swapped = rewritten(bundle, (s) => {
      const [a, b] = [
        s.subject.find((x: Json) => x.name === 'report.json'),
        s.subject.find((x: Json) => x.name === 'datapackage.json'),
      ];
      [a.digest, b.digest] = [b.digest, a.digest];
      expect(digests(s)).toHaveLength(5);
    });
    expect(await answerTo(swapped)).toBe('DIGEST');
  });
});

describe('a state', () => {
  it.runIf(process.getuid?.() === 0)('that belongs to somebody else is refused, by root too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'anon-attack-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    chownSync(folder, 12_345, 12_345);
    await expect(openState(folder)).rejects.toMatchObject({ code: 'STATE' });
  });
});
