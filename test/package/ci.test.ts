import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { commands } from '../../src/cli/index.ts';
import { type Workspace, workspace } from '../cli/session.ts';

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

const read = (file: string) => parse(readFileSync(file, 'utf8'));
const action: {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
} = read('action.yml');
const run = action.runs.steps.find(({ name }) => name === 'run')!;

// https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax
describe('action.yml', () => {
  it('is a composite action of known keys', () => {
    expect(Object.keys(action).sort()).toEqual(['description', 'inputs', 'name', 'runs']);
    expect(action.runs.using).toBe('composite');
    for (const [name, input] of Object.entries(action.inputs)) {
      expect(Object.keys(input).sort(), name).toEqual(['default', 'description']);
      // Everything that an action is given is text.
      expect(typeof input.default, name).toBe('string');
    }
    const known = ['name', 'uses', 'with', 'run', 'shell', 'env', 'working-directory'];
    for (const step of action.runs.steps) {
      expect(Object.keys(step).filter((key) => !known.includes(key))).toEqual([]);
      if (step.run !== undefined) expect(step).toHaveProperty('shell', 'bash');
    }
  });

  it('hands every input over as a variable, and none as a part of a script', () => {
    for (const { run: script = '' } of action.runs.steps) expect(script).not.toContain('${{');
    const variables = Object.values(run.env!).filter((value) => value.includes('inputs.'));
    expect(variables.sort()).toEqual(
      Object.keys(action.inputs)
        .map((name) => `\${{ inputs.${name} }}`)
        .sort(),
    );
  });

  it('has workflows that give it what it takes', () => {
    const { jobs } = read('examples/fixtures-workflow.yml');
    const steps: Step[] = jobs.fixtures.steps.filter(({ uses }: Step) => uses?.startsWith('OWNER/anon@'));
    expect(steps.length).toBe(2);
    for (const { with: given = {}, uses } of steps) {
      expect(uses).toBe(`OWNER/anon@v${read('package.json').version}`);
      expect(Object.keys(given).filter((name) => !(name in action.inputs))).toEqual([]);
      for (const value of Object.values(given)) expect(typeof value).toBe('string');
      expect(existsSync(String(given.policy))).toBe(true);
    }
  });

  describe('runs', () => {
    let space: Workspace;
    beforeAll(() => {
      space = workspace(afterAll);
      space.write('p.yaml', policy);
      space.write('x.csv', 'id,age\n1,30\n2,40\n');
    });

    const act = (inputs: Readonly<Record<string, string>>) => {
      const env: Record<string, string> = { ...space.env, ANON: resolve('bin/anon.js'), RUNNER_TEMP: space.temporary };
      for (const [name, { default: preset }] of Object.entries(action.inputs)) {
        env[`INPUT_${name.toUpperCase().replaceAll('-', '_')}`] = inputs[name] ?? preset;
      }
      const { status, stdout, stderr } = spawnSync('bash', ['-c', run.run!], { cwd: space.dir, env });
      return { status, text: stdout.toString() + stderr.toString() };
    };

    it('apply with a key, which it does not leave behind, and verify', () => {
      const key = readFileSync(join(space.dir, 'issuer.key'), 'utf8');
      expect(act({ policy: 'p.yaml', data: 'x.csv', out: 'bundle', 'signing-key': key })).toMatchObject({ status: 0 });
      expect(readdirSync(space.temporary)).toEqual([]);
      const stated = '--organization\nurn:org:university\n--purpose\nAcademicResearch\n';
      const verify = { command: 'verify', bundle: 'bundle', trust: 'issuer.pub' };
      expect(act({ ...verify, arguments: stated })).toMatchObject({ status: 0 });
      expect(act({ ...verify, arguments: stated.replace('Academic', 'Commercial') })).toMatchObject({ status: 1 });
    });

    it('apply to data alone, and check', () => {
      expect(act({ policy: 'p.yaml', data: 'x.csv', out: 'data', 'data-only': 'true' })).toMatchObject({ status: 0 });
      expect(readFileSync(join(space.dir, 'data/x.csv'), 'utf8')).toBe('age\n30\n40\n');
      expect(act({ command: 'check', policy: 'p.yaml\np.yaml\n' })).toEqual({
        status: 0,
        text: 'p.yaml, p.yaml: 0 errors, 0 warnings, 0 notes\n',
      });
    });

    it('check of a policy with its data', () => {
      const { status, text } = act({ command: 'check', policy: 'p.yaml', data: 'x.csv' });
      expect({ status, text }).toEqual({
        status: 0,
        text: 'p.yaml, x.csv (2 records): 0 errors, 0 warnings, 0 notes\n',
      });
    });

    it('nothing else, and nothing that stands in an input', () => {
      expect(act({ command: 'keys' })).toEqual({
        status: 2,
        text: '::error::command is one of apply, check, verify\n',
      });
      expect(act({ command: 'check', policy: '$(touch ran)' }).status).toBe(2);
      expect(space.files()).not.toContain('ran');
    });
  });
});

// https://pre-commit.com/#creating-new-hooks
it('.pre-commit-hooks.yaml has the fields of a hook, and runs a command that there is', () => {
  const hooks: Readonly<Record<string, unknown>>[] = read('.pre-commit-hooks.yaml');
  expect(hooks.map(({ id }) => id)).toEqual(['anon-check']);
  const known = ['id', 'name', 'description', 'entry', 'language', 'files', 'types'];
  for (const hook of hooks) {
    expect(Object.keys(hook).sort()).toEqual([...known].sort());
    const [program, command] = String(hook.entry).split(' ');
    expect([program, hook.language]).toEqual(['anon', 'node']);
    // pre-commit hands over all files that changed at once.
    expect(commands.get(command!)!.arguments.at(-1)).toHaveProperty('repeatable', true);
    const files = new RegExp(String(hook.files));
    expect(
      ['policies/a.yaml', 'x/policies/a.yml', 'policies/licenses/a.yaml', 'a.yaml'].map((f) => files.test(f)),
    ).toEqual([true, true, false, false]);
  }
});

const policy = `policy: anon/v1
name: cohort
version: "1"
fields:
  id: { role: identifier, transform: drop }
  age: { role: insensitive, transform: keep }
license:
  licensor: { name: Example Hospital }
  licensee: { id: "urn:org:university", name: Example University }
  purposes: [AcademicResearch]
  valid: { from: 2020-01-01, until: 2090-09-30 }
`;
