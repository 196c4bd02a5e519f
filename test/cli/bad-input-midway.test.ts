import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { expectRefused, header, policy, rows, withCanary } from './refused.ts';
import { binary, type RunResult, type Workspace, workspace } from './session.ts';

const apply = ['apply', 'policy.yaml', 'x.csv', '--key', 'issuer.key'];
const use = ['--trust', 'issuer.pub', '--organization', 'urn:org:example', '--purpose', 'AcademicResearch'];
const inputs = ['policy.yaml', 'x.csv'];
/** About 10 MB: some tenths of a second. */
const many = header + rows(300_000);

function prepared(data: string): Workspace {
  const space = workspace();
  space.write('policy.yaml', policy);
  space.write('x.csv', data);
  return space;
}

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<RunResult>;
}

function start(space: Workspace, args: readonly string[]): Started {
  const child = spawn(process.execPath, [binary, ...args], { cwd: space.dir, env: space.env });
  const parts: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] };
  child.stdin.on('error', () => {});
  for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (part: Buffer) => parts[name].push(part));
  const ended = once(child, 'close').then(([status]) => ({
    status,
    stdout: Buffer.concat(parts.stdout).toString(),
    stderr: Buffer.concat(parts.stderr).toString(),
  }));
  return { child, ended };
}

/** Write more to standard input than a pipe holds; what is left of it then says that the program is reading. */
async function halfway(child: ChildProcess): Promise<void> {
  if (!child.stdin!.write(header + rows(50_000))) await once(child.stdin!, 'drain');
}

/** The first moment at which something is being written beside the target; false when the process ended before. */
async function writing(space: Workspace, child: ChildProcess): Promise<boolean> {
  while (child.exitCode === null) {
    const folder = readdirSync(space.dir).find((name) => name.endsWith('.tmp'));
    if (folder !== undefined && existsSync(join(space.dir, folder, 'new'))) return true;
    await new Promise(setImmediate);
  }
  return false;
}

async function verified(space: Workspace): Promise<boolean> {
  return (await space.call(['verify', 'out', ...use])).status === 0;
}

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s', (signal) => {
  it('while standard input is read', async () => {
    const space = prepared('');
    const { child, ended } = start(space, [
      'apply',
      'policy.yaml',
      '--format',
      'csv',
      '--out',
      'out',
      ...apply.slice(3),
    ]);
    await halfway(child);
    child.kill(signal);
    expectRefused(space, inputs, await ended, { code: 'INTERRUPTED', says: 'nothing was written' });
  });
});

describe('SIGINT', () => {
  it.each([[['--out', 'out']], [['--tar', 'out']], [['--data-only', 'out', '--report', 'report.json']]])(
    'at any time: all or nothing (%s)',
    async (target) => {
      const space = prepared(many);
      for (const delay of [250, 500, 'writing'] as const) {
        const { child, ended } = start(space, [...apply, ...target]);
        if (delay === 'writing') await writing(space, child);
        else await Promise.race([sleep(delay), ended]);
        child.kill('SIGINT');
        const run = await ended;
        if (run.status === 0) break;
        // Before the program listens, the signal itself ends it.
        if (run.status !== null) expectRefused(space, inputs, run, { code: 'INTERRUPTED' });
        expect(space.files()).toEqual(inputs);
        expect(readdirSync(space.dir).filter((name) => name.endsWith('.tmp'))).toEqual([]);
      }
      if (existsSync(join(space.dir, 'out')) && target[0] !== '--data-only') expect(await verified(space)).toBe(true);
    },
  );
});

describe('SIGKILL', () => {
  it('while standard input is read: nothing is left', async () => {
    const space = prepared('');
    const { child, ended } = start(space, [
      'apply',
      'policy.yaml',
      '--format',
      'csv',
      '--out',
      'out',
      ...apply.slice(3),
    ]);
    await halfway(child);
    child.kill('SIGKILL');
    await ended;
    expect(space.files()).toEqual(inputs);
  });

  it('at any time: no source value is left, and no half output under its name', async () => {
    for (const delay of [300, 600, 'writing'] as const) {
      const space = prepared(many);
      const { child, ended } = start(space, [...apply, '--out', 'out']);
      if (delay === 'writing') await writing(space, child);
      else await Promise.race([sleep(delay), ended]);
      child.kill('SIGKILL');
      await ended;
      expect(withCanary(space, inputs)).toEqual([]);
      if (existsSync(join(space.dir, 'out'))) expect(await verified(space)).toBe(true);
      for (const name of readdirSync(space.dir)) {
        if (name.endsWith('.tmp')) expect(statSync(join(space.dir, name)).mode & 0o777).toBe(0o700);
      }
      space.write('x.csv', header + rows(10));
      expect((await space.call([...apply, '--out', 'out', '--replace'])).status).toBe(0);
    }
  });
});

