import { describe, expect, it } from 'vitest';
import { createProgress, type ProgressMode } from '../../src/cli/progress.ts';
import type { Terminal } from '../../src/io/terminal.ts';

/** A terminal of so many columns, or none, and a clock that stands still until it is told. */
function stage(mode: ProgressMode | undefined, columns: number | undefined) {
  const written: string[] = [];
  let now = 5_000;
  const plain: Terminal = {
    env: {},
    color: false,
    errColumns: () => columns,
    now: () => 0,
    out: async (text) => void written.push(`out:${text}`),
    send: async (bytes) => written.push(`sent:${bytes}`) > 0,
    err: (text) => void written.push(text),
    askSecret: async () => null,
  };
  const screen = createProgress(plain, () => now);
  if (mode !== undefined) screen.start(mode);
  return {
    screen,
    progress: screen.terminal.progress!,
    /** What was written since the last call. */
    seen: () => written.splice(0),
    wait: (ms: number) => {
      now += ms;
    },
  };
}

const erase = '\r\x1b[K';

describe('progress on a terminal', () => {
  it('shows nothing within the first second', () => {
    const { progress, seen, wait } = stage('usual', 80);
    progress.begin('reading', 1000);
    wait(999);
    progress.advance(500);
    progress.reached(7, 'records');
    expect(seen()).toEqual([]);
    wait(1);
    progress.advance(0);
    expect(seen()).toEqual(['\rreading   50 %  7 records  0.0 MB/s  1 s left\x1b[K']);
  });

  it('tells part, share, records, speed and time left', () => {
    const { progress, seen, wait } = stage('usual', 80);
    progress.begin('reading patients', 2_000_000_000);
    wait(4_000);
    progress.reached(1_234_567, 'records');
    progress.advance(500_000_000);
    expect(seen().at(-1)).toContain('\rreading patients    0 %  1,234,567 records');
    wait(100);
    progress.advance(0);
    expect(seen()).toEqual(['\rreading patients   25 %  1,234,567 records  122 MB/s  13 s left\x1b[K']);
    wait(400_000);
    progress.advance(0);
    expect(seen()[0]).toContain('1.2 MB/s  20 min 13 s left');
    wait(40_000_000);
    progress.advance(0);
    expect(seen()[0]).toContain('0.0 MB/s  33 h 40 min left');
  });

  it('is drawn no more than ten times a second', () => {
    const { progress, seen, wait } = stage('usual', 80);
    progress.begin('reading', 1e9);
    wait(1000);
    for (let i = 0; i < 1000; i++) {
      wait(1);
      progress.advance(1000);
      progress.reached(i, 'records');
    }
    expect(seen().length).toBe(10);
  });

  it('shows a part at once when another was shown', () => {
    const { progress, seen, wait } = stage('usual', 80);
    progress.begin('reading', 10);
    wait(1500);
    progress.advance(10);
    seen();
    progress.begin('searching');
    progress.reached(3, 'choices');
    expect(seen()).toEqual(['\rsearching\x1b[K']);
    wait(100);
    progress.reached(4, 'choices');
    expect(seen()).toEqual(['\rsearching  4 choices\x1b[K']);
  });

  it('fits the line, whatever stands in a name', () => {
    const { progress, seen, wait } = stage('usual', 20);
    wait(1000);
    progress.begin(`reading ${'名'.repeat(30)}\x1b[2J`, 100);
    expect(seen()).toEqual(['\rreading 名名名名名…\x1b[K']);
  });

  it('makes way for what is written, and for the end', async () => {
    const { screen, progress, seen, wait } = stage('usual', 80);
    wait(1000);
    progress.begin('reading');
    seen();
    screen.terminal.err('a warning\n');
    expect(seen()).toEqual([erase, 'a warning\n']);
    wait(100);
    progress.advance(1);
    seen();
    await screen.terminal.out('result\n');
    expect(seen()).toEqual([erase, 'out:result\n']);
    wait(100);
    progress.advance(1);
    seen();
    await screen.terminal.send(Buffer.from('data\n'));
    expect(seen()).toEqual([erase, 'sent:data\n']);
    wait(100);
    progress.advance(1);
    seen();
    screen.stop();
    expect(seen()).toEqual([erase]);
    wait(10_000);
    progress.advance(1);
    expect(seen()).toEqual([]);
  });
});

describe('progress elsewhere', () => {
  it('is a line every ten seconds, if details were asked for', () => {
    const { progress, seen, wait } = stage('verbose', undefined);
    progress.begin('reading', 100e6);
    for (let i = 0; i < 250; i++) {
      wait(100);
      progress.advance(200_000);
    }
    expect(seen()).toEqual(['reading   20 %  2.0 MB/s  40 s left\n', 'reading   40 %  2.0 MB/s  30 s left\n']);
  });

  it.each([
    ['usual', undefined],
    ['quiet', undefined],
    ['quiet', 80],
    [undefined, 80],
  ] as const)('is silent: %s, %s columns', (mode, columns) => {
    const { screen, progress, seen, wait } = stage(mode, columns);
    progress.begin('reading', 100);
    wait(60_000);
    progress.advance(50);
    screen.stop();
    expect(seen()).toEqual([]);
  });
});
