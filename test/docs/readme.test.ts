import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/parse.ts';
import { blocksOf, commandsOf, matches } from './blocks.ts';

const read = (file: string) => readFileSync(file, 'utf8');
const root = mkdtempSync(join(tmpdir(), 'anon-readme-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What README.md shows with `cat`. */
const wrongPolicy = `policy: anon/v1
name: wrong
version: "1"
fields:
  phone: { role: identifier, transform: { mask: { keep-lst: 2 } } }
  email: { role: identifer, transform: drop }
`;

/** A folder like a checkout, with nothing of an earlier reader in it, and a shell in which `anon` is a command. */
function stranger(name: string): { dir: string; shell(script: string): { status: number | null; text: string } } {
  const dir = join(root, name, 'checkout');
  const bin = join(root, name, 'bin');
  for (const folder of [dir, bin]) mkdirSync(folder, { recursive: true });
  for (const part of ['examples', 'policies']) {
    cpSync(part, join(dir, part), { recursive: true, filter: (path) => !path.endsWith('.key') });
  }
  writeFileSync(join(bin, 'anon'), `#!/bin/sh\nexec "${process.execPath}" "${resolve('bin/anon.js')}" "$@"\n`);
  chmodSync(join(bin, 'anon'), 0o755);
  // Where a reader types a passphrase.
  writeFileSync(join(root, name, 'passphrase'), 'correct horse battery staple\n', { mode: 0o600 });
  const env = {
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    HOME: root,
    NO_COLOR: '1',
    ANON_PASSPHRASE_FILE: join(root, name, 'passphrase'),
  };
  return {
    dir,
    shell(script) {
      const { status, stdout } = spawnSync('bash', ['-euo', 'pipefail', '-c', `exec 2>&1\n${script}`], {
        cwd: dir,
        env,
        input: '',
        maxBuffer: 1 << 24,
      });
      return { status, text: stdout.toString() };
    },
  };
}

describe('README.md', () => {
  const readme = read('README.md');
  let reader: ReturnType<typeof stranger>;
  const said: { command: string; expected: string; text: string; status: number | null }[] = [];

  beforeAll(() => {
    reader = stranger('readme');
    writeFileSync(join(reader.dir, 'wrong.yaml'), wrongPolicy);
    for (const { command, expected } of blocksOf(readme, 'console').flatMap(commandsOf)) {
      said.push({ command, expected, ...reader.shell(command) });
    }
  });

  it('shows what its commands print', () => {
    expect(said.length).toBeGreaterThan(5);
    for (const { command, expected, text } of said) {
      if (!matches(expected, text)) expect(text, command).toBe(expected);
    }
  });

  it('shows commands that succeed, but for the one that is wrong on purpose', () => {
    expect(
      said.filter(({ status }) => status !== 0).map(({ status, expected }) => [status, /error\[/.test(expected)]),
    ).toEqual([[2, true]]);
  });

  it('has a policy that is read without a problem', () => {
    const [text] = blocksOf(readme, 'yaml');
    const policy = parsePolicy(Buffer.from(text!), { file: 'policy.yaml', directory: '.' });
    expect(policy.warnings).toEqual([]);
  });

  it('verifies a bundle with a shell alone', (context) => {
    const script = readme.match(/<!-- shell-verify -->\n```sh\n([\s\S]*?)```/)![1]!;
    const { status, stdout } = spawnSync('openssl', ['version']);
    if (status !== 0 || !/^OpenSSL [3-9]/.test(String(stdout))) {
      console.warn('shell-verify is skipped: it needs openssl 3');
      return context.skip();
    }
    const good = reader.shell(script);
    expect(good.text).toMatch(/^Signature Verified Successfully$/m);
    expect(good.text.match(/: OK$/gm)!.length).toBeGreaterThanOrEqual(5);
    expect(good).toMatchObject({ status: 0, text: expect.stringMatching(/^data\/patients\.csv: OK$/m) });

    const data = join(reader.dir, 'bundle/data/patients.csv');
    const bytes = readFileSync(data);
    writeFileSync(data, Buffer.from(bytes).fill(bytes[1000]! ^ 1, 1000, 1001));
    const changed = reader.shell(script);
    expect(changed.status).not.toBe(0);
    expect(changed.text).toMatch(/^data\/patients\.csv: FAILED$/m);
    writeFileSync(data, bytes);

    const statement = join(reader.dir, 'bundle/license.intoto.json');
    const envelope = readFileSync(statement, 'utf8');
    writeFileSync(
      statement,
      envelope.replace(/("payload":"....)(.)/, (_, before, c) => before + (c === 'A' ? 'B' : 'A')),
    );
    const forged = reader.shell(script);
    expect(forged.status).not.toBe(0);
    expect(forged.text).not.toMatch(/Signature Verified Successfully/);
    writeFileSync(statement, envelope);
  });

  it('names files that there are', () => {
    for (const file of ['README.md', 'examples/README.md', 'policies/README.md']) {
      const links = [...read(file).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link!);
      for (const link of links) expect(() => read(join(file, '..', link)), `${file}: ${link}`).not.toThrow(/ENOENT/);
    }
  });
});

describe('examples/README.md', () => {
  const guide = read('examples/README.md');
  let reader: ReturnType<typeof stranger>;

  beforeAll(() => {
    reader = stranger('examples');
  });

  it('has commands that work one after another', () => {
    const scripts = blocksOf(guide, 'sh');
    expect(scripts.length).toBeGreaterThan(4);
    for (const script of scripts) {
      const { status, text } = reader.shell(script);
      expect(status, `${script}\n${text}`).toBe(0);
    }
  });

  it('says truly what verify refuses', () => {
    const asked = blocksOf(guide, 'sh')
      .find((script) => script.startsWith('anon verify'))!
      .trim();
    expect(reader.shell(`${asked.replace('AcademicResearch', 'Marketing')} --quiet`).status).toBe(1);
    expect(reader.shell(`${asked.replace('--region DE', '--region CH')} --quiet`).status).toBe(1);
  });

  it('shows a record as it is before and after', () => {
    const [before, after] = blocksOf(guide, 'csv').map((block) => block.trimEnd().split('\n'));
    expect(read('examples/hospital/patients.csv').split('\n')).toEqual(expect.arrayContaining(before!));
    const released = read(join(reader.dir, 'bundle/data/patients.csv')).split('\n');
    expect(released[0]).toBe(after![0]);
    // The token depends on the key, and the weight is noisy.
    const still = (line: string) => line.replace(/^p_[a-z2-7]{26},/, 'p_…,').replace(/,\d+(?=,"?[^,]*,?[^,]*$)/, ',…');
    expect(released.map(still)).toContain(still(after![1]!));

    const [shown] = blocksOf(guide, 'json');
    const { text } = reader.shell('gzip -dc visits-bundle/data/visits.ndjson.gz | sed -n 1p');
    const fixed = (json: string) =>
      json
        .replace(/\s/g, '')
        .replace(/"([vp])_[a-z2-7]{26}"/g, '"$1_…"')
        .replace(/"pulse":\d+/, '"pulse":…');
    expect(fixed(shown!)).toBe(fixed(text));
  });
});

describe('policies/README.md', () => {
  it('has commands that work one after another', () => {
    const reader = stranger('policies');
    for (const script of blocksOf(read('policies/README.md'), 'sh')) {
      const { status, text } = reader.shell(script);
      expect(status, `${script}\n${text}`).toBe(0);
    }
  });
});
