import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { expectRefused, header, policy, type Refusal, rows } from './refused.ts';
import { binary, type RunOptions, type RunResult, type Workspace, workspace } from './session.ts';

const data = header + rows(20);
const apply = ['apply', 'policy.yaml', 'x.csv'];
const key = ['--key', 'issuer.key'];
const bundle = [...apply, ...key, '--out', 'bundle'];

function prepared(): Workspace {
  const space = workspace();
  space.write('policy.yaml', policy);
  space.write('x.csv', data);
  return space;
}

type Case = readonly [
  args: readonly string[],
  refusal: Refusal,
  options?: RunOptions & { setUp?(space: Workspace): void },
];

describe.each(
  Object.entries<Readonly<Record<string, Case>>>({
    'command line': {
      'no command': [[], { code: 'USAGE', says: 'commands: init, apply' }],
      'an unknown command': [['aply', ...apply.slice(1)], { code: 'USAGE', says: 'did you mean apply' }],
      'half a command': [['keys'], { code: 'USAGE', says: 'keys generate' }],
      'an unknown option': [[...bundle, '--tarr', 'x'], { code: 'USAGE', says: 'did you mean --tar' }],
      'an option twice': [[...bundle, '--out', 'other'], { code: 'USAGE', says: "'--out <dir>' is given twice" }],
      'an option without its value': [[...apply, '--out'], { code: 'USAGE', says: 'argument missing' }],
      'an option from an unset variable': [
        [...apply, ...key, '--out', '', '--replace'],
        { code: 'USAGE', says: 'is empty' },
      ],
      'an argument from an unset variable': [
        ['apply', '', 'x.csv', '--out', 'b'],
        { code: 'USAGE', says: "'policy' is empty" },
      ],
      'an argument too many': [['schema', 'policy', 'more'], { code: 'USAGE', says: 'too many arguments' }],
      'an input too many': [[...bundle, 'more'], { code: 'FILE-MISSING', says: 'more: error' }],
      'no output': [apply, { code: 'USAGE', says: 'say where the output goes' }],
      'two outputs': [[...bundle, '--tar', 'b.tar'], { code: 'USAGE', says: 'one place' }],
      'report and output in one': [[...bundle, '--report', './bundle'], { code: 'USAGE', says: 'the same name' }],
      'an unknown format': [[...bundle, '--format', 'cvs'], { code: 'DATA-FORMAT', says: 'did you mean `csv`' }],
      'no format': [
        ['apply', 'policy.yaml', ...key, '--out', 'b'],
        { code: 'DATA-FORMAT', says: '--format' },
        { input: data },
      ],
      'a meaningless SOURCE_DATE_EPOCH': [
        bundle,
        { code: 'USAGE', says: 'SOURCE_DATE_EPOCH' },
        { env: { SOURCE_DATE_EPOCH: 'yesterday' } },
      ],
    },
    input: {
      'no policy': [['apply', 'no.yaml', 'x.csv', ...key, '--out', 'b'], { code: 'FILE-MISSING', at: 'no.yaml' }],
      'a policy that is a directory': [['apply', '.', 'x.csv', ...key, '--out', 'b'], { code: 'FILE-READ', at: '.' }],
      'no data': [['apply', 'policy.yaml', 'no.csv', ...key, '--out', 'b'], { code: 'FILE-MISSING', at: 'no.csv' }],
      'data that is a directory': [['apply', 'policy.yaml', '.', ...key, '--out', 'b'], { code: 'FILE-READ', at: '.' }],
      'data that is a device': [
        ['apply', 'policy.yaml', '/dev/zero', ...key, '--out', 'b'],
        { code: 'FILE-READ', at: '/dev/zero', says: 'not a regular file' },
      ],
      'a pipe that nobody writes to': [
        ['apply', 'policy.yaml', 'pipe', ...key, '--out', 'b'],
        { code: 'FILE-READ', at: 'pipe', says: 'on standard input' },
        { setUp: ({ dir }) => void spawnSync('mkfifo', [join(dir, 'pipe')]) },
      ],
      'nothing on standard input': [
        ['apply', 'policy.yaml', '--format', 'csv', ...key, '--out', 'b'],
        { code: 'DATA-EMPTY', at: 'standard input' },
        { input: '' },
      ],
      'no folder for temporary files': [
        ['apply', 'policy.yaml', '--format', 'csv', ...key, '--out', 'b'],
        { code: 'FILE-MISSING', at: '/no/folder' },
        { input: data, env: { TMPDIR: '/no/folder' } },
      ],
      'unlisted fields kept without saying so': [
        bundle,
        { code: 'POLICY-MEANING', at: 'policy.yaml:17:23', says: '--allow-unlisted' },
        { setUp: (space) => space.write('policy.yaml', `${policy}defaults: { unlisted: keep }\n`) },
      ],
    },
    keys: {
      'no key': [[...apply, '--out', 'b'], { code: 'KEY-MISSING', says: 'anon keys generate' }],
      'a key that is not there': [[...apply, '--out', 'b', '--key', 'no.key'], { code: 'KEY-MISSING', at: 'no.key' }],
      'ANON_SIGNING_KEY that is not there': [
        [...apply, '--out', 'b'],
        { code: 'KEY-MISSING', at: 'no.key' },
        { env: { ANON_SIGNING_KEY: 'no.key' } },
      ],
      'output.sign that is not there': [
        [...apply, '--out', 'b'],
        { code: 'KEY-MISSING', says: 'no.key' },
        { setUp: (space) => space.write('policy.yaml', `${policy}output: { sign: { file: ./no.key } }\n`) },
      ],
      'output.sign in an unset variable': [
        [...apply, '--out', 'b'],
        { code: 'KEY-MISSING', says: 'variable NO_SUCH_KEY' },
        { setUp: (space) => space.write('policy.yaml', `${policy}output: { sign: { env: NO_SUCH_KEY } }\n`) },
      ],
      'a key that others can read': [
        bundle,
        { code: 'KEY-PERMISSIONS', at: 'issuer.key', says: 'chmod 600' },
        { setUp: ({ dir }) => chmodSync(join(dir, 'issuer.key'), 0o644) },
      ],
      'a pseudonym key that others can read': [
        bundle,
        { code: 'KEY-PERMISSIONS', says: 'pseudonym.key' },
        { setUp: ({ dir }) => chmodSync(join(dir, 'pseudonym.key'), 0o640) },
      ],
      'a public key': [[...apply, '--out', 'b', '--key', 'issuer.pub'], { code: 'KEY-FORMAT', at: 'issuer.pub' }],
      'a key that is a directory': [[...apply, '--out', 'b', '--key', '.'], { code: 'FILE-READ', at: '.' }],
      'data as the key': [
        [...apply, '--out', 'b', '--key', 'x.csv'],
        { code: 'KEY-FORMAT', at: 'x.csv' },
        { setUp: ({ dir }) => chmodSync(join(dir, 'x.csv'), 0o600) },
      ],
      'a pseudonym key that is too short': [
        bundle,
        { code: 'KEY-FORMAT', says: 'pseudonym.key' },
        { setUp: (space) => space.write('pseudonym.key', 'short') },
      ],
      'a pseudonym key in an unset variable': [
        bundle,
        { code: 'KEY-MISSING', says: 'variable NO_SUCH_KEY' },
        { setUp: (space) => space.write('policy.yaml', policy.replace('file: ./pseudonym.key', 'env: NO_SUCH_KEY')) },
      ],
      'a program for a key, without leave': [
        bundle,
        { code: 'KEY-MISSING', says: '--allow-exec' },
        { setUp: (space) => space.write('policy.yaml', policy.replace('file: ./pseudonym.key', 'exec: [touch, ran]')) },
      ],
      'a program for a key that fails': [
        [...bundle, '--allow-exec'],
        { code: 'KEY-MISSING', says: 'the program failed' },
        { setUp: (space) => space.write('policy.yaml', policy.replace('file: ./pseudonym.key', 'exec: ["false"]')) },
      ],
    },
    output: {
      'a directory that exists': [
        bundle,
        { code: 'FILE-EXISTS', at: 'bundle', says: '--replace' },
        { setUp: ({ dir }) => mkdirSync(join(dir, 'bundle')) },
      ],
      'a tar that exists': [
        [...apply, ...key, '--tar', 'x.tar'],
        { code: 'FILE-EXISTS', at: 'x.tar' },
        { setUp: (space) => space.write('x.tar', 'mine') },
      ],
      'a report that exists': [
        [...bundle, '--report', 'report.json'],
        { code: 'FILE-EXISTS', at: 'report.json' },
        { setUp: (space) => space.write('report.json', 'mine') },
      ],
      'a file in place of the directory': [
        [...bundle, '--replace'],
        { code: 'FILE-EXISTS', says: 'no directory' },
        { setUp: (space) => space.write('bundle', 'mine') },
      ],
      'a directory in place of the tar': [
        [...apply, ...key, '--tar', 'x.tar', '--replace'],
        { code: 'FILE-EXISTS', says: 'no regular file' },
        { setUp: ({ dir }) => mkdirSync(join(dir, 'x.tar')) },
      ],
      'a device': [[...apply, ...key, '--tar', '/dev/full', '--replace'], { code: 'FILE-EXISTS', at: '/dev/full' }],
      'a folder that is not there': [
        [...apply, ...key, '--out', 'no/bundle'],
        { code: 'FILE-MISSING', says: 'make it first' },
      ],
      'a folder that is a file': [
        [...apply, ...key, '--out', 'x.csv/bundle'],
        { code: 'FILE-WRITE', says: 'not a directory' },
      ],
      'a folder for the report that is not there': [[...bundle, '--report', 'no/r.json'], { code: 'FILE-MISSING' }],
      'the data itself': [
        [...apply, ...key, '--tar', 'x.csv', '--replace'],
        { code: 'FILE-EXISTS', says: 'what the run reads' },
      ],
      'the data by another name': [
        [...apply, ...key, '--tar', 'here/x.csv', '--replace'],
        { code: 'FILE-EXISTS', says: 'what the run reads' },
        { setUp: ({ dir }) => symlinkSync(dir, join(dir, 'here')) },
      ],
      'the policy, as the report': [[...bundle, '--report', 'policy.yaml', '--replace'], { code: 'FILE-EXISTS' }],
      'the signing key': [[...apply, ...key, '--tar', 'issuer.key', '--replace'], { code: 'FILE-EXISTS' }],
      'the folder of the data': [
        [...apply, ...key, '--out', '.', '--replace'],
        { code: 'FILE-EXISTS', says: 'which the run reads' },
      ],
      "somebody else's folder": [
        [...bundle, '--replace'],
        { code: 'FILE-EXISTS', says: 'other than an earlier output' },
        { setUp: (space) => space.write('bundle/thesis.doc', 'mine') },
      ],
      'a bundle with something added': [
        [...bundle, '--replace'],
        { code: 'FILE-EXISTS', says: 'other than an earlier output' },
        {
          setUp(space) {
            space.write('bundle/license.intoto.json', '{}');
            space.write('bundle/thesis.doc', 'mine');
          },
        },
      ],
      'JSON and data on one stream': [[...apply, '--stdout', '--json'], { code: 'USAGE', says: 'standard output' }],
    },
  }),
)('%s', (_, cases) => {
  it.each(Object.entries(cases))('%s', async (_name, [args, refusal, { setUp, ...options } = {}]) => {
    const space = prepared();
    setUp?.(space);
    const before = space.files();
    const json = args.includes('--json');
    const run = options.input === undefined ? await space.call(args, options) : space.run(args, options);
    // Where data would stand there is nothing else.
    if (json && args.includes('--stdout')) expect(run.stdout).toBe('');
    const said = run.stdout === '' ? run.stderr : run.stdout;
    expectRefused(space, before, json ? { ...run, stdout: '', stderr: told(said) } : run, refusal);
    for (const name of before) if (name === 'x.tar' || name === 'report.json') expect(read(space, name)).toBe('mine');
  });
});

