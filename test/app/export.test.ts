import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exportToDirectory } from '../../src/app/export-directory.ts';
import type { Export, ExportHooks, ExportOutcome } from '../../src/app/export-parts.ts';
import { exportToStream } from '../../src/app/export-stream.ts';
import { Failure, fail } from '../../src/base/diagnostic.ts';
import { parseInstant } from '../../src/base/time.ts';
import { type BundleSource, memoryBundle } from '../../src/release/bundle-source.ts';
import { chunkBytes, createChunkDigest } from '../../src/release/chunks.ts';
import { pipedBundle } from '../../src/release/pipe.ts';
import { verifyBundle } from '../../src/release/verify.ts';
import { now, options, packTar, rewritten, sampleBundle } from '../release/sample.ts';

const name = 'data/large.csv';
const bytes = Buffer.alloc(4 * chunkBytes + 100, 'text and ');
const bundle = sampleBundle(new Map([[name, bytes]]));
const tar = packTar(bundle);
const end = parseInstant('2027-10-01T00:00:00Z')!;

interface Session {
  readonly outcome: ExportOutcome | Failure;
  /** What went to standard output. */
  readonly sent: Buffer;
  /** What the hooks saw, in order. */
  readonly log: readonly string[];
  /** Names in the folder of the target, and in the target. */
  readonly files: readonly string[];
}

interface Conditions {
  readonly to?: 'stdout' | 'directory';
  readonly source?: BundleSource;
  /** A tar that goes by. */
  readonly pipe?: Buffer;
  readonly file?: string;
  /** The time after so many chunks or files. */
  readonly clock?: (sent: number) => number;
  readonly refuse?: Partial<Record<'start' | 'recheck' | 'end', Failure>>;
  /** Reads so many chunks, then goes away. */
  readonly reads?: number;
}

