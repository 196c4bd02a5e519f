import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openLogIfAny } from '../../src/app/state-log.ts';

const now = () => Date.UTC(2026, 9, 1);
/** No folder can be made there, whoever asks. */
const nowhere = '/proc/nowhere';

it('goes on without a log where the state of the user cannot be had, and says so', async () => {
  const { log, warnings } = await openLogIfAny(undefined, { now, env: { HOME: nowhere } });
  expect(log).toBeUndefined();
  expect(warnings).toMatchObject([
    { code: 'STATE', severity: 'warning', message: expect.stringMatching(/^the license is in no audit log: /) },
  ]);
});

it('does not where a folder was named', async () => {
  await expect(openLogIfAny(nowhere, { now, env: {} })).rejects.toMatchObject({ code: 'STATE' });
  const folder = mkdtempSync(join(tmpdir(), 'anon-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  expect(await openLogIfAny(join(folder, 'state'), { now, env: {} })).toMatchObject({ warnings: [] });
});
