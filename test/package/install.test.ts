import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const { version, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const root = mkdtempSync(join(tmpdir(), 'anon-package-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A project that has the package as `npm pack` makes it, its dependencies, and nothing else; installed by hand, without a network. */
const project = join(root, 'project');
const installed = join(project, 'node_modules/anon');
let packed: string[];

beforeAll(() => {
  const npm = spawnSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', root], {
    encoding: 'utf8',
  });
  expect(npm.status, npm.stderr).toBe(0);
  const [{ filename, files }] = JSON.parse(npm.stdout);
  packed = files.map(({ path }: { path: string }) => path);
  mkdirSync(installed, { recursive: true });
  const unpacked = spawnSync('tar', ['-xzf', join(root, filename), '--strip-components=1', '-C', installed]);
  expect(unpacked.status).toBe(0);
  for (const name of Object.keys(dependencies)) {
    mkdirSync(dirname(join(project, 'node_modules', name)), { recursive: true });
    symlinkSync(resolve('node_modules', name), join(project, 'node_modules', name));
  }
  mkdirSync(join(project, 'node_modules/.bin'));
  symlinkSync('../anon/bin/anon.js', join(project, 'node_modules/.bin/anon'));
  writeFileSync(join(project, 'package.json'), '{ "name": "project", "private": true, "type": "module" }\n');
});

const run = (program: string, args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: project,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      HOME: root,
      NO_COLOR: '1',
      TMPDIR: root,
      npm_config_update_notifier: 'false',
      npm_config_offline: 'true',
    },
  });
  return { status, stdout, stderr };
};
const anon = (...args: string[]) => run(join(project, 'node_modules/.bin/anon'), args);

describe('the package', () => {
  it('has what it runs on, and no sources, tests or keys', () => {
    expect(packed).toEqual(
      expect.arrayContaining(['package.json', 'README.md', 'LICENSE', 'bin/anon.js', 'dist/index.d.ts']),
    );
    const folders = new Set(packed.filter((path) => path.includes('/')).map((path) => path.split('/')[0]));
    expect([...folders].sort()).toEqual(['bin', 'dist', 'examples', 'policies']);
    expect(packed.filter((path) => /\.(?:key|pub|map|test\.\w+)$/.test(path))).toEqual([]);
    for (const module of readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    ))
      expect(packed).toContain(join('dist', module.replace(/\.ts$/, '.js')));
  });

  it('is published without a complaint of publint', async () => {
    const { messages } = await publint({ pkgDir: installed, pack: false, strict: true });
    expect(messages).toEqual([]);
  });

  it('is run by npx', () => {
    expect(run('npx', ['anon', '--version'])).toMatchObject({ status: 0, stdout: `${version}\n` });
  });

  it('anonymizes and verifies the example', () => {
    expect(anon('keys', 'generate', 'issuer.key', '--plain').status).toBe(0);
    const example = join(installed, 'examples/hospital');
    // Away from the package, where a user keeps policies; the pseudonym key lies beside it.
    mkdirSync(join(project, 'mine'));
    for (const name of ['patients.yaml', 'patients.csv'])
      copyFileSync(join(example, name), join(project, 'mine', name));
    expect(anon('keys', 'generate', '--type', 'pseudonym', 'mine/pseudonym.key').status).toBe(0);
    const applied = anon('apply', 'mine/patients.yaml', 'mine/patients.csv', '--out', 'bundle', '--key', 'issuer.key');
    expect(applied.status, applied.stderr).toBe(0);
    const use = ['--organization', 'urn:org:example-university', '--purpose', 'AcademicResearch', '--region', 'DE'];
    const verified = anon('verify', 'bundle', '--trust', 'issuer.pub', ...use);
    expect(verified.status, verified.stdout).toBe(0);
  });

  it('is a library', () => {
    const script =
      "import('anon').then(({ transforms, verifyBundle }) => console.log(transforms.names.length > 10, typeof verifyBundle))";
    expect(run(process.execPath, ['-e', script])).toMatchObject({ status: 0, stdout: 'true function\n' });
  });

  it('finds its templates, and explains', () => {
    expect(anon('doctor')).toMatchObject({ status: 0 });
    expect(anon('explain', 'eea-only')).toMatchObject({ status: 0 });
  });
});

describe('--version', () => {
  it('loads one module of the package', () => {
    const trace = join(root, 'trace.mjs');
    const hook =
      "export async function load(url, context, next) { if (url.includes('/dist/')) process._rawDebug(url); return next(url, context); }";
    writeFileSync(
      trace,
      `import { register } from 'node:module'; register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hook)}`)});`,
    );
    const { stdout, stderr } = run(process.execPath, ['--import', trace, join(installed, 'bin/anon.js'), '--version']);
    expect(stdout).toBe(`${version}\n`);
    expect(stderr.match(/\/dist\/.*$/gm)).toEqual(['/dist/base/version.js']);
  });
});