describe('keys with a passphrase', () => {
  it('opens them with the right one alone', async () => {
    const space = prepared();
    for (const [name, text] of Object.entries({ right: 'correct horse\n', wrong: 'battery\n', empty: '' })) {
      chmodSync(space.write(name, text), 0o600);
    }
    chmodSync(space.write('wide', 'correct horse\n'), 0o644);
    expect((await space.call(['keys', 'generate', 'locked.key', '--passphrase-file', 'right'])).status).toBe(0);
    const before = space.files();
    const args = [...apply, '--key', 'locked.key', '--out', 'bundle'];
    const refused = async (file: string | undefined, refusal: Refusal) => {
      const run = await space.call([...args, ...(file === undefined ? [] : ['--passphrase-file', file])]);
      expectRefused(space, before, run, refusal);
      expect(run.stderr).not.toMatch(/horse|battery/);
    };
    await refused('wrong', { code: 'KEY-PASSPHRASE', at: 'locked.key' });
    await refused('empty', { code: 'KEY-PASSPHRASE', at: 'empty' });
    await refused('wide', { code: 'KEY-PERMISSIONS', at: 'wide' });
    await refused('none', { code: 'KEY-MISSING', at: 'none' });
    const env = { ANON_PASSPHRASE_FILE: 'right', ANON_SIGNING_KEY: 'locked.key' };
    expect(await space.call([...apply, '--out', 'bundle'], { env })).toMatchObject({ status: 0, stdout: '' });
  });

  it('says that nobody can be asked', () => {
    const space = prepared();
    // Without a controlling terminal, as in a job.
    const args = ['setsid', '--wait', process.execPath, binary, 'keys', 'generate', 'new.key'];
    const run = spawnSync(args[0]!, args.slice(1), { cwd: space.dir, env: space.env, encoding: 'utf8' });
    expectRefused(space, ['policy.yaml', 'x.csv'], run, { code: 'KEY-PASSPHRASE', says: '--passphrase-file' });
  });

  it('never overwrites a key', async () => {
    const space = prepared();
    const old = read(space, 'issuer.key');
    for (const name of ['issuer.key', 'issuer']) {
      const args = ['keys', 'generate', name, '--plain'];
      const run = await space.call(args);
      expect(space.run(args)).toEqual(run);
      expectRefused(space, ['policy.yaml', 'x.csv'], run, { code: 'FILE-EXISTS', says: 'never replaced' });
    }
    expect(read(space, 'issuer.key')).toBe(old);
  });
});