describe('an input that changes while it is read', () => {
  const one = rows(1);
  const changes: Readonly<Record<string, (path: string, round: number) => void>> = {
    grows: (path) => appendFileSync(path, one),
    shrinks: (path) => truncateSync(path, statSync(path).size - one.length),
    'is written anew': (path, round) => {
      writeFileSync(path, many.slice(0, header.length), { flag: 'r+' });
      utimesSync(path, round, round);
    },
  };

  it.each(Object.entries(changes))('%s', async (_name, change) => {
    for (const target of [['--out', 'out'], ['--stdout']]) {
      const space = prepared(many);
      const { child, ended } = start(space, [...apply, ...target]);
      for (let round = 1; child.exitCode === null; round++) {
        change(join(space.dir, 'x.csv'), round);
        await sleep(2);
      }
      expectRefused(space, inputs, await ended, { code: 'DATA-CHANGED', at: 'x.csv' });
    }
  });

  it('is replaced: the one that was opened is what counts', async () => {
    const space = prepared(many);
    const { ended, child } = start(space, [...apply, '--stdout', '--quiet']);
    while (child.exitCode === null) {
      space.write('next.csv', header + rows(3));
      renameSync(join(space.dir, 'next.csv'), join(space.dir, 'x.csv'));
      await sleep(50);
      space.write('next.csv', many);
      renameSync(join(space.dir, 'next.csv'), join(space.dir, 'x.csv'));
      await sleep(50);
    }
    const { status, stdout } = await ended;
    expect(status).toBe(0);
    expect([4, 300_001]).toContain(stdout.split('\n').length - 1);
  });
});

describe('two runs to one target', () => {
  it.each([[['--out', 'out']], [['--tar', 'out']]])('one of them wins (%s)', async (target) => {
    const space = prepared(many);
    const runs = await Promise.all([1, 2].map(() => start(space, [...apply, ...target]).ended));
    const [loser] = runs.filter(({ status }) => status !== 0);
    expect(runs.filter(({ status }) => status === 0)).toHaveLength(1);
    expect(loser!.stderr).toContain('error[FILE-EXISTS]: exists already');
    expect(loser!.status).toBe(2);
    expect(readdirSync(space.dir).sort()).toEqual(
      [...inputs, 'issuer.key', 'issuer.pub', 'out', 'pseudonym.key'].sort(),
    );
    expect(await verified(space)).toBe(true);
  });

  it.each([[['--out', 'out']], [['--tar', 'out']]])('each may replace the other (%s)', async (target) => {
    const space = prepared(header + rows(50_000));
    const runs = await Promise.all([1, 2, 3].map(() => start(space, [...apply, ...target, '--replace']).ended));
    expect(runs.map(({ status }) => status)).toEqual([0, 0, 0]);
    expect(readdirSync(space.dir).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(await verified(space)).toBe(true);
  });
});

describe('what a failure leaves of what stood there', () => {
  it('everything', async () => {
    const space = prepared(header + rows(20));
    expect((await space.call([...apply, '--out', 'out', '--report', 'report.json'])).status).toBe(0);
    const old = readFileSync(join(space.dir, 'out/license.intoto.json'), 'utf8');
    const before = space.files();
    space.write('x.csv', `${header}${rows(20)}a,b\n`);
    const args = [...apply, '--out', 'out', '--report', 'report.json', '--replace'];
    const run = await space.call(args);
    expect(space.run(args)).toEqual(run);
    expectRefused(space, before, run, { code: 'DATA-RAGGED' });
    expect(readFileSync(join(space.dir, 'out/license.intoto.json'), 'utf8')).toBe(old);
    expect(await verified(space)).toBe(true);
  });
});
