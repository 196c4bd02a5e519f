import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { completionCommand } from '../../../src/cli/commands/completion.ts';
import { shells } from '../../../src/cli/completion/index.ts';
import { firstWords, wordsOf } from '../../../src/cli/completion/words.ts';
import { commands } from '../../../src/cli/index.ts';
import { workspace } from '../session.ts';

const offersOfZsh = fileURLToPath(new URL('./offers.zsh', import.meta.url));
const words = await wordsOf(commands.all);
const dir = mkdtempSync(join(tmpdir(), 'anon-completion-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
mkdirSync(join(dir, 'bundles'));
for (const name of ['policy one.yaml', 'policy.yaml', 'people.csv']) writeFileSync(join(dir, name), '');
for (const { name, script } of shells.all) writeFileSync(join(dir, `anon.${name}`), script(words));

it('knows the shells that the command names', () => {
  expect(completionCommand.arguments[0]!.choices).toEqual(shells.names);
});

it.each(shells.all)('of $name has every command and every option', ({ script }) => {
  const text = script(words);
  for (const { name } of firstWords(words)) expect(text).toContain(name);
  for (const { name, options } of commands.all) {
    expect(text).toContain(name);
    for (const { flags } of options) expect(text, flags).toContain(/--([\w-]+)/.exec(flags)![1]);
  }
});

it.for(shells.all)('of $name is read by the shell without a complaint', ({ name }, { skip }) => {
  skip(name !== 'bash' && !isThere(name), `${name} is not installed`);
  const { status, stderr } = spawnSync(name, [name === 'fish' ? '--no-execute' : '-n', join(dir, `anon.${name}`)]);
  expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' });
});

describe('bash', () => {
  /** What bash offers for the last of these words. */
  const offered = (...typed: string[]): string[] => {
    const script = `source anon.bash
      COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _anon
      for one in "\${COMPREPLY[@]}"; do printf '%s\\n' "$one"; done`;
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script, 'bash', 'anon', ...typed], { cwd: dir });
    expect(stderr.toString()).toBe('');
    return stdout.toString().split('\n').slice(0, -1).sort();
  };

  it.each([
    [['ver'], ['verify']],
    [
      ['keys', ''],
      ['generate', 'show'],
    ],
    [['license', 're'], ['renew']],
    [['--v'], ['--version']],
    [['verify', '--tr'], ['--trust']],
    [['keys', 'generate', 'issuer.key', '--pl'], ['--plain']],
    [['apply', '-q'], ['-q']],
  ])('completes commands and options: %j', (typed, expected) => {
    expect(offered(...typed)).toEqual(expected);
  });

  it('offers every first word, and every option of a command', () => {
    expect(offered('')).toEqual([...firstWords(words).map(({ name }) => name), '--help', '--version'].sort());
    for (const { name, options } of words) {
      const flags = options.flatMap(({ short, long }) => (short === undefined ? [long] : [short, long]));
      expect(offered(...name.split(' '), '-'), name).toEqual(flags.sort());
    }
  });

  it('completes choices, by `=` too', () => {
    expect(offered('keys', 'generate', '--type', '')).toEqual(['pseudonym', 'signing']);
    expect(offered('keys', 'generate', '--type', '=', 'si')).toEqual(['signing']);
    expect(offered('keys', 'generate', '--type', '=')).toEqual(['pseudonym', 'signing']);
    expect(offered('completion', 'f')).toEqual(['fish']);
    expect(offered('explain', 'k-')).toEqual(['k-anonymity', 'k-map']);
  });

  it('completes files and folders, spaces and all', () => {
    expect(offered('apply', 'pol')).toEqual(['policy one.yaml', 'policy.yaml']);
    expect(offered('apply', 'policy.yaml', 'pe')).toEqual(['people.csv']);
    expect(offered('apply', 'policy.yaml', '--key', 'pe')).toEqual(['people.csv']);
    expect(offered('apply', 'policy.yaml', '--out', '')).toEqual(['bundles']);
  });

  it('offers nothing where only the user knows', () => {
    expect(offered('verify', '--organization', '')).toEqual([]);
    expect(offered('doctor', '')).toEqual([]);
    expect(offered('nothing', '')).toEqual([]);
  });

  it('does not run what stands in a name', () => {
    expect(offered('$(touch ran)', '')).toEqual([]);
    expect(offered('apply', '--format', '`touch ran`')).toEqual([]);
    expect(offered('apply', 'ran')).toEqual([]);
  });
});

/** zsh and fish are not on every machine; bash is needed by other tests as well. */
const isThere = (shell: string): boolean => spawnSync(shell, ['--version']).error === undefined;

const others: readonly (readonly [shell: string, offers: (typed: string) => string])[] = [
  [
    'zsh',
    (typed) => spawnSync('zsh', ['-f', offersOfZsh, typed, join(dir, 'anon.zsh')], { cwd: dir }).stdout.toString(),
  ],
  [
    'fish',
    (typed) =>
      spawnSync('fish', ['--no-config', '-c', 'source anon.fish; complete -C $argv[1]', typed], {
        cwd: dir,
        env: { PATH: process.env.PATH, HOME: dir },
      }).stdout.toString(),
  ],
];

for (const [shell, offersOf] of others) {
  // Reported as skipped where the shell is not installed.
  describe.skipIf(!isThere(shell))(`${shell}, as it runs`, () => {
    // A description stands behind a tab.
    const offered = (typed: string): string[] => [
      ...new Set(
        offersOf(typed)
          .split('\n')
          .slice(0, -1)
          .map((line) => line.replace(/\t.*/, '').replace(/\/$/, '')),
      ),
    ];

    it.each([
      ['anon ap', ['apply']],
      ['anon keys ', ['generate', 'show']],
      ['anon keys generate --type ', ['pseudonym', 'signing']],
      ['anon explain k-', ['k-anonymity', 'k-map']],
      ['anon apply pol', ['policy one.yaml', 'policy.yaml']],
      ['anon apply --out ', ['bundles']],
      ['anon verify --organization ', []],
    ])('offers what may stand there: %s', (typed, expected) => {
      expect(
        offered(typed)
          .map((word) => word.replaceAll('\\', ''))
          .sort(),
      ).toEqual(expected);
    });

    it('offers the value of an option behind its equals sign', () => {
      const values = offered('anon keys generate --type=').map((word) => word.replace('--type=', ''));
      expect(values.sort()).toEqual(['pseudonym', 'signing']);
    });

    it('offers every option of a command', () => {
      for (const name of ['apply', 'verify', 'license issue']) {
        const options = words.find((command) => command.name === name)!.options.map(({ long }) => long);
        const shown = offered(`anon ${name} --`).map((word) => word.replace(/=$/, ''));
        expect(shown.sort(), name).toEqual(options.sort());
      }
    });
  });
}

it('is printed by the command, which refuses other shells', () => {
  const space = workspace();
  const { status, stdout } = space.run(['completion', 'bash']);
  expect(status).toBe(0);
  expect(stdout).toBe(shells.get('bash')!.script(words));
  expect(space.run(['completion', 'tcsh'])).toEqual({
    status: 2,
    stdout: '',
    stderr: "error[USAGE]: argument 'shell' takes one of bash, zsh, fish\n",
  });
});