describe('targets that cannot take the output', () => {
  it('a full disk: nothing is left', ({ skip }) => {
    const space = prepared();
    const target = mounted(space, 'size=1m', skip);
    // One mebibyte holds what waits in the spool, or not even that; then the bundle beside it, or its tar, does not fit.
    for (const count of [25_000, 60_000]) {
      space.write('x.csv', header + rows(count));
      for (const args of [
        ['--out', 'disk/bundle'],
        ['--tar', 'disk/x.tar'],
        ['--data-only', 'disk/data'],
      ]) {
        const run = space.run([...apply, ...key, ...args]);
        expectRefused(space, ['policy.yaml', 'x.csv'], run, { code: 'FILE-WRITE', says: 'no space left' });
        expect(readdirSync(target)).toEqual([]);
      }
    }
  });

  it('a disk that is read-only', ({ skip }) => {
    const space = prepared();
    mounted(space, 'size=1m,ro', skip);
    const run = space.run([...apply, ...key, '--out', 'disk/bundle']);
    expectRefused(space, ['policy.yaml', 'x.csv'], run, { code: 'FILE-WRITE', says: 'read-only' });
  });

  it('a limit on the size of files', () => {
    const space = prepared();
    space.write('x.csv', header + rows(25_000));
    const run = shell(space, `ulimit -f 100; exec "$@"`, [...bundle]);
    expectRefused(space, ['policy.yaml', 'x.csv'], run, { code: 'FILE-WRITE', says: 'larger than allowed' });
  });

  it('a full device as standard output', () => {
    const space = prepared();
    for (const args of [
      [...apply, '--stdout'],
      [...apply, ...key, '--tar', '-'],
    ]) {
      const run = shell(space, 'exec "$@" > /dev/full', args);
      expectRefused(space, ['policy.yaml', 'x.csv'], run, { code: 'FILE-WRITE', at: 'standard output' });
    }
  });

  it('a reader that went away changes nothing about the decision', () => {
    const space = prepared();
    space.write('x.csv', header + rows(25_000));
    const run = shell(space, 'set -o pipefail; "$@" | head -0', [...apply, '--stdout', '--quiet']);
    expect(run).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(space.files()).toEqual(['policy.yaml', 'x.csv']);
  });
});

/** Run `anon` by a line of bash, as "$@". */
function shell(space: Workspace, line: string, args: readonly string[]): RunResult {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line, 'bash', process.execPath, binary, ...args], {
    cwd: space.dir,
    env: space.env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** A small file system at `disk`, where the system allows it. */
function mounted(space: Workspace, options: string, skip: (why: string) => void): string {
  const target = join(space.dir, 'disk');
  mkdirSync(target);
  const { status, error } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', target]);
  if (status !== 0) skip(`cannot mount a file system here${error === undefined ? '' : `: ${error.message}`}`);
  onTestFinished(() => void spawnSync('umount', [target]));
  expect(existsSync(target)).toBe(true);
  return target;
}

function read({ dir }: Workspace, name: string): string {
  return readFileSync(join(dir, name), 'utf8');
}

/** The first of the diagnostics in JSON as they look in text. */
function told(json: string): string {
  const [{ code, message }] = JSON.parse(json).diagnostics;
  return `error[${code}]: ${message}\n`;
}
