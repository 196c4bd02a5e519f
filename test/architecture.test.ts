import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checks } from '../src/app/doctor/index.ts';
import { topicKinds } from '../src/app/explain/index.ts';
import { tool } from '../src/base/version.ts';
import { shells } from '../src/cli/completion/index.ts';
import { commands } from '../src/cli/index.ts';
import { recognizers } from '../src/detect/index.ts';
import { nationalIds } from '../src/detect/national-ids/index.ts';
import { formats } from '../src/formats/index.ts';
import { hierarchies } from '../src/hierarchies/index.ts';
import { constraints } from '../src/license/constraints/index.ts';
import { lints } from '../src/lint/index.ts';
import { models } from '../src/models/index.ts';
import { standards } from '../src/standards/index.ts';
import { transforms } from '../src/transforms/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const src = join(root, 'src');

/** From the ground up: a folder imports from itself and from those before it. */
const floors = [
  'base',
  'crypto',
  'table',
  'formats',
  'hierarchies',
  'detect',
  'transforms',
  'models',
  'license',
  'search',
  'policy',
  'engine',
  'risk',
  'profile',
  'lint',
  'standards',
  'release',
  'io',
  'app',
  'cli',
];
/** What may touch files, the process, the clock and randomness. */
const outside = new Set(['io', 'app', 'cli', 'index.ts']);

interface SourceFile {
  /** Within src. */
  readonly name: string;
  readonly floor: string;
  readonly text: string;
  /** Without comments. */
  readonly code: string;
}

const files: readonly SourceFile[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.replaceAll('\\', '/'))
  .sort()
  .map((name) => {
    const text = readFileSync(join(src, name), 'utf8');
    return { name, floor: name.split('/')[0]!, text, code: withoutComments(text) };
  });

