import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fail } from '../../src/base/diagnostic.ts';
import { auditSize, openAuditLog, readAuditLines } from '../../src/io/audit-log.ts';
import type { AuditEntry } from '../../src/release/audit/log.ts';
import { verifyLog } from '../../src/release/audit/verify.ts';
import { exported, license, sampleLines, start } from '../release/audit/logs.ts';

const writer = fileURLToPath(new URL('./audit-writer.mjs', import.meta.url));

function newFolder(): string {
  const root = mkdtempSync(join(tmpdir(), 'anon-audit-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return join(root, 'state', 'audit');
}

const open = (folder: string) => openAuditLog(folder, { now: () => start, otherState: false });

async function entriesOf(folder: string): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  const { problems } = verifyLog(readAuditLines(folder), [], (entry) => entries.push(entry));
  expect(problems).toEqual([]);
  return entries;
}

const pathOf = (folder: string, seq: number): string =>
  join(folder, 'entries', String(Math.floor(seq / 1000)).padStart(6, '0'), `${String(seq).padStart(9, '0')}.json`);

/** A log of so many entries, written without waiting for the disk. */
function filled(size: number): string {
  const folder = newFolder();
  sampleLines(size).forEach((line, seq) => {
    mkdirSync(dirname(pathOf(folder, seq)), { recursive: true, mode: 0o700 });
    writeFileSync(pathOf(folder, seq), line);
  });
  return folder;
}

describe('an audit log', () => {
  it('comes into being with its first entry, for its owner alone, and says that it begins', async () => {
    const folder = newFolder();
    const log = await open(folder);
    expect(auditSize(folder)).toBe(0);
    expect(await log.append(() => exported('u1'))).toMatchObject({ seq: 1, time: '2026-12-01T00:00:00Z' });
    expect((await entriesOf(folder)).map(({ event }) => event.type)).toEqual(['state-reset', 'export-start']);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(pathOf(folder, 1)).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['entries']);
  });

  it('that was removed while other state stayed says so', async () => {
    const folder = newFolder();
    const log = await openAuditLog(folder, { now: () => start, otherState: true });
    await log.append(() => exported('u1'));
    expect((await entriesOf(folder))[0]).toMatchObject({ event: { type: 'state-reset', otherState: true } });
    // And one that is removed under a process that holds it open: the entry that did not get in is told, the next begins anew.
    renameSync(folder, `${folder}.old`);
    await expect(log.append(() => exported('u2'))).rejects.toMatchObject({ code: 'AUDIT' });
    expect(await log.append(() => exported('u2'))).toMatchObject({ seq: 1 });
  });

  it.each([1, 2, 49, 50, 51, 99, 100, 1000, 1001])('of %i entries is counted and gone on with', async (size) => {
    const folder = filled(size);
    const log = await open(folder);
    const entry = await log.append((view) => {
      expect(view).toMatchObject({ size, latest: start + (size - 1) * 60_000 });
      expect(view.counted(license).exports).toBe(size - 1);
      expect(view.counted(license).users.size).toBe(Math.min(7, size - 1));
      return exported('new');
    });
    expect(entry.seq).toBe(size);
    expect(await entriesOf(folder)).toHaveLength(size + 1);
  });

  it('takes several entries at once from one process, and none where none was made', async () => {
    const folder = newFolder();
    const log = await open(folder);
    const refusal = log.append(() => {
      throw fail('QUOTA', 'used up');
    });
    const entries = Promise.all(['a', 'b', 'c'].map((user) => log.append(() => exported(user))));
    await expect(refusal).rejects.toMatchObject({ code: 'QUOTA' });
    expect((await entries).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(await entriesOf(folder)).toHaveLength(4);
  });

  it('makes an event again when another process was faster, by the log as it then stands', async () => {
    const folder = filled(2);
    const counted: number[] = [];
    const entry = await (await open(folder)).append((view) => {
      counted.push(view.counted(license).exports);
      // What another process adds in between.
      if (counted.length === 1) writeFileSync(pathOf(folder, 2), sampleLines(3)[2]!);
      return exported('u3');
    });
    expect(counted).toEqual([1, 2]);
    expect(entry.seq).toBe(3);
    expect(await entriesOf(folder)).toHaveLength(4);
  });

  it('that cannot be written is a refusal, which says what to do', async () => {
    const folder = newFolder();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'entries'), '');
    await expect((await open(folder)).append(() => exported('u1'))).rejects.toMatchObject({
      code: 'AUDIT',
      exit: 1,
      diagnostics: [{ message: expect.stringContaining('cannot be kept'), hint: expect.stringContaining('--state') }],
    });
  });

  it('leaves nothing behind, and removes what others have left that died a day ago', async () => {
    const folder = filled(1000);
    const [old, fresh] = [join(folder, '.0011.new'), join(folder, '.2233.new')];
    for (const path of [old, fresh]) writeFileSync(path, 'half');
    utimesSync(old, 1, 1);
    await (await open(folder)).append(() => exported('u1'));
    expect(readdirSync(folder).sort()).toEqual(['.2233.new', 'entries']);
  });
});

