import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { showAudit } from '../../src/app/audit.ts';
import { believedTime } from '../../src/app/clock.ts';
import { examine } from '../../src/app/doctor.ts';
import { resetAuditedClock } from '../../src/app/reset-clock.ts';
import { openState } from '../../src/io/state.ts';
import type { Terminal } from '../../src/io/terminal.ts';

const now = Date.parse('2026-12-01T00:00:00Z');
const terminal: Terminal = {
  env: { HOME: '/nonexistent' },
  color: false,
  now: () => now,
  out: async () => {},
  send: async () => true,
  err: () => {},
  askSecret: async () => null,
};

it('lets a clock that was ahead begin again, and logs from when to when', async () => {
  const root = mkdtempSync(join(tmpdir(), 'anon-clock-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, 'state');
  const state = await openState(folder);
  const clock = async () => (await examine(folder, terminal)).find(({ check }) => check.name === 'clock')!.findings;

  expect(await clock()).toMatchObject([{ status: 'ok' }]);
  await believedTime(state, Date.parse('2040-01-01T00:00:00Z'));
  expect(await clock()).toMatchObject([{ status: 'problem', code: 'CLOCK' }]);
  await expect(believedTime(state, now)).rejects.toThrow('gone back');

  const instants = { from: '2040-01-01T00:00:00Z', to: '2026-12-01T00:00:00Z' };
  expect(await resetAuditedClock(folder, terminal)).toEqual(instants);
  expect(await clock()).toMatchObject([{ status: 'ok' }]);
  await believedTime(state, now);
  const request = { folder: join(folder, 'audit'), license: undefined, since: undefined, last: 1 };
  expect([...showAudit(request).entries].map(({ event }) => event)).toEqual([{ type: 'clock-reset', ...instants }]);
});
