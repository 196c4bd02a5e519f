import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openAuditLog } from '../../src/io/audit-log.ts';
import type { AuditEvent } from '../../src/release/audit/event.ts';
import { exported, license, start } from '../release/audit/logs.ts';
import { type Workspace, workspace } from './session.ts';

const other = `urn:anon:license:${'2'.repeat(32)}`;
const events: readonly AuditEvent[] = [
  { ...exported('u1'), notAfter: '9998-01-01T00:00:00Z', deleteBy: '2020-01-02T00:00:00Z' },
  { type: 'export-end', start: 1, license, outcome: 'complete', bytes: 4096 },
  {
    type: 'decision',
    command: 'verify',
    decision: 'deny',
    code: 'TERMS',
    license: other,
    use: { user: '\x1b[2J\u202eeve|`x`', purpose: 'Marketing' },
    basis: 'asserted',
  },
];

/** Adds entries to the log of the state directory `state`, a minute apart. */
async function log(space: Workspace, added: readonly AuditEvent[] = events): Promise<void> {
  let minute = 0;
  const audit = await openAuditLog(join(space.dir, 'state/audit'), {
    now: () => start + minute++ * 60_000,
    otherState: false,
  });
  for (const event of added) await audit.append(() => event);
}

const entry = (space: Workspace, seq: number): string =>
  join(space.dir, `state/audit/entries/000000/${String(seq).padStart(9, '0')}.json`);

/** What differs from run to run. */
function still(text: string): string {
  return text
    .replace(/anon-audit\/[0-9a-f]{32}(?:\+[0-9a-f]{8}\+.{44})?/g, 'anon-audit/…')
    .replace(/\b[0-9a-f]{16}\b/g, '…')
    .replace(/(?<= to )\S+Z/g, '…');
}

const state = ['--state', 'state'];

describe('anon audit show', () => {
  it('shows what happened, with nothing in it that could act on the terminal', async () => {
    const space = workspace();
    await log(space);
    const { status, stdout, stderr } = await space.call(['audit', 'show', ...state]);
    expect(space.run(['audit', 'show', ...state])).toEqual({ status, stdout, stderr });
    expect(stdout).toMatchInlineSnapshot(`
      "entry   time                  event                   license
      0       2026-12-01T00:00:00Z  state reset             -                                                  the log begins here
      1       2026-12-01T00:01:00Z  export start            urn:anon:license:11111111111111111111111111111111  organization urn:org:example-university, user u1, purpose AcademicResearch, region DE, action use (asserted)
      2       2026-12-01T00:02:00Z  export complete         urn:anon:license:11111111111111111111111111111111  of entry 1, 4096 bytes
      3       2026-12-01T00:03:00Z  verify deny TERMS       urn:anon:license:22222222222222222222222222222222  user \\u{1b}[2J\\u{202e}eve|\`x\`, purpose Marketing (asserted)
      "
    `);
    expect([status, stderr]).toEqual([0, '']);
    const last = await space.call(['audit', 'show', ...state, '-n', '1', '--json']);
    expect(JSON.parse(last.stdout)).toMatchObject({
      entries: [{ seq: 3, time: '2026-12-01T00:03:00Z', event: { code: 'TERMS' } }],
      diagnostics: [],
    });
    expect(last.stdout).toMatch(/^[\x20-\x7e\n]+$/);
    const some = await space.call(['audit', 'show', ...state, '--license', license, '--since', '2026-12-01T00:02:00Z']);
    expect(some.stdout.split('\n')).toHaveLength(3);
    expect(some.stdout).toContain('export complete');
  });

  it('shows what stands in front of a changed entry, and says no', async () => {
    const space = workspace();
    await log(space);
    writeFileSync(entry(space, 2), readFileSync(entry(space, 2), 'utf8').replace('4096', '4097'));
    const { status, stdout, stderr } = await space.call(['audit', 'show', ...state]);
    expect(status).toBe(1);
    expect(stdout.trimEnd().split('\n')).toHaveLength(3);
    expect(stderr).toMatchInlineSnapshot(`
      "error[AUDIT]: entry 2 of the audit log was changed
        hint: look at it with \`anon audit verify\`; a log is begun anew by moving its folder away, and says so
      "
    `);
  });

  it('gives no answer without a log, nor to what it cannot understand', async () => {
    const space = workspace();
    for (const args of [['show'], ['checkpoint', '--key', 'issuer.key']]) {
      const { status, stderr } = await space.call(['audit', ...args], {
        env: { XDG_STATE_HOME: join(space.dir, 'xdg') },
      });
      expect(stderr).toBe(
        `${join(space.dir, 'xdg/anon/audit')}: error[FILE-MISSING]: there is no audit log here\n  hint: name the state directory with --state DIR; the log begins with the first decision\n`,
      );
      expect(status).toBe(2);
    }
    expect(space.files()).toEqual([]);
    expect(await space.call(['audit', 'show', '--since', 'yesterday'])).toMatchObject({ status: 2 });
    expect(await space.call(['audit', 'show', '-n', '0'])).toMatchObject({ status: 2 });
  });
});