/** Comments by line, and block comments that begin a line: what stands in strings stays. */
function withoutComments(text: string): string {
  return text.replace(/^\s*\/\*[\s\S]*?\*\//gm, '').replace(/(^|\s)\/\/ .*$/gm, '$1');
}

/** What a module names in `from '…'`, `import '…'` and `import('…')`. */
function importsOf(code: string): string[] {
  return [...code.matchAll(/(?:\bfrom |^import |\bimport\()'([^']+)'/gm)].map(([, specifier]) => specifier!);
}

function found(pattern: RegExp, among: readonly SourceFile[] = files): string[] {
  return among.flatMap(({ name, code }) => [...code.matchAll(pattern)].map(([what]) => `${name}: ${what.trim()}`));
}

describe('the floors', () => {
  it('are all known', () => {
    expect(files.length).toBeGreaterThan(100);
    expect([...new Set(files.map(({ floor }) => floor))].filter((floor) => floor !== 'index.ts')).toEqual(
      expect.arrayContaining(['base', 'engine', 'cli']),
    );
    const unknown = files.filter(({ floor }) => floor !== 'index.ts' && !floors.includes(floor));
    expect(unknown.map(({ name }) => name)).toEqual([]);
  });

  it('import from themselves and from those below, types too', () => {
    const wrong = files
      .filter(({ floor }) => floor !== 'index.ts')
      .flatMap(({ name, floor, code }) =>
        importsOf(code)
          .filter((specifier) => specifier.startsWith('.'))
          .map((specifier) => relative(src, join(src, name, '..', specifier)).replaceAll('\\', '/'))
          .filter((target) => {
            const at = floors.indexOf(target.split('/')[0]!);
            return at < 0 || at > floors.indexOf(floor);
          })
          .map((target) => `${name} -> ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it('import modules that there are, with their ending', () => {
    const names = new Set(files.map(({ name }) => name));
    const wrong = files.flatMap(({ name, code }) =>
      importsOf(code)
        .filter((specifier) => specifier.startsWith('.'))
        .filter((specifier) => !names.has(relative(src, join(src, name, '..', specifier)).replaceAll('\\', '/')))
        .map((specifier) => `${name} -> ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it('import packages that package.json names', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const packages = files
      .flatMap(({ code }) => importsOf(code))
      .filter((specifier) => !specifier.startsWith('.') && !specifier.startsWith('node:'))
      .map((specifier) => specifier.match(/^(@[^/]+\/)?[^/]+/)![0]);
    expect(packages.filter((name) => !(name in dependencies))).toEqual([]);
  });
});

describe('effects', () => {
  const pure = files.filter(({ floor }) => !outside.has(floor));

  it('below io nothing imports more of Node than computing takes', () => {
    const computing = new Set(['node:buffer', 'node:crypto', 'node:zlib']);
    const wrong = pure.flatMap(({ name, code }) =>
      importsOf(code)
        .filter((specifier) => isBuiltin(specifier) && !computing.has(specifier))
        .map((specifier) => `${name}: ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it.each([
    ['the process', /(?<![\w.'"])process\s*[.[]/g],
    [
      'the clock',
      /\bDate\s*\.\s*now\b|\bnew Date\(\s*\)|(?<!new )\bDate\(\s*\)|\bperformance\s*\.\s*now\b|\bhrtime\b/g,
    ],
    ['timers', /\bset(?:Timeout|Interval|Immediate)\(/g],
    [
      'randomness',
      /\bMath\.random\b|\brandom(?:Bytes|UUID|Int|Fill|FillSync)\b|\bgetRandomValues\b|\bgenerateKey(?:Pair)?(?:Sync)?\b/g,
    ],
    ['the console', /\bconsole\s*\./g],
  ])('below io nothing touches %s', (_, pattern) => {
    expect(found(pattern, pure)).toEqual([]);
  });
});

describe('definitions', () => {
  it.each([
    ['transforms', transforms.all],
    ['hierarchies', hierarchies.all],
    ['detect', recognizers.all],
    ['detect/national-ids', nationalIds.all],
    ['models', models.all],
    ['formats', formats.all],
    ['license/constraints', constraints.all],
    ['app/doctor', checks.all],
    ['app/explain', topicKinds.all],
    ['lint', lints.all],
    ['standards', standards.all],
    ['cli/commands', commands.all],
    ['cli/completion', shells.all],
  ])('of %s are all registered, each in a module of its own', async (folder, all) => {
    const registered = new Set<unknown>(all);
    const homes: string[] = [];
    for (const { name } of files.filter((file) => file.name.replace(/\/[^/]*$/, '') === folder)) {
      const module: Record<string, unknown> = await import(join(src, name));
      const definitions = Object.values(module).filter(isDefinition);
      expect(
        definitions.filter((definition) => !registered.has(definition)),
        name,
      ).toEqual([]);
      expect(definitions.length, name).toBeLessThanOrEqual(1);
      if (definitions.length > 0) homes.push(name);
    }
    expect(homes).toHaveLength(all.length);
  });

  it('are not told apart by name', () => {
    const registries = [
      transforms.all,
      recognizers.all,
      nationalIds.all,
      hierarchies.all,
      models.all,
      formats.all,
      constraints.all,
      lints.all,
      standards.all,
      commands.all,
    ];
    const all: readonly { readonly name: string }[] = registries.flat();
    const named = all.map(({ name }) => name).join('|');
    const compared = `\\.name\\s*[!=]==?\\s*'(?:${named})'|'(?:${named})'\\s*[!=]==?\\s*[\\w.]+\\.name\\b|\\bswitch \\([\\w.]+\\.name\\)`;
    expect(found(new RegExp(compared, 'g'))).toEqual([]);
  });

  it('have names that stand in their own module alone', () => {
    // Words of the policy as well: `unlisted: keep`, `invalid: redact`, a field that is dropped, `scope: licensee`.
    const words = new Set(['keep', 'drop', 'redact', 'licensee']);
    const names = [...transforms.names, ...models.names, ...constraints.names].filter((name) => !words.has(name));
    const compared = new RegExp(
      `(?:[!=]==?|\\bcase)\\s*'(?:${names.join('|')})'|'(?:${names.join('|')})'\\s*[!=]==?`,
      'g',
    );
    expect(found(compared)).toEqual([]);
  });
});

function isDefinition(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'name' in value && 'summary' in value;
}

describe('the source', () => {
  it('has no file of more than 300 lines', () => {
    const long = files.filter(({ text }) => text.split('\n').length - 1 > 300).map(({ name }) => name);
    expect(long).toEqual([]);
  });

  it('has nothing left to do', () => {
    // Spelled so that a search for such marks does not end here.
    const mark = /\b(?:T[O]DO|F[I]XME|X{3}|H[A]CK)\b|not[ ]implemented/i;
    expect(
      ['// to' + 'do', 'fix' + 'me: x', '/* h' + 'ack */', 'not imp' + 'lemented'].every((text) => mark.test(text)),
    ).toBe(true);
    const marks = files.filter(({ text }) => mark.test(text));
    expect(marks.map(({ name }) => name)).toEqual([]);
  });

  it('has no module that nothing imports', () => {
    const imported = new Set(
      files.flatMap(({ name, code }) =>
        importsOf(code).map((specifier) => relative(src, join(src, name, '..', specifier)).replaceAll('\\', '/')),
      ),
    );
    const entries = ['cli/main.ts', 'index.ts'];
    expect(files.map(({ name }) => name).filter((name) => !imported.has(name) && !entries.includes(name))).toEqual([]);
  });
});

describe('the package', () => {
  it('has the version that manifests state', () => {
    const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(tool).toEqual({ name, version });
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    expect([lock.version, lock.packages[''].version]).toEqual([version, version]);
  });

  it('names no path of a machine, and no registry but the public one', () => {
    const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1 << 24,
    });
    const machine = /(?<![\w$.~/-])\/(?:home|root|Users|work|tmp)\/[\w.-]+/;
    const wrong = tracked
      .split('\0')
      .filter((name) => name !== '' && name !== 'test/architecture.test.ts')
      .flatMap((name) => {
        let text: string;
        try {
          text = readFileSync(join(root, name), 'utf8');
        } catch {
          return []; // removed, but not yet from the index
        }
        const hosts = name === 'package-lock.json' || name === '.npmrc' ? text.match(/https?:\/\/[^/"\s]+/g) : [];
        return [
          ...(machine.test(text) ? [`${name}: ${text.match(machine)![0]}`] : []),
          ...new Set(
            (hosts ?? [])
              .filter(
                (host) =>
                  /registry|npm|artifact|nexus|mirror|localhost|\d+\.\d+\.\d+/i.test(host) &&
                  host !== 'https://registry.npmjs.org',
              )
              .map((host) => `${name}: ${host}`),
          ),
        ];
      });
    expect(wrong).toEqual([]);
  });
});