describe('a log that is not as it was written', () => {
  const append = async (folder: string) => (await open(folder)).append(() => exported('u1'));

  it.each([
    ['is missing', 70, (path: string) => rmSync(path)],
    [
      'was changed',
      70,
      (path: string) => writeFileSync(path, readFileSync(path, 'utf8').replace('AcademicResearch', 'academicResearch')),
    ],
    ['was cut off', 70, (path: string) => truncateSync(path, 100)],
    ['is a link', 70, (path: string) => [renameSync(path, `${path}.old`), symlinkSync(`${path}.old`, path)]],
    ['is not a file of an entry', 70, (path: string) => [rmSync(path), mkdirSync(path)]],
    ['was changed', 50, (path: string) => writeFileSync(path, '{}\n')],
    ['was changed', 79, (path: string) => writeFileSync(path, readFileSync(path, 'utf8').replace('DE', 'FR'))],
  ])('as an entry %s (%i) is neither gone on with nor verified', async (what, seq, damage) => {
    const folder = filled(80);
    damage(pathOf(folder, seq));
    const { problems } = verifyLog(readAuditLines(folder), []);
    expect(problems).toMatchObject([{ code: 'AUDIT', message: `entry ${seq} of the audit log ${what}` }]);
    await expect(append(folder)).rejects.toMatchObject({ code: 'AUDIT', message: problems[0]!.message });
    expect(
      readdirSync(join(folder, 'entries', '000000')).filter((name) => name.endsWith('.json')).length,
    ).toBeLessThanOrEqual(80);
  });

  it.each([
    ['cut short', 1, (line: Buffer) => line.subarray(0, 40)],
    ['cut short', 79, (line: Buffer) => line.subarray(0, line.length - 1)],
    ['empty', 79, () => Buffer.alloc(0)],
    ['zeros', 50, (line: Buffer) => Buffer.alloc(line.length)],
    [
      'zeros from somewhere on',
      99,
      (line: Buffer) => Buffer.concat([line.subarray(0, 200), Buffer.alloc(line.length - 200)]),
    ],
  ])('as its last entry is %s (%i) goes on and says so', async (_, seq, damage) => {
    const folder = filled(seq + 1);
    const path = pathOf(folder, seq);
    const left = damage(readFileSync(path));
    writeFileSync(path, left);
    const entry = await append(folder);
    expect(entry.seq).toBe(seq + 2);
    const entries = await entriesOf(folder);
    expect(entries.map((one) => one.seq)).not.toContain(seq);
    expect(entries.at(-2)).toMatchObject({ seq: seq + 1, event: { type: 'recovered', entries: [{ seq }] } });
    // What is left of it stays.
    expect(readFileSync(path)).toEqual(left);
    // Until the log is long, and counts on from there.
    const log = await open(folder);
    await log.append((view) => {
      expect(view.counted(license).exports).toBe(seq - 1 + 1 + 1);
      return exported('u1');
    });
  });

  it('twice in a row, across where counts are held, goes on too', async () => {
    const folder = filled(51);
    truncateSync(pathOf(folder, 50), 3);
    await append(folder);
    truncateSync(pathOf(folder, 52), 3);
    truncateSync(pathOf(folder, 51), 3);
    const entry = await append(folder);
    expect(entry.seq).toBe(54);
    expect((await entriesOf(folder)).at(-2)).toMatchObject({
      event: { type: 'recovered', entries: [{ seq: 50 }, { seq: 51 }, { seq: 52 }] },
    });
  });
});

describe('processes that write at once', () => {
  /** Each process's numbers, and how often it was refused. */
  async function written(processes: number, args: readonly string[]): Promise<{ seqs: number[]; refused: number }[]> {
    const outputs = Array.from({ length: processes }, async () => {
      const { status, output } = await writing(args);
      expect(status).toBe(0);
      const lines = output.trimEnd().split('\n');
      return { seqs: lines.slice(0, -1).map(Number), refused: Number(lines.at(-1)!.replace('refused ', '')) };
    });
    return Promise.all(outputs);
  }

  it('make one chain of all their entries', async () => {
    const folder = newFolder();
    const all = await written(8, [folder, '12']);
    const seqs = all.flatMap((one) => one.seqs).sort((a, b) => a - b);
    expect(seqs).toEqual(Array.from({ length: 96 }, (_, i) => i + 1));
    const entries = await entriesOf(folder);
    expect(entries).toHaveLength(97);
    expect(entries.filter(({ event }) => event.type === 'state-reset')).toHaveLength(1);
    expect(new Set(entries.map(({ event }) => (event.type === 'export-start' ? event.use.user : ''))).size).toBe(9);
    expect(readdirSync(folder)).toEqual(['entries']);
  });

  it('start as many exports as the license allows, and not one more', async () => {
    const folder = newFolder();
    const all = await written(8, [folder, '1', '4']);
    expect(all.flatMap(({ seqs }) => seqs)).toHaveLength(4);
    expect(all.reduce((sum, { refused }) => sum + refused, 0)).toBe(4);
    const starts = (await entriesOf(folder)).filter(({ event }) => event.type === 'export-start');
    expect(starts).toHaveLength(4);
  });

  it('may be killed at any moment: the log verifies, and holds every entry that was told', async () => {
    const folder = newFolder();
    const told: number[] = [];
    for (const delay of [0, 3, 11, 29, 47, 83]) {
      const { output } = await writing([folder, '100000'], delay);
      // The last line may have been cut off with the process.
      told.push(...output.split('\n').slice(0, -1).map(Number));
      const seqs = new Set((await entriesOf(folder)).map(({ seq }) => seq));
      expect(told.filter((seq) => !seqs.has(seq))).toEqual([]);
    }
    expect(told.length).toBeGreaterThan(6);
    expect(new Set(told).size).toBe(told.length);
  });

  /** Runs a writer to its end, or kills it so many milliseconds after its first word. */
  async function writing(
    args: readonly string[],
    killAfterMs?: number,
  ): Promise<{ status: number | null; output: string }> {
    const child = spawn(process.execPath, [writer, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (text) => {
      if (output === '' && killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfterMs);
      output += text;
    });
    const [status] = await once(child, 'close');
    return { status, output };
  }
});