describe('anon audit checkpoint and verify', () => {
  it('make later changes to the log known', async () => {
    const space = workspace();
    await log(space);
    const before = await space.call(['audit', 'verify', ...state]);
    expect(before.stdout).toMatchInlineSnapshot(`
      "4 entries, 2026-12-01T00:00:00Z to 2026-12-01T00:03:00Z
      no verified checkpoint: nobody would notice entries removed from the end
      the log is as it was written
      "
    `);
    expect(before.status).toBe(0);

    const made = await space.call(['audit', 'checkpoint', '--key', 'issuer.key', '--out', 'december.note', ...state]);
    expect(still(made.stderr)).toMatchInlineSnapshot(`
      "wrote december.note, a checkpoint of 4 entries
      verifier key anon-audit/…
      "
    `);
    expect(made).toMatchObject({ status: 0, stdout: '' });
    const note = readFileSync(join(space.dir, 'december.note'), 'utf8');
    expect(note).toMatch(
      /^anon-audit\/[0-9a-f]{32}\n4\n[A-Za-z0-9+/]{43}=\n\n— anon-audit\/[0-9a-f]{32} [A-Za-z0-9+/]+=*\n$/,
    );
    const [stored] = readdirSync(join(space.dir, 'state/audit/checkpoints'));
    expect(readFileSync(join(space.dir, 'state/audit/checkpoints', stored!), 'utf8')).toBe(note);

    const verify = ['audit', 'verify', ...state, '--checkpoint', 'december.note', '--key', 'issuer.pub'];
    const after = await space.call(verify);
    expect(still(after.stdout)).toMatchInlineSnapshot(`
      "5 entries, 2026-12-01T00:00:00Z to …
      checkpoint of 4 entries holds, signature verified: state/audit/checkpoints/000000004.….note
      checkpoint of 4 entries holds, signature verified: december.note
      entry 4 stands after the last verified checkpoint: nobody would notice if removed
      the log is as it was written
      "
    `);
    expect(after).toMatchObject({ status: 0, stderr: '' });

    // The state is put back as it was before the checkpoint was made.
    rmSync(join(space.dir, 'state/audit/checkpoints'), { recursive: true });
    for (const seq of [3, 4]) rmSync(entry(space, seq));
    expect(await space.call(['audit', 'verify', ...state])).toMatchObject({ status: 0 });
    const back = await space.call(verify);
    expect(back.stderr).toMatchInlineSnapshot(`
      "december.note: error[ROLLBACK]: the checkpoint was made of 4 entries, and the audit log has 3
        hint: entries were removed, or an older state was put back
      "
    `);
    expect(back.status).toBe(1);
    const json = JSON.parse((await space.call([...verify, '--json'])).stdout);
    expect(json).toMatchObject({ ok: false, entries: 3, diagnostics: [{ code: 'ROLLBACK', file: 'december.note' }] });

    rmSync(join(space.dir, 'state/audit'), { recursive: true });
    expect(await space.call([...verify, '--quiet'])).toMatchObject({ status: 1, stdout: '', stderr: '' });
  });

  it('take no checkpoint that nobody trusted has signed, and sign no log that was changed', async () => {
    const space = workspace();
    await log(space);
    const made = await space.call(['audit', 'checkpoint', '--key', 'issuer.key', ...state]);
    space.write('a.note', made.stdout);
    space.write('forged.note', made.stdout.replace('\n4\n', '\n3\n'));
    const given = (name: string) => ['audit', 'verify', ...state, '--checkpoint', name];
    expect(await space.call(given('a.note'))).toMatchObject({ status: 2 });
    const forged = await space.call([...given('forged.note'), '--key', 'issuer.pub']);
    expect(forged.stderr).toContain('forged.note: error[SIGNATURE]');
    expect(forged.status).toBe(1);
    writeFileSync(entry(space, 1), readFileSync(entry(space, 2)));
    const refused = await space.call(['audit', 'checkpoint', '--key', 'issuer.key', ...state]);
    expect(refused.stderr).toContain('error[AUDIT]: entry 1 of the audit log stands in another place than its own');
    expect(refused).toMatchObject({ status: 1, stdout: '' });
  });

  it('tell of an entry that was cut off', async () => {
    const space = workspace();
    await log(space);
    truncateSync(entry(space, 3), 20);
    const cut = await space.call(['audit', 'verify', ...state]);
    expect(cut.stdout).toContain('entry 3, the last, is cut off; whatever is logged next goes on after it');
    await log(space, [exported('u2')]);
    const after = await space.call(['audit', 'verify', ...state]);
    expect(after.stdout).toContain('entry 3 was cut off, and the log went on after it');
    expect([cut.status, after.status]).toEqual([0, 0]);
  });
});

describe('anon audit report', () => {
  it('tells who used what, what was refused, and what falls due', async () => {
    const space = workspace();
    await log(space);
    const { status, stdout } = await space.call(['audit', 'report', ...state]);
    expect(stdout).toMatchInlineSnapshot(`
      "Uses
      dataset                  license                                            organization                user  purpose           verified  exports  complete  end unknown  bytes  last
      Readmission cohort 2026  urn:anon:license:11111111111111111111111111111111  urn:org:example-university  u1    AcademicResearch  0         1        1         0            4096   2026-12-01T00:02:00Z

      Refusals
      code   times  last
      TERMS  1      2026-12-01T00:03:00Z

      Licenses
      none

      Due
      dataset                  license                                            ends                  delete by
      Readmission cohort 2026  urn:anon:license:11111111111111111111111111111111  9998-01-01T00:00:00Z  2020-01-02T00:00:00Z (overdue)
      "
    `);
    expect(status).toBe(0);
    const markdown = await space.call(['audit', 'report', ...state, '--format', 'markdown']);
    expect(markdown.stdout).toContain('| Readmission cohort 2026 | urn:anon:license:');
    expect(markdown.stdout).toContain('| TERMS | 1 | 2026-12-01T00:03:00Z |');
    const json = JSON.parse(
      (await space.call(['audit', 'report', ...state, '--format', 'json', '--since', '2026-12-01T00:03:00Z'])).stdout,
    );
    expect(json).toEqual({
      uses: [],
      denials: [{ code: 'TERMS', count: 1, last: '2026-12-01T00:03:00Z' }],
      licenses: [],
      due: [],
      diagnostics: [],
    });
  });
});
