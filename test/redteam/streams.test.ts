import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { policy } from '../cli/refused.ts';
import { binary, workspace } from '../cli/session.ts';

const use = ['--trust', 'issuer.pub', '--organization', 'urn:org:example', '--purpose', 'AcademicResearch'];

describe('attacks on what is written', () => {
  it('no more exports than the license counts, a full disk is seen, and no name acts on a terminal', {
    timeout: 200_000,
  }, async () => {
    const space = workspace();
    const at = (name: string) => join(space.dir, name);
    space.write('policy.yaml', policy.replace(/^( *)licensee:/m, '$1limits: { exports: 10 }\n$&'));
    space.write(
      'x.csv',
      `id,name,age,note\n${Array.from({ length: 2000 }, (_, i) => `p-${i},Name,30,some text\n`).join('')}`,
    );
    const applied = space.run(['apply', 'policy.yaml', 'x.csv', '--key', 'issuer.key', '--out', 'bundle']);
    expect(applied.status).toBe(0);
    const data = readFileSync(at('bundle/data/x.csv'));
    expect(data.length).toBeGreaterThan(16_384);

    // A file of at most 8 blocks of 1 KiB, as on a disk that is full behind them: enough for the log, and not for the data.
    const script = 'ulimit -f 8; "$0" "$@" > cut.csv';
    const full = spawnSync('bash', ['-c', script, process.execPath, binary, 'export', 'bundle', '--to', '-', ...use], {
      cwd: space.dir,
      env: { ...space.env, XDG_STATE_HOME: at('other') },
      encoding: 'utf8',
    });
    expect([full.status, full.stderr]).toEqual([2, expect.stringContaining('error[FILE-WRITE]')]);
    const shown = space.run(['audit', 'show', '--state', 'other/anon']);
    expect(shown.stdout).toContain('export aborted');
    expect(shown.stdout).not.toContain('complete');

    const runs = await Promise.all(
      Array.from({ length: 20 }, (_, i) => {
        const args = ['export', 'bundle', '--to', `out-${i}`, '--state', 'state', ...use];
        const child = spawn(process.execPath, [binary, ...args], { cwd: space.dir, env: space.env, stdio: 'ignore' });
        return new Promise<number | null>((resolve) => child.once('exit', resolve));
      }),
    );
    expect(runs.toSorted()).toEqual([...Array(10).fill(0), ...Array(10).fill(1)]);
    runs.forEach((status, i) => {
      if (status === 0) expect(readFileSync(at(`out-${i}/data/x.csv`)).equals(data)).toBe(true);
      else expect(existsSync(at(`out-${i}`))).toBe(false);
    });
    expect(readdirSync(space.dir).filter((name) => name.startsWith('.'))).toEqual([]);
    expect(space.run(['audit', 'verify', '--state', 'state'])).toMatchObject({ status: 0 });

    const name = 'no\u009b2J\u202e\u001b[2Jthing';
    for (const json of [[], ['--json']]) {
      const { status, stdout, stderr } = space.run(['verify', name, '--state', 'state', ...use, ...json]);
      expect(status).toBe(2);
      expect(stdout + stderr).toMatch(/^[\x20-\x7e\n]+$/);
    }
  });
});