async function session(conditions: Conditions): Promise<Session> {
  const folder = mkdtempSync(join(tmpdir(), 'anon-export-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const to = conditions.to === 'directory' ? join(folder, 'out') : '-';
  const sent: Buffer[] = [];
  const log: string[] = [];
  const hook = (what: 'start' | 'recheck' | 'end', ...more: (string | number)[]): void => {
    log.push([what, ...more].join(' '));
    const refusal = conditions.refuse?.[what];
    if (refusal !== undefined) throw refusal;
  };
  const hooks: ExportHooks = {
    start: async ({ statement }) => hook('start', statement.predicate.id.replace(/[0-9a-f]{32}$/, '…')),
    recheck: async () => hook('recheck'),
    end: async (_license, outcome, count) => hook('end', outcome, count),
    interrupt: (_license, count) => void log.push(`interrupted ${count}`),
  };
  const piped = conditions.pipe && pipedBundle(inPieces(conditions.pipe));
  const source = piped?.source ?? conditions.source ?? memoryBundle(bundle);
  const parts: Export = {
    request: {
      bundle: '',
      trust: '',
      use: {},
      context: undefined,
      to,
      file: conditions.file,
      pipe: piped !== undefined,
      replace: false,
    },
    source,
    verify: (contents) => verifyBundle(source, { ...options, contents }),
    began: now,
    hooks,
    terminal: {
      now: () => conditions.clock?.(sent.length) ?? now,
      async send(chunk) {
        if (sent.length === conditions.reads) return false;
        sent.push(Buffer.from(chunk));
        return true;
      },
    },
    thread: { start: createChunkDigest },
    end: piped?.end,
  };
  const run = to === '-' ? exportToStream : exportToDirectory;
  const outcome = await run(parts).catch((error) => {
    if (error instanceof Failure) return error;
    throw error;
  });
  return {
    outcome,
    sent: Buffer.concat(sent),
    log,
    files: readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort(),
  };
}

async function* inPieces(data: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < data.length; at += 65_536) yield data.subarray(at, at + 65_536);
}

/** The file changes once it has been verified. */
function changing(change: (data: Buffer) => Buffer): BundleSource {
  const { list, read } = memoryBundle(bundle);
  let readings = 0;
  return {
    list,
    async *read(of) {
      if (of === name && ++readings > 1) yield change(Buffer.from(bytes));
      else yield* read(of);
    },
  };
}

function flipped(data: Buffer, at: number): Buffer {
  data[at]! ^= 1;
  return data;
}

const start = 'start urn:anon:license:…';
const allowed = { answer: expect.objectContaining({ decision: 'allow' }), failure: undefined, cut: false };
const denied = (code: string) => expect.objectContaining({ decision: 'deny', code });

describe.each([
  ['from a store', {}],
  ['from a pipe', { pipe: tar }],
])('to standard output %s', (_, from) => {
  it('the file goes out, between start and end', async () => {
    const { outcome, sent, log } = await session(from);
    expect(outcome).toEqual({ ...allowed, bytes: bytes.length, files: [name] });
    expect(sent.equals(bytes)).toBe(true);
    expect(log).toEqual([start, `end complete ${bytes.length}`]);
  });

  it('nothing goes out when the start is refused', async () => {
    const { outcome, sent, log } = await session({ ...from, refuse: { start: fail('QUOTA', 'used up') } });
    expect(outcome).toMatchObject({ answer: denied('QUOTA'), cut: false, bytes: 0 });
    expect([sent.length, log]).toEqual([0, [start]]);
  });

  it('nothing goes out when the start cannot be logged at all', async () => {
    const { outcome, sent } = await session({ ...from, refuse: { start: fail('FILE-WRITE', 'no space left') } });
    const failure = outcome instanceof Failure ? outcome : outcome.failure;
    expect([failure?.code, sent.length]).toEqual(['FILE-WRITE', 0]);
  });

  it('is cut off when the license ends, to the millisecond', async () => {
    const { outcome, sent, log } = await session({ ...from, clock: (chunks) => end - 2 + chunks });
    expect(outcome).toMatchObject({ answer: denied('EXPIRED'), cut: true, bytes: 2 * chunkBytes, files: [] });
    expect(sent.length).toBe(2 * chunkBytes);
    expect(log.at(-1)).toBe(`end aborted ${2 * chunkBytes}`);
  });

  it('asks every ten seconds whether the license was revoked, and is cut off when it was', async () => {
    const clock = (chunks: number) => now + chunks * 6_000;
    const asked = await session({ ...from, clock });
    expect(asked.log).toEqual([start, 'recheck', 'recheck', `end complete ${bytes.length}`]);
    const { outcome, sent } = await session({ ...from, clock, refuse: { recheck: fail('REVOKED', 'revoked') } });
    expect(outcome).toMatchObject({ answer: denied('REVOKED'), cut: true });
    expect(sent.length).toBe(2 * chunkBytes);
  });

  it('is cut off when its reader goes away, which is no refusal', async () => {
    for (const reads of [0, 3]) {
      const { outcome, log } = await session({ ...from, reads });
      expect(outcome).toMatchObject({ cut: true, failure: { code: 'FILE-WRITE', exit: 2 } });
      expect(outcome instanceof Failure ? outcome : outcome.answer?.decision).not.toBe('deny');
      expect(log).toEqual([start, `end aborted ${reads * chunkBytes}`]);
    }
  });

  it('fails when the end cannot be logged', async () => {
    const { outcome } = await session({ ...from, refuse: { end: fail('AUDIT', 'not logged') } });
    expect(outcome).toMatchObject({ code: 'AUDIT' });
  });

  it('needs to know which of several files', async () => {
    const { outcome, log } = await session({ ...from, file: 'other.csv' });
    expect([outcome, log]).toMatchObject([{ code: 'USAGE' }, []]);
  });
});

describe('to standard output from a store that changes once it is verified', () => {
  it.each<[string, string, number, (data: Buffer) => Buffer]>([
    ['in its first byte', 'CHUNK', 0, (data) => flipped(data, 0)],
    ['in its third chunk', 'CHUNK', 2, (data) => flipped(data, 3 * chunkBytes - 1)],
    ['in its last byte', 'CHUNK', 4, (data) => flipped(data, data.length - 1)],
    ['in its length', 'TRUNCATED', 4, (data) => data.subarray(0, -1)],
    ['to nothing', 'TRUNCATED', 0, () => Buffer.alloc(0)],
  ])('%s: %s, with no byte of the chunk', async (_, code, chunks, change) => {
    const { outcome, sent, log } = await session({ source: changing(change) });
    expect(outcome).toMatchObject({ answer: denied(code), cut: chunks > 0, failure: { code } });
    expect(sent.equals(bytes.subarray(0, chunks * chunkBytes))).toBe(true);
    expect(log.at(-1)).toBe(`end ${chunks > 0 ? 'aborted' : 'failed'} ${sent.length}`);
  });
});

describe('to standard output from a pipe', () => {
  const first = tar.indexOf(bytes.subarray(0, 1000));

  it.each([0, chunkBytes - 1, chunkBytes, 3 * chunkBytes + 5])(
    'nothing goes out from the chunk on in which byte %d is another, or before which it ends',
    async (at) => {
      const whole = at - (at % chunkBytes);
      const changed = await session({ pipe: flipped(Buffer.from(tar), first + at) });
      expect(changed.outcome).toMatchObject({ answer: denied('CHUNK'), cut: whole > 0 });
      expect(changed.sent.equals(bytes.subarray(0, whole))).toBe(true);
      const ended = await session({ pipe: tar.subarray(0, first + at) });
      expect(ended.outcome).toMatchObject({ answer: denied('TRUNCATED'), cut: whole > 0 });
      expect(ended.sent.equals(bytes.subarray(0, whole))).toBe(true);
    },
  );

  it('what follows the data can still refuse, but not take back', async () => {
    for (const [pipe, code] of [
      [Buffer.concat([tar, Buffer.alloc(512)]), 'ARCHIVE'],
      [tar.subarray(0, -512), 'TRUNCATED'],
    ] as const) {
      const { outcome, sent, log } = await session({ pipe });
      expect(outcome).toMatchObject({ answer: denied(code), cut: false });
      expect(sent.equals(bytes)).toBe(true);
      expect(log).toEqual([start, `end failed ${bytes.length}`]);
    }
  });

  it('nothing goes out of a license that verify refuses for anything but its data', async () => {
    const parent = { id: `urn:anon:license:${'0'.repeat(32)}`, sha256: 'c'.repeat(64) };
    const files = rewritten(bundle, ({ predicate }) => predicate.lineage.parents.push(parent));
    const { outcome, sent, log } = await session({ pipe: packTar(files) });
    expect(outcome).toMatchObject({ answer: denied('DELEGATION') });
    expect([sent.length, log]).toEqual([0, []]);
  });
});

describe.each([
  ['from a store', {}],
  ['from a pipe', { pipe: tar }],
])('to a directory %s', (_, from) => {
  const conditions = { ...from, to: 'directory' } as const;

  it('data, license text and envelope come out', async () => {
    const { outcome, log, files } = await session(conditions);
    expect(outcome).toEqual({ ...allowed, bytes: bytes.length, files: [name] });
    expect(files).toEqual(['out', 'out/LICENSE.md', 'out/data', `out/${name}`, 'out/license.intoto.json']);
    expect(log).toEqual([start, `end complete ${bytes.length}`]);
  });

  it.each([
    ['the start is refused', { start: fail('QUOTA', 'used up') }, 'QUOTA', [start]],
    ['the license was revoked meanwhile', { recheck: fail('REVOKED', 'revoked') }, 'REVOKED', ['recheck']],
  ])('nothing is left when %s', async (_, refuse, code, expected) => {
    const clock = 'recheck' in refuse ? () => now + 10_000 : () => now;
    const { outcome, log, files } = await session({ ...conditions, refuse, clock });
    expect(outcome).toMatchObject({ answer: denied(code), failure: { code } });
    expect([log, files]).toEqual([expected, []]);
  });

  it('nothing is left when the license ended meanwhile', async () => {
    const { outcome, log, files } = await session({ ...conditions, clock: () => end });
    expect(outcome).toMatchObject({ answer: denied('EXPIRED') });
    expect([log, files]).toEqual([[], []]);
  });
});

describe('to a directory', () => {
  it('files are read once: what is written is what was digested', async () => {
    const { outcome } = await session({ to: 'directory', source: changing((data) => flipped(data, 0)) });
    expect(outcome).toEqual({ ...allowed, bytes: bytes.length, files: [name] });
  });

  it('nothing is left when a byte is another', async () => {
    const source = memoryBundle(new Map([...bundle, [name, flipped(Buffer.from(bytes), bytes.length - 1)]]));
    const { outcome, log, files } = await session({ to: 'directory', source });
    expect(outcome).toMatchObject({ answer: denied('DIGEST') });
    expect([log, files]).toEqual([[], []]);
  });

  it('nothing is left when somebody else has taken the name, and the export has failed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'anon-export-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const log: string[] = [];
    const source = memoryBundle(bundle);
    const parts: Export = {
      request: {
        bundle: '',
        trust: '',
        use: {},
        context: undefined,
        to: join(folder, 'out'),
        file: undefined,
        pipe: false,
        replace: false,
      },
      source,
      verify: (contents) => verifyBundle(source, { ...options, contents }),
      began: now,
      hooks: {
        async start() {
          mkdirSync(join(folder, 'out'));
          writeFileSync(join(folder, 'out', 'theirs'), 'x');
        },
        recheck: async () => {},
        end: async (_license, outcome, count) => void log.push(`${outcome} ${count}`),
        interrupt: () => {},
      },
      terminal: { now: () => now, send: async () => true },
      thread: { start: createChunkDigest },
      end: undefined,
    };
    await expect(exportToDirectory(parts)).rejects.toMatchObject({ code: 'FILE-EXISTS' });
    expect(log).toEqual(['failed 0']);
    expect(readdirSync(folder)).toEqual(['out']);
    expect(readFileSync(join(folder, 'out', 'theirs'), 'utf8')).toBe('x');
  });
});
