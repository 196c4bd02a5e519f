import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { policy } from './refused.ts';
import { binary, type Workspace, workspace } from './session.ts';

const use = ['--trust', 'issuer.pub', '--organization', 'urn:org:example', '--purpose', 'AcademicResearch'];
const rows = (count: number) => Array.from({ length: count }, (_, i) => `p-${i},Name,30,some text\n`).join('');
const exported = (at: string) => ['LICENSE.md', 'data/x.csv', 'license.intoto.json'].map((name) => join(at, name));

describe('anon export', () => {
  let space: Workspace;
  const removals: (() => void)[] = [];
  afterAll(() => {
    for (const remove of removals) remove();
  });
  let data: Buffer;
  beforeAll(async () => {
    space = workspace((remove) => removals.push(remove));
    space.write('policy.yaml', policy);
    space.write('x.csv', `id,name,age,note\n${rows(90_000)}`);
    for (const target of [
      ['--out', 'bundle'],
      ['--tar', 'bundle.tar'],
    ]) {
      const { status, stderr } = await space.call(['apply', 'policy.yaml', 'x.csv', '--key', 'issuer.key', ...target]);
      expect([status, stderr]).toEqual([0, expect.anything()]);
    }
    data = readFileSync(join(space.dir, 'bundle/data/x.csv'));
    expect(data.length).toBeGreaterThan(3 << 20);
  });

  it('writes a directory, and replaces only what it wrote', async () => {
    const to = (target: string, ...more: string[]) => space.call(['export', 'bundle', '--to', target, ...use, ...more]);
    expect(await to('out')).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^out: data\/x\.csv, [\d,]+ bytes\n {2}license: urn:anon:license:[0-9a-f]{32}\n$/),
      stderr: '',
    });
    expect(space.files().filter((name) => name.startsWith('out/'))).toEqual(exported('out'));
    for (const name of exported('')) {
      expect(readFileSync(join(space.dir, 'out', name)).equals(readFileSync(join(space.dir, 'bundle', name)))).toBe(
        true,
      );
    }
    expect(await to('out')).toMatchObject({ status: 2, stderr: expect.stringContaining('error[FILE-EXISTS]') });
    const replaced = await to('out', '--replace', '--json');
    expect(replaced.status).toBe(0);
    expect(JSON.parse(replaced.stdout)).toMatchObject({ decision: 'allow', code: null });
    space.write('out/notes.txt', 'mine');
    expect((await to('out', '--replace')).stderr).toContain('holds something other than an earlier output');
    expect((await to('bundle/out')).stderr).toContain('error[USAGE]: lies inside the bundle');
  });

  it('writes to standard output: from a file, from a spool, and along a pipe', () => {
    const tar = readFileSync(join(space.dir, 'bundle.tar'));
    const tarData = tar.subarray(tar.indexOf('id,age'));
    for (const [bundle, ...more] of [['bundle.tar'], ['-'], ['-', '--pipe']] as const) {
      const run = space.run(['export', bundle!, '--to', '-', ...more, ...use], { input: tar });
      expect([run.status, run.stderr]).toEqual([0, expect.stringMatching(/^standard output: data\/x\.csv, /)]);
      expect(tarData.subarray(0, run.stdout.length).equals(Buffer.from(run.stdout))).toBe(true);
      expect(run.stdout.length).toBe(data.length);
    }
  });

  it('says no and leaves nothing', async () => {
    const before = space.files();
    const other = use.map((word) => (word === 'AcademicResearch' ? 'Marketing' : word));
    const refused = await space.call(['export', 'bundle', '--to', 'no', ...other]);
    expect(refused).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/FAIL {2}terms +TERMS: [\s\S]*\ndeny TERMS urn:/),
    });
    expect(space.files()).toEqual(before);
    expect(await space.call(['export', 'bundle', '--to', '-', '--json', '--trust', 'issuer.pub'])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('"decision": "deny"'),
    });
    // Nor is why there is no answer data.
    for (const more of [['--to', '-'], ['--to=-'], ['--to', '-', '--unknown']]) {
      expect(await space.call(['export', 'bundle', ...more, '--json', '--trust', 'no.pub'])).toMatchObject({
        status: 2,
        stdout: '',
        stderr: expect.stringContaining('"diagnostics"'),
      });
    }
    for (const args of [['bundle', '--to', '-', '--pipe'], ['bundle', '--to', '-', '--replace'], ['bundle']]) {
      expect(await space.call(['export', ...args, ...use])).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('error[USAGE]'),
      });
    }
  });

  it('releases the chunks before a wrong one, and exits 2 as the stream was cut short', () => {
    const tar = readFileSync(join(space.dir, 'bundle.tar'));
    const from = tar.indexOf('id,age');
    tar[from + (2 << 20) + 5]! ^= 1;
    const run = space.run(['export', '-', '--to', '-', '--pipe', ...use], { input: tar });
    expect(run).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/FAIL {2}digests +CHUNK: chunk 3 of data\/x\.csv/),
    });
    expect(run.stdout).toBe(tar.toString('utf8', from, from + (2 << 20)));
    const stored = space.run(['export', '-', '--to', '-', ...use], { input: tar });
    expect(stored).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('deny DIGEST') });
  });

  it('exits 2 when its reader goes away', () => {
    const script = `"$0" "$@" | head -c 1000 > head.txt; echo "\${PIPESTATUS[0]}"`;
    const args = [process.execPath, binary, 'export', 'bundle', '--to', '-', ...use];
    const { stdout, stderr } = spawnSync('bash', ['-c', script, ...args], { cwd: space.dir, encoding: 'utf8' });
    expect([stdout, stderr]).toEqual([
      '2\n',
      expect.stringContaining('error[FILE-WRITE]: nobody reads standard output'),
    ]);
    expect(readFileSync(join(space.dir, 'head.txt')).equals(data.subarray(0, 1000))).toBe(true);
  });

  it('logs its end when a signal ends it, which a kill does not', { timeout: 120_000 }, async () => {
    const tar = readFileSync(join(space.dir, 'bundle.tar'));
    const state = ['--state', 'signalled'];
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGKILL'] as const) {
      const args = ['export', '-', '--to', '-', '--pipe', ...use, ...state];
      const child = spawn(process.execPath, [binary, ...args], { cwd: space.dir, env: space.env });
      const exit = new Promise((resolve) => child.once('exit', (code, by) => resolve(code ?? by)));
      // Two chunks and a part of the third: it waits for more when the second has come out.
      child.stdin.write(tar.subarray(0, tar.indexOf('id,age') + (2 << 20) + 1000));
      let seen = 0;
      for await (const piece of child.stdout) {
        seen += piece.length;
        if (seen === 2 << 20) break;
      }
      child.kill(signal);
      expect(await exit).toBe(signal === 'SIGKILL' ? signal : 2);
    }
    const shown = JSON.parse((await space.call(['audit', 'show', '--json', ...state])).stdout);
    const ends = shown.entries.map(({ event }: { event: { type: string; outcome?: string; bytes?: number } }) =>
      [event.type, event.outcome, event.bytes].join(' ').trim(),
    );
    expect(ends).toEqual([
      'state-reset',
      'export-start',
      `export-end aborted ${2 << 20}`,
      'export-start',
      `export-end aborted ${2 << 20}`,
      'export-start',
    ]);
    const verified = await space.call(['audit', 'verify', ...state]);
    expect([verified.status, verified.stdout]).toEqual([
      0,
      expect.stringContaining('the export of entry 5: started, end unknown: it still runs, or was killed\n'),
    ]);
  });

  it('does not wait for a pipe that nobody writes to', async () => {
    execFileSync('mkfifo', [join(space.dir, 'fifo')]);
    expect(await space.call(['export', 'fifo', '--to', '-', ...use])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('fifo: error[FILE-READ]: is neither a directory nor a regular file'),
    });
  });

  it('leaves all or nothing under the name when it is killed', { timeout: 120_000 }, async () => {
    // A run to its end takes about this long here: kills fall before, into and behind the writing.
    const begun = performance.now();
    await space.call(['export', 'bundle', '--to', 'timed', ...use]);
    const whole = performance.now() - begun;
    const seen = { whole: 0, nothing: 0 };
    for (let i = 0; i < 8; i++) {
      const to = `killed-${i}`;
      const child = spawn(process.execPath, [binary, 'export', 'bundle', '--to', to, ...use], {
        cwd: space.dir,
        env: space.env,
        stdio: 'ignore',
      });
      const exit = new Promise((resolve) => child.once('exit', resolve));
      await Promise.race([exit, delay(whole * (0.6 + 0.08 * i))]);
      child.kill('SIGKILL');
      await exit;
      const path = join(space.dir, to);
      if (!existsSync(path)) seen.nothing++;
      else {
        seen.whole++;
        expect(space.files().filter((name) => name.startsWith(`${to}/`))).toEqual(exported(to));
        expect(readFileSync(join(path, 'data/x.csv')).equals(data)).toBe(true);
      }
    }
    expect(seen.whole + seen.nothing).toBe(8);
  });

  it('reads a bundle that was changed as another one', async () => {
    writeFileSync(join(space.dir, 'bundle/data/x.csv'), Buffer.concat([data.subarray(0, -2), Buffer.from('x\n')]));
    const before = space.files();
    expect(await space.call(['export', 'bundle', '--to', 'changed', ...use])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('deny DIGEST'),
    });
    expect(space.files()).toEqual(before);
  });
});
