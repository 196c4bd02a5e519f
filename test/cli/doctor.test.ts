import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { workspace } from './session.ts';

it('says that all is well, and what mends what is not', () => {
  const space = workspace();
  const env = { ANON_SIGNING_KEY: 'issuer.key' };
  const well = space.run(['doctor'], { env });
  expect(well).toMatchObject({ status: 0, stderr: '' });
  expect(well.stdout).toMatch(/^ok {4}signing key {6}issuer\.key: key id [0-9a-f]{64}$/m);
  expect(well.stdout).toMatch(/\nall is well\n$/);
  expect(space.files()).toEqual([]);

  chmodSync(join(space.dir, 'issuer.key'), 0o644);
  mkdirSync(join(space.dir, 'state'), { mode: 0o755 });
  const sick = space.run(['doctor', '--state', 'state'], { env });
  expect(sick).toMatchObject({ status: 1, stderr: '' });
  expect(sick.stdout).toContain('FAIL  signing key      KEY-PERMISSIONS: issuer.key: others than its owner');
  expect(sick.stdout).toContain('mend: run `chmod 600 issuer.key`\n');
  expect(sick.stdout).toContain('mend: chmod 700 state\n');
  expect(sick.stdout).toMatch(/\n2 problems\n$/);

  const json = space.run(['doctor', '--state', 'state', '--json'], { env });
  expect(json.status).toBe(1);
  const { ok, checks } = JSON.parse(json.stdout);
  expect(ok).toBe(false);
  expect(checks.find(({ name }: { name: string }) => name === 'state').findings).toEqual([
    { status: 'problem', code: 'AUDIT', detail: 'state: others can read or change it', mend: 'chmod 700 state' },
  ]);
});
